"""render/overview/program.py"""

from dataclasses import replace

from explorer.decode.text import exact
from explorer.model.argv import Argv
from explorer.model.executable import Executable, Fate
from explorer.model.missing import Missing, Reason
from explorer.render.entries import Entry
from explorer.render.overview.program import SHOWN, exe, program
from explorer.render.piece import plain
from tests.facts import OVERVIEW


def of(argv: Argv | Missing, path: str = "/usr/bin/python3") -> list[Entry]:
    return program(replace(OVERVIEW, argv=argv, executable=Executable(path, Fate.PRESENT)))


def said(entries: list[Entry]) -> list[str]:
    return [plain(entry.value) for entry in entries]


def test_case_10_one_argument_a_row_told_apart() -> None:
    args = ("python3", "-c", "pass", "", "a b", "c\nd", "'")
    found = of(Argv(args, argc=7))
    assert said(found)[:7] == ["python3", "-c", "pass", "''", "'a b'", r"$'c\nd'", r"''\'''"]
    assert [entry.key for entry in found[:7]] == [f"argument {index}" for index in range(7)]


def test_case_10_copied_as_a_command_that_gives_the_same_argv() -> None:
    import subprocess

    args = ("printf", "%s\\0", "", "a b", "c\nd", "", "'", "\udcff\x1b", "$HOME", "`id`", '"')
    command = of(Argv(args, argc=len(args)), "/usr/bin/printf")[0].copy
    out = subprocess.run(["bash", "-c", exact(command)], capture_output=True, check=True).stdout
    assert out == b"".join(exact(argument) + b"\0" for argument in args[2:])


def test_case_10_a_name_of_its_own_too() -> None:
    import subprocess

    args = ("", "-c", 'tr "\\0" "|" </proc/$$/cmdline', "", "x y")
    command = of(Argv(args, argc=len(args)), "/usr/bin/bash")[0].copy
    out = subprocess.run(["bash", "-c", exact(command)], capture_output=True, check=True).stdout
    assert out.startswith(b"|-c|tr ")
    assert out.endswith(b"||x y|")


def test_case_09_a_rewritten_title_says_so() -> None:
    line = said(of(Argv(("web: worker 3",), b"", rewritten=True, padding=19, argc=3)))[0]
    assert line == "web: worker 3  title rewritten by the process; it was started with 3 arguments, 19 NUL bytes follow"


def test_case_04_wiped_and_none() -> None:
    wiped = said(of(Argv((), bytes(11), rewritten=True, padding=11)))
    assert wiped[0].startswith("wiped  title rewritten")
    assert wiped[1] == "nginx"
    assert said(of(Argv(())))[0] == "none"


def test_many_arguments_unfold() -> None:
    found = of(Argv(tuple(map(str, range(100))), argc=100))
    more = next(entry for entry in found if entry.key == "arguments")
    assert plain(more.value) == f"and {100 - SHOWN} more arguments"
    assert len(more.more) == 100 - SHOWN


def test_kernel_thread_and_unreadable() -> None:
    thread = replace(
        OVERVIEW, kernel_thread=True, comm="kworker/0:1", executable=Missing(Reason.UNSUPPORTED, "a kernel thread has no executable")
    )
    assert said(program(thread)) == ["[kworker/0:1]  a kernel thread", "none: a kernel thread has no executable"]
    late = said(of(Missing(Reason.TIMED_OUT, "/proc/812/cmdline did not answer in 0.5 s")))
    assert late[0].startswith("timed out")
    assert late[1] == "nginx"


def test_case_21_what_became_of_the_executable() -> None:
    entry = exe(Executable("/tmp/away", Fate.PRESENT, "/tmp/x", Fate.DELETED))
    assert plain(entry.value) == "/tmp/away  moved, was /tmp/x"
    assert "nothing is there any more" in plain(entry.more[0])
    assert "an update" in plain(exe(Executable("/bin/x", Fate.REPLACED)).more[0])
    assert "did not answer" in plain(exe(Executable("/bin/x", Missing(Reason.TIMED_OUT, "x"))).value)


def test_folders() -> None:
    found = program(replace(OVERVIEW, cwd="/tmp/x (deleted)", root="/srv/jail"))
    assert [entry.label for entry in found[-2:]] == ["directory", "root"]
