"""procdive ps, as a person and as a script sees it."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from explorer.cli.main import command
from explorer.cli.output import Output
from explorer.decode.text import text
from explorer.resolve.system import System
from tests.commands import run
from tests.fakeproc import FakeProc
from tests.loopback import until
from tests.ordinary import UID, python
from tests.specimens.hostile import COMMS, Company

TREE = Path(__file__).parent.parent.parent


def ps(*arguments: str, system: System | None = None) -> tuple[int, str, str]:
    """Status, standard output and standard error."""
    done = run("ps", *arguments, system=system)
    return done.status, done.out, done.err


def records(*arguments: str) -> dict[int, dict[str, Any]]:
    status, out, _ = ps("--json", *arguments)
    assert status == 0
    return {row["pid"]: row for row in map(json.loads, out.splitlines())}


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    child = subprocess.Popen(["sleep", "1234567"])
    until(lambda: Path(f"/proc/{child.pid}/comm").read_text() == "sleep\n", "exec")
    yield child
    child.kill()
    child.wait()


def stat(pid: int, comm: str, ppid: int, flags: int = 0, state: str = "S", start: int = 100) -> str:
    return f"{pid} ({comm}) {state} {ppid} {pid} {pid} 34816 -1 {flags} 0 0 0 0 360000 0 0 0 20 0 1 0 {start} 4096 2 0" + " 0" * 27


@pytest.fixture
def few(fakeproc: FakeProc) -> FakeProc:
    for pid, comm, ppid, flags, argv in (
        (1, "systemd", 0, 0, b"/sbin/init\0splash\0"),
        (2, "kthreadd", 0, 0x200000, b""),
        (3, "kworker/0:1", 2, 0x200000, b""),
        (811, "nginx", 1, 0, b"nginx: master process\0"),
        (812, "nginx", 811, 0, b"nginx: worker process\0"),
        (813, "sh", 811, 0, b"sh\0-c\0\0c\nd\0'\0"),
        (900, "cron", 7, 0, b"cron\0-f\0"),
    ):
        fakeproc.file(f"{pid}/stat", stat(pid, comm, ppid, flags))
        fakeproc.file(f"{pid}/cmdline", argv)
    return fakeproc


def test_the_tree_with_the_columns_of_ps_ef(few: FakeProc) -> None:
    status, out, err = ps("-o", "pid,ppid,tty,args", system=few.system)
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "PID PPID TTY   CMD",
        "  1    0 pts/0 /sbin/init splash",
        "811    1 pts/0 └─nginx: master process",
        "812  811 pts/0   ├─nginx: worker process",
        "813  811 pts/0   └─sh -c '' $'c\\nd' ''\\'''",
        "900    7 pts/0 cron -f",
    ]
    status, out, _ = ps(system=few.system)
    assert out.splitlines()[0].split() == ["UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"]
    assert out.splitlines()[1].split()[-4:] == ["pts/0", "01:00:00", "/sbin/init", "splash"]


@pytest.mark.parametrize("spelling", [["-ef"], ["-e"], ["-A"], ["--kernel"], ["aux"], ["-aux"], ["ax"], ["-e", "-f"]])
def test_kernel_threads_are_shown_when_asked_for(few: FakeProc, spelling: list[str]) -> None:
    out = ps(*spelling, system=few.system)[1]
    assert "└─[kworker/0:1]\n" in out
    assert "[kworker" not in ps("-f", system=few.system)[1]


def test_a_pattern_keeps_ancestors_in_parentheses_and_descendants(few: FakeProc) -> None:
    assert ps("-o", "args", "master", system=few.system)[1].splitlines()[1:] == [
        "(/sbin/init splash)", "└─nginx: master process", "  ├─nginx: worker process", "  └─sh -c '' $'c\\nd' ''\\'''",
    ]  # fmt: skip
    assert ps("-o", "pid", "--no-headers", "--flat", "nginx:", "!master", system=few.system)[1].split() == ["812"]
    assert ps("-o", "pid", "--no-headers", "worker process", system=few.system)[1].split() == ["1", "811", "812"]
    assert ps("pid:5", system=few.system) == (1, "", "procdive: no process matches\n")


def test_choosing_and_sorting(few: FakeProc) -> None:
    for arguments, pids in (
        (["-p", "812,1"], ["1", "812"]),
        (["-C", "nginx"], ["811", "812"]),
        (["-u", str(os.geteuid()), "--sort=-pid"], ["900", "813", "812", "811", "3", "2", "1"]),
        (["--sort=-pid", "--tree"], ["900", "1", "811", "813", "812"]),
        (["--flat", "--sort=args", "-p", "812,900,813"], ["900", "812", "813"]),
    ):
        assert ps("-o", "pid", "--no-headers", *arguments, system=few.system)[1].split() == pids


@pytest.mark.parametrize(
    ("arguments", "word"),
    [(["-o", "nothing"], "no column nothing"), (["--sort", "colour"], "sorted by colour"), (["-p", "x"], "process ids"),
     (["cpu>x"], "no number")],
)  # fmt: skip
def test_wrong_usage_is_2_and_a_sentence(few: FakeProc, arguments: list[str], word: str) -> None:
    status, out, err = ps(*arguments, system=few.system)
    assert (status, out) == (2, "")
    assert word in err


def test_every_column_of_every_spelling(few: FakeProc) -> None:
    from explorer.render.ps import ALIASES, COLUMNS

    for name in (*COLUMNS, *ALIASES):
        status, out, err = ps("-o", name.upper(), system=few.system)
        assert (status, err, len(out.splitlines())) == (0, "", 6)


def test_a_row_that_did_not_answer_or_may_not_be_read_is_there(few: FakeProc) -> None:
    few.file("812/stat", "what is this")
    (few.root / "813/cmdline").unlink()
    (few.root / "813/cmdline").mkdir()
    out = ps("-o", "pid,args", system=few.system)[1]
    assert "812 ?" in out
    assert "813 " in out


def test_json_is_exact(few: FakeProc) -> None:
    few.file("813/cmdline", b"sh\0\xff\0\0")
    out = ps("--json", "-e", system=few.system)[1]
    rows = {row["pid"]: row for row in map(json.loads, out.splitlines())}
    assert sorted(rows) == [1, 2, 3, 811, 812, 813, 900]
    row = rows[813]
    assert (row["argv"], row["argv_hex"][1], row["ppid"], row["start"], row["time"], row["kernel_thread"]) == (
        ["sh", "\udcff", ""], "ff", 811, 100, 3600.0, False,
    )  # fmt: skip
    assert rows[3]["kernel_thread"]
    assert out.isascii()
    assert [json.loads(line)["pid"] for line in ps("--json", "worker", system=few.system)[1].splitlines()] == [812]


def test_it_finds_others_not_itself(sleeper: subprocess.Popen[bytes]) -> None:
    assert sleeper.pid in records("sleep", "1234567")
    assert ps("--json", f"pid:{os.getpid()}")[0] == 1
    row = records("-p", str(sleeper.pid))[sleeper.pid]
    assert (row["ppid"], row["argv"], row["comm"]) == (os.getpid(), ["sleep", "1234567"], "sleep")
    assert abs(row["started"] - time.time()) < 60


# cases


def test_case_01_a_comm_does_not_shift_fields(tmp_path: Path, sleeper: subprocess.Popen[bytes]) -> None:
    with Company(tmp_path) as hostile:
        rows = records()
        plain = rows[sleeper.pid]
        for key, pid in hostile.comms.items():
            row = rows[pid]
            assert row["comm"] == text(COMMS[key][:15])
            assert (row["state"], row["ppid"], row["tty"]) == ("S", plain["ppid"], plain["tty"])
            assert 0 <= row["start"] - plain["start"] < 60_000
        out = ps("-o", "pid,comm,args", "--no-headers")[1]
        assert sorted(int(line.split()[0]) for line in out.splitlines() if int(line.split()[0]) in hostile.pids) == sorted(hostile.pids)
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in out.replace("\n", ""))


WIPED = """
#include <string.h>
#include <unistd.h>
int main(int n, char **argv) {
    memset(argv[0], 0, strlen(argv[0]));
    if (fork() == 0) _exit(0);
    write(1, "\\n", 1);
    pause();
}
"""


@pytest.fixture
def wiped(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """It set its whole argv to NULs, and has a zombie for a child."""
    (tmp_path / "wiped.c").write_text(WIPED)
    subprocess.run(["gcc", "-o", tmp_path / "wiped", tmp_path / "wiped.c"], check=True)
    child = subprocess.Popen(["tenletters"], executable=tmp_path / "wiped", stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    yield child
    child.kill()
    child.wait()
    child.stdout.close()


@pytest.mark.oracle("gcc")
def test_case_04_neither_wiped_arguments_nor_death_make_a_kernel_thread(wiped: subprocess.Popen[bytes]) -> None:
    until(lambda: "Z" in {row["state"] for row in records().values() if row["ppid"] == wiped.pid}, "the zombie")
    rows = records()
    assert Path(f"/proc/{wiped.pid}/cmdline").read_bytes() == b"\0" * 11
    zombie = next(row for row in rows.values() if row["ppid"] == wiped.pid)
    for row in (rows[wiped.pid], zombie):
        assert (row["argv"], row["comm"], row["kernel_thread"]) == ([], "wiped", False)
    out = ps("-o", "pid,args", "--flat")[1].splitlines()
    assert any(line.split() == [str(wiped.pid), "wiped"] for line in out)
    assert any(line.split() == [str(zombie["pid"]), "wiped", "<defunct>"] for line in out)


def apart(script: str) -> subprocess.CompletedProcess[str]:
    """A shell script in a pid namespace of its own, with a /proc of its own; $@ starts a Python."""
    argv = ["unshare", "-pf", "--mount-proc", "--kill-child", "sh", "-c", script, "sh", *python()]
    return subprocess.run(argv, capture_output=True, text=True, cwd="/", timeout=60)


@pytest.mark.root
@pytest.mark.oracle("unshare")
def test_case_05a_in_a_pid_namespace_every_row_is_there() -> None:
    out = apart('sleep 1000 & "$@" -m explorer ps -e -o pid,ppid,args')
    assert out.stderr == ""
    rows = [line.split(maxsplit=2) for line in out.stdout.splitlines()[1:]]
    assert rows[0][:2] == ["1", "0"]
    assert any("sleep 1000" in row[2] and row[1] == "1" for row in rows)
    assert any("explorer ps" in row[2] for row in rows)


@pytest.mark.root
@pytest.mark.oracle("unshare", "setpriv")
@pytest.mark.parametrize("option", ["hidepid=2", "hidepid=1"])
def test_case_05b_one_line_says_that_others_are_hidden(option: str) -> None:
    drop = f"setpriv --reuid {UID} --regid {UID} --clear-groups"
    out = apart(f'mount -t proc -o {option} p /proc; sleep 1000 & {drop} "$@" -m explorer ps -o pid,ppid,user,args')
    assert out.stderr.count("\n") == 1
    assert "hidepid=" in out.stderr
    rows = [line.split(maxsplit=3) for line in out.stdout.splitlines()[1:]]
    assert any("explorer ps" in row[3] for row in rows)
    if option == "hidepid=2":
        assert not any(row[0] == "1" or "sleep" in row[3] for row in rows)
    else:
        assert rows[0][:3] == ["1", "0", "root"]
        assert rows[0][3].startswith("? ")


@pytest.mark.oracle("bash")
def test_case_10_empty_and_many_line_arguments_are_told_apart() -> None:
    argvs = [["", "300"], ["sleep-is-not-me", "", "a b", "c\nd", "", "'"]]
    wait = "import sys; print(flush=True); sys.stdin.read()"
    argvs[1] = [sys.executable, "-c", wait, "", "a b", "c\nd", "", "'"]
    empty = subprocess.Popen(["bash", "-c", 'exec -a "" sleep 300'])
    odd = subprocess.Popen(argvs[1], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert odd.stdout is not None
    odd.stdout.readline()
    try:
        until(lambda: Path(f"/proc/{empty.pid}/comm").read_text() == "sleep\n", "exec")
        rows = records("-p", f"{empty.pid},{odd.pid}")
        assert rows[empty.pid]["argv"] == ["", "300"]
        assert rows[odd.pid]["argv"] == argvs[1]
        out = ps("-o", "pid,args", "--flat", "--no-headers", "-p", f"{empty.pid},{odd.pid}")[1].splitlines()
        assert len(out) == 2
        assert out[0].endswith(" '' 300") or out[1].endswith(" '' 300")
        assert any(line.endswith(" '' 'a b' $'c\\nd' '' ''\\'''") for line in out)
    finally:
        empty.kill()
        empty.wait()
        odd.communicate()


def test_case_18_a_storm_of_short_lived_processes() -> None:
    storm = [subprocess.Popen(["sh", "-c", "while :; do /bin/true & wait; done"], start_new_session=True) for _ in range(2)]
    lasting = subprocess.Popen(["sleep", "1000"])
    try:
        for _ in range(25):
            rows = records()
            assert {lasting.pid, os.getpid(), *(child.pid for child in storm)} <= rows.keys()
    finally:
        for child in storm:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        lasting.kill()
        lasting.wait()


@pytest.mark.root
@pytest.mark.xdist_group("machine")
def test_a_hung_process_costs_its_command_line_only() -> None:
    from tests.specimens.hung import Hung

    with Hung() as hung:
        begun = time.monotonic()
        rows = records()
        assert time.monotonic() - begun < 15
        assert rows[hung.pids["jammed"]]["argv"]["missing"] == "timed out"
        assert isinstance(rows[os.getpid()]["argv"], list)
        assert rows[hung.pids["jammed"]]["comm"]


def test_as_wide_as_the_terminal_and_no_wider(few: FakeProc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    few.file("900/cmdline", b"cron\0" + b"x" * 300 + b"\0")

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    output = Output(out, io.StringIO())
    output.colour = output.ascii = False
    assert command(["ps", "-o", "pid,args"], few.system, output) == 0
    assert max(map(len, out.getvalue().splitlines())) == 30
    out.seek(0)
    out.truncate()
    assert command(["ps", "-w", "-o", "pid,args"], few.system, output) == 0
    assert max(map(len, out.getvalue().splitlines())) == 309
