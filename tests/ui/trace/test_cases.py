"""Traces in the real program, in a real pseudo-terminal, with the real engine: cases 45, 50, 77 and 78, and a command started here."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from explorer.trace.bpf.engine import BpfTracer
from tests.loopback import until
from tests.terminal import PROCDIVE, Terminal
from tests.ui.trace.by import of

CHATTY = "import time\nprint(flush=True)\nwhile 1: open('/dev/null').close(); time.sleep(0.02)"


@contextmanager
def running(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    """Until the end of the block."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@contextmanager
def chatty() -> Iterator[int]:
    """Some calls a second, for ever; its pid."""
    with running(sys.executable, "-c", CHATTY) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process.pid


def field(pid: int, name: str) -> str:
    """A line of status."""
    return Path(f"/proc/{pid}/status").read_text().split(f"{name}:")[1].split("\n")[0].strip()


def runs(pid: int) -> bool:
    """It is traced by nobody, and still makes calls."""
    if field(pid, "TracerPid") != "0" or field(pid, "State")[0] in "tT":
        return False
    before = int(field(pid, "voluntary_ctxt_switches"))
    return bool(until(lambda: int(field(pid, "voluntary_ctxt_switches")) > before, "it to go on"))


def ticks(pid: int) -> int:
    """CPU time, clock ticks."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def share(terminal: Terminal, pid: int, seconds: float) -> float:
    """Per cent of a core over so many seconds, while its screen is read."""
    before, end = ticks(pid), time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        terminal.pump(left)
    return (ticks(pid) - before) / seconds


def traced(terminal: Terminal) -> None:
    """Press s and wait until it is."""
    terminal.wait_for("COMMAND", "Files")
    terminal.press("s")
    terminal.wait(lambda: "● live" in terminal.text or "y  attach" in terminal.text)
    if "y  attach" in terminal.text:
        terminal.press("y")
    terminal.wait_for("● live")


@pytest.fixture(params=["ptrace", "bpf"])
def procdive(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """The command, by each engine that can be used here."""
    if request.param == "bpf" and (why := BpfTracer.unusable()) is not None:
        pytest.skip(why.detail)
    return of(request.param)


def children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.fixture
def target() -> Iterator[int]:
    with chatty() as pid:
        yield pid


def test_case_50_the_end_of_the_target_is_said_and_costs_nothing(procdive: tuple[str, ...]) -> None:
    until_told = "trap 'exit 3' TERM; while :; do sleep 0.1; done"
    with running("sh", "-c", until_told) as process, Terminal([*procdive, str(process.pid)]) as terminal:
        traced(terminal)
        process.terminate()
        process.wait()
        terminal.wait(lambda: re.search(r"exited 3 at \d\d:\d\d:\d\d", terminal.text))
        terminal.press("Z")
        share(terminal, terminal.process.pid, 0.5)
        assert share(terminal, terminal.process.pid, 2.0) < 5
        terminal.press("f10")
        assert terminal.exit() == 0


def test_case_45_procdives_own_row_is_refused() -> None:
    with Terminal([*PROCDIVE, "1"]) as terminal:
        terminal.wait_for("COMMAND", "Files")
        terminal.send(str(terminal.process.pid))
        terminal.wait(lambda: f" {terminal.process.pid} " in terminal.text and "explorer" in terminal.text)
        terminal.press("s")
        terminal.wait_for("procdive itself")
        assert field(terminal.process.pid, "TracerPid") == "0"
        terminal.press("f10")
        assert terminal.exit() == 0


def test_case_45_of_two_procdives_by_ptrace_the_second_is_refused() -> None:
    with Terminal(of("ptrace")) as first:
        first.wait_for("COMMAND")
        with Terminal([*of("ptrace"), str(first.process.pid)], columns=140, rows=40) as second:
            traced(second)
            first.send(str(second.process.pid))
            first.settle()
            first.press("s")
            first.wait(lambda: re.search(r"traces (you already|this procdive)", " ".join(first.text.split())))
            second.press("s")
            second.wait_for("detached at")
            second.press("f10")
            assert second.exit() == 0
        first.press("f10")
        assert first.exit() == 0


def test_case_45_two_procdives_watch_the_same_process_and_it_goes_on(target: int) -> None:
    if (why := BpfTracer.unusable()) is not None:
        pytest.skip(why.detail)
    with Terminal([*of("bpf"), str(target)]) as first, Terminal([*of("bpf"), str(target)]) as second:
        for each in (first, second):
            traced(each)
            each.wait_for("openat(")
        first.press("s")
        first.wait_for("detached at")
        assert runs(target)
        second.press("c")
        second.wait_for("COMMAND")
        for each in (first, second):
            each.press("f10")
            each.settle()
            each.press("f10")
            assert each.exit() == 0


def test_case_45_what_shows_the_screen_is_warned_of_and_damped(procdive: tuple[str, ...]) -> None:
    """A shell in between reads what we draw, and writes it on: each line drawn makes lines."""
    relay = "import os, pty, sys; pty.spawn(sys.argv[1:])"
    with Terminal([sys.executable, "-c", relay, *procdive], columns=120, rows=40) as terminal:
        terminal.wait_for("COMMAND", "Files")
        terminal.send(str(terminal.process.pid))
        terminal.wait_for(f" {terminal.process.pid} {Path(sys.executable).name} -c 'import os, pty")
        (own,) = children(terminal.process.pid)
        terminal.press("s")
        terminal.wait_for("It is above this screen")
        terminal.press("y")
        terminal.wait_for("● live")
        terminal.wait(lambda: "write(" in terminal.text)
        assert share(terminal, own, 4.0) < 30
        terminal.press("s")
        terminal.wait_for("detached at")
        terminal.press("f10")
        terminal.exit()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL], ids=lambda number: number.name)
def test_case_77_killed_while_it_traces(procdive: tuple[str, ...], target: int, number: signal.Signals) -> None:
    with Terminal([*procdive, str(target)]) as terminal:
        traced(terminal)
        helpers = children(terminal.process.pid)
        terminal.process.send_signal(number)
        status = terminal.exit()
        assert status == (128 + number if number != signal.SIGKILL else -9)
        if number != signal.SIGKILL:
            assert terminal.flags() == (True, True)
            assert terminal.raw.rfind(b"\x1b[?1049l") > terminal.raw.rfind(b"\x1b[?1049h")
        until(lambda: runs(target), "the target to be free")
        until(lambda: not [pid for pid in helpers if os.path.exists(f"/proc/{pid}")], "the tracer to end")


def test_case_77_quit_while_a_trace_runs(procdive: tuple[str, ...], target: int) -> None:
    with Terminal([*procdive, str(target)]) as terminal:
        traced(terminal)
        terminal.press("f10")
        terminal.wait_for("Quit?")
        terminal.press("y")
        assert terminal.exit() == 0
        assert terminal.flags() == (True, True)
        until(lambda: runs(target), "the target to be free")


def test_case_77_a_fault_of_our_own_while_a_trace_runs(target: int) -> None:
    program = "import sys; from tests.ui.trace.test_cases import broken; sys.exit(broken())"
    with Terminal([sys.executable, "-c", program, str(target)]) as terminal:
        traced(terminal)
        terminal.press("ctrl+l")
        assert terminal.exit() == 1
        assert terminal.flags() == (True, True)
        until(lambda: runs(target), "the target to be free")


def broken() -> int:
    """procdive, whose Ctrl-L fails."""
    from explorer.__main__ import main
    from explorer.ui.app import Explorer

    def fails(_self: Explorer) -> None:
        raise ZeroDivisionError("a fault made by the test")

    setattr(Explorer, "action_redraw", fails)  # noqa: B010
    return main()


@pytest.mark.parametrize("outside", [False, True], ids=["ctrl-z", "from-outside"])
def test_case_78_stopped_while_it_traces_the_target_is_not_held(procdive: tuple[str, ...], target: int, outside: bool) -> None:
    with Terminal(["bash", "--norc", "-i"]) as terminal:
        terminal.wait_for("bash-")
        terminal.send(f"{' '.join(procdive)} {target}\n")
        traced(terminal)
        (own,) = children(terminal.process.pid)
        if outside:
            os.kill(own, signal.SIGTSTP)
        else:
            terminal.press("ctrl+z")
        until(lambda: terminal.pump(0.1) or field(own, "State")[0] == "T", "it to stop")
        terminal.wait_for("Stopped")
        terminal.send("echo o'k'\n")
        terminal.wait_for("ok")
        for _ in range(5):
            before = int(field(target, "voluntary_ctxt_switches"))
            until(lambda before=before: int(field(target, "voluntary_ctxt_switches")) > before, "the target to go on")  # type: ignore[misc]
        terminal.send("fg\n")
        terminal.wait_for("● live", "COMMAND")
        terminal.press("s")
        terminal.wait_for("detached at")
        until(lambda: runs(target), "the target to be free")
        terminal.press("f10")
        terminal.wait(lambda: not children(terminal.process.pid))
        terminal.send("exit\n")
        terminal.exit()


def test_ctrl_c_ends_the_trace_and_not_procdive(target: int) -> None:
    with Terminal([*PROCDIVE, str(target)]) as terminal:
        traced(terminal)
        terminal.press("ctrl+c")
        terminal.wait_for("detached at")
        assert runs(target)
        terminal.press("ctrl+c")
        assert terminal.exit() == 0


def test_a_command_is_traced_and_what_it_writes_is_kept() -> None:
    with Terminal(columns=120, rows=40) as terminal:
        terminal.wait_for("COMMAND", "Files")
        terminal.press("ctrl+p")
        terminal.wait_for("Command:")
        terminal.send("trace a com")
        terminal.wait_for("trace a command")
        terminal.press("enter")
        terminal.wait_for("Trace command:")
        terminal.send("sh -c 'echo torn; echo screen >&2; exit 3'")
        terminal.press("enter")
        terminal.wait(lambda: re.search(r"exited 3 at \d\d:\d\d:\d\d", terminal.text))
        terminal.wait_for("write(", "exit_group(3)")
        assert not any(line.strip() in {"torn", "screen"} for line in terminal.lines)
        terminal.press("ctrl+p")
        terminal.wait_for("Command:")
        terminal.send("wrote")
        terminal.wait_for("what sh -c")
        terminal.press("enter")
        terminal.wait_for("Written by sh", " torn", " screen")
        terminal.press("escape", "f10")
        assert terminal.exit() == 0
