"""cli/show.py"""

import os
import threading

import pytest

from explorer.cli.sections import SECTIONS
from explorer.decode.secret import MASK
from explorer.kernel.reader import Reader
from explorer.resolve.system import System
from tests.commands import run
from tests.fakeproc import FakeProc
from tests.ordinary import UID
from tests.processes import HELD, Processes

HOSTILE = "\x1b]0;PWN\x07\x1b[2J"


@pytest.mark.parametrize("section", [section.name for section in SECTIONS])
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_every_section_of_ourselves(section: str, form: tuple[str, ...]) -> None:
    done = run("show", str(os.getpid()), section, *form)
    assert done.status == 0
    assert done.err == ""
    assert done.out
    if form:
        assert set(done.records[0]) == {"pid", "start", "comm", section}


def test_every_section_of_every_sort_of_process() -> None:
    """Kernel threads, zombies, what we may not look into: words, never a traceback."""
    names = [section.name for section in SECTIONS if section.name not in {"smaps", "limits"}]
    pids = [str(pid) for pid in System().proc.numbers()]
    for form in ((), ("--json",)):
        done = run("show", *pids[:15], *pids[-25:], *names, *form, system=System(reader=Reader(0.2)))
        assert done.status in {0, 1}
        assert "Traceback" not in done.out + done.err


def test_the_overview_is_the_default() -> None:
    assert run("show", str(os.getpid())).out.startswith("command ")


def test_one_section_of_one_process_has_no_heading() -> None:
    assert run("show", str(os.getpid()), "exe").out == os.readlink("/proc/self/exe") + "\n"
    two = run("show", str(os.getpid()), "exe", "cwd").out.splitlines()
    assert two[0] == "exe"
    assert two[2] == "cwd"


def test_several_processes_are_told_apart(processes: Processes) -> None:
    pid = processes.python("import sys; " + HELD).pid
    out = run("show", str(os.getpid()), str(pid), "cwd").out.splitlines()
    assert out[0].startswith(f"{os.getpid()} ")
    assert out[2].startswith(f"{pid} ")
    assert [record["pid"] for record in run("show", str(os.getpid()), str(pid), "cwd", "--json").records] == [os.getpid(), pid]


def test_case_10_arguments_in_json_and_in_text(processes: Processes) -> None:
    odd = ["", "a b", "c\nd", "", "'"]
    pid = processes.python("import sys; " + HELD, *odd).pid
    assert run("show", str(pid), "cmdline", "--json").records[0]["cmdline"]["args"][3:] == odd
    assert run("show", str(pid), "cmdline").out.splitlines()[3:] == ["''", "'a b'", r"$'c\nd'", "''", r"''\'''"]


def test_case_09_a_title_is_one_argument(processes: Processes) -> None:
    pid = processes.titled(b"web: worker 3", "x")
    record = run("show", str(pid), "cmdline", "--json").records[0]["cmdline"]
    assert record["args"] == ["web: worker 3"]
    assert record["rewritten"] is True
    shown = run("show", str(pid), "cmdline").out.splitlines()
    assert shown[0] == "web: worker 3"
    assert "title rewritten" in shown[1]


def test_secrets_are_masked_unless_revealed(processes: Processes) -> None:
    pid = processes.python("import sys; " + HELD, env={"DB_PASSWORD": "hunter2", "PATH": "/bin"}).pid
    for form in ((), ("--json",)):
        masked = run("show", str(pid), "environ", *form).out
        assert "hunter2" not in masked
        assert MASK in masked
        assert "hunter2" in run("show", str(pid), "environ", "--reveal", *form).out
    assert run("show", str(pid), "environ", "--json").records[0]["environ"][0] in [
        {"name": "DB_PASSWORD", "value": MASK, "masked": True},
        {"name": "PATH", "value": "/bin", "masked": False},
    ]


def test_case_74_nothing_raw(processes: Processes, tmp_path: object) -> None:
    folder = f"{tmp_path}/{HOSTILE}"
    os.mkdir(folder)
    program = f"import sys; open('/proc/self/comm', 'w').write({HOSTILE!r}); " + HELD
    pid = processes.python(program, HOSTILE, cwd=folder, env={HOSTILE: HOSTILE}).pid
    for form in ((), ("--json",)):
        done = run("show", str(pid), *(section.name for section in SECTIONS), *form)
        assert "\x1b" not in done.out + done.err
        assert "\x07" not in done.out + done.err
    done = run("show", str(pid), *(section.name for section in SECTIONS), colour=True)
    assert "\x1b]" not in done.out
    assert "\x1b[2J" not in done.out


def test_what_is_not_there() -> None:
    for words in (["4000000"], ["nobody-is-called-so"]):
        done = run("show", *words)
        assert done.status == 1
        assert done.err.startswith("procdive: ")
        assert done.err.count("\n") == 1
        assert done.out == ""
    assert run("show").status == 2
    assert run("show", "exe").status == 2


def test_a_thread_id_says_so() -> None:
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    done = run("show", str(thread.native_id), "cwd", "--json")
    over.set()
    thread.join()
    assert done.records[0]["pid"] == os.getpid()
    assert f"{thread.native_id} is a thread of {os.getpid()}" in done.err


def test_options_between_the_words() -> None:
    assert run("show", str(os.getpid()), "--json", "exe").records[0]["exe"]["path"] == os.readlink("/proc/self/exe")


@pytest.mark.root
def test_unreadable_parts_are_said(processes: Processes) -> None:
    """As an ordinary user of a process of root's."""
    import subprocess
    from pathlib import Path

    from tests.ordinary import as_user, python

    pid = processes.start("sleep", "60").pid
    argv = [*python(), "-m", "explorer", "show", str(pid), "exe", "status"]
    done = subprocess.run(argv, capture_output=True, text=True, **as_user())  # type: ignore[call-overload]
    assert done.returncode == 0, done.stderr
    assert "denied" in done.stdout
    assert "sleeping" in done.stdout
    only = subprocess.run([*argv[:-2], "exe"], capture_output=True, text=True, **as_user())  # type: ignore[call-overload]
    assert only.returncode == 1
    assert Path(f"/proc/{pid}").exists()
    assert UID


def test_an_empty_process(fakeproc: FakeProc) -> None:
    from tests.resolve.test_place import STAT

    fakeproc.file("12/stat", STAT.format(state="S", flags=0))
    done = run("show", "12", *(section.name for section in SECTIONS), system=fakeproc.system)
    assert "Traceback" not in done.err
