"""child/tracer/loop.py: what becomes of each stop, through the engine."""

import os
import signal
import subprocess
from pathlib import Path

from explorer.model.event import Exited, Signal, Stopped, Unfinished
from explorer.model.trace import Syscall
from explorer.query.trace import TraceFilter
from explorer.trace.filters import parse
from explorer.trace.tracer import Capture
from explorer.trace.view import View
from tests.loopback import until
from tests.processes import Processes
from tests.tracing import Traced, run, runs_free, state, words


def test_signals_are_told_and_passed_on() -> None:
    program = "trap 'echo caught' USR1; kill -USR1 $$; kill -TERM $$"
    traced = run("/bin/sh", "-c", f"{{ {program}; }} >/dev/null")
    signals = [event.what for event in traced.of(Signal)]
    assert [what.name for what in signals if isinstance(what, Signal)] == ["SIGUSR1", "SIGTERM"]
    assert f"si_pid={traced.pid}" in str(signals[0])
    assert any(line.startswith("rt_sigreturn") for line in traced.lines)
    assert traced.events[-1].what == Exited(None, "SIGTERM")
    assert traced.tracer.status == signal.SIGTERM


def test_stopped_and_continued(processes: Processes) -> None:
    child = processes.start("sleep", "60")
    with Traced([child.pid]) as traced:
        os.kill(child.pid, signal.SIGSTOP)
        traced.until(lambda: traced.of(Stopped), "it to stop")
        assert [words(event) for event in traced.of(Stopped)] == [str(Stopped(19, "SIGSTOP"))]
        os.kill(child.pid, signal.SIGCONT)
        traced.until(lambda: any("SIGCONT" in line for line in traced.lines), "it to go on")
        until(lambda: state(child.pid) == "S", "it to sleep on")
    assert runs_free(child.pid)


def test_a_call_that_we_interrupted_is_one_call() -> None:
    """poll goes on by restart_syscall, read is made anew: both are told as what they were."""
    program = "import select, sys; print(flush=True); select.select([], [], [], 1.0); sys.stdin.read()"
    with subprocess.Popen(["/usr/bin/python3", "-ISc", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdin is not None
        child.stdout.readline()
        until(lambda: state(child.pid) == "S", "it to wait")
        with Traced([child.pid]) as traced:
            traced.until(lambda: any("read(0" in words(event) for event in traced.flying), "the read in flight")
            child.stdin.close()
            traced.end()
    lines = traced.lines
    assert lines[0].startswith(("pselect6(", "select("))
    assert lines[0].endswith("= 0")
    assert not any("restart_syscall" in line or "?" in line for line in lines)
    assert lines[-1] == str(Exited(0))


def test_execve_of_a_thread_that_is_not_the_first(tmp_path: Path) -> None:
    program = (
        "import os, threading, time\n"
        "threading.Thread(target=lambda: (time.sleep(0.2), os.execv('/bin/true', ['true']))).start()\n"
        "time.sleep(60)"
    )
    traced = run("/usr/bin/python3", "-ISc", program)
    kinds = [type(event.what).__name__ for event in traced.events]
    at = kinds.index("Superseded")
    assert traced.events[at].tid == traced.pid
    [leader] = [event for event in traced.events if isinstance(event.what, Unfinished) and "sleep" in event.what.call.name]
    assert leader.tid == traced.pid
    assert isinstance(leader.what, Unfinished)
    assert leader.what.ended
    second = traced.calls("execve")[1]
    assert second.result is not None
    assert second.result.raw == 0
    assert traced.events[-1].what == Exited(0)
    assert traced.tracer.status == 0


def test_a_first_thread_that_ends_before_the_others() -> None:
    program = (
        "import ctypes, os, threading, time\n"
        "threading.Thread(target=lambda: (time.sleep(0.3), os._exit(5))).start()\n"
        "ctypes.CDLL(None).syscall(60, 0)"
    )
    traced = run("/usr/bin/python3", "-ISc", program)
    assert any(line == "exit(0)" for line in traced.lines)
    assert traced.lines[-1] == str(Exited(5))
    assert traced.tracer.status == 5 << 8


def test_a_thread_killed_in_a_call(processes: Processes) -> None:
    child = processes.start("sleep", "60")
    with Traced([child.pid]) as traced:
        child.kill()
        traced.end()
    last, end = traced.events[-2:]
    assert isinstance(last.what, Unfinished)
    assert last.what.ended
    assert end.what == Exited(None, "SIGKILL")
    assert not any(isinstance(event.what, Syscall) for event in traced.events)


def test_none_starves_where_many_are_quick(processes: Processes) -> None:
    children = [processes.start("dd", "if=/dev/zero", "of=/dev/null", "bs=1") for _ in range(5)]
    pids = {child.pid for child in children}
    with Traced(pids) as traced:
        until(lambda: traced.log.end > 2000, "many calls")
    told = [pid for chunk in traced.log.chunks for pid in chunk.rows.pids]
    counts = [told.count(pid) for pid in pids]
    assert min(counts) > 50, counts
    assert all(runs_free(pid) for pid in pids)


def test_by_descriptor_is_what_the_filter_would_leave(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    program = (
        "import os, select; os.chdir(os.sys.argv[1]); fd = os.open('file', 0); os.dup2(fd, 9); p = select.poll(); p.register(9); p.poll(0);"
        "os.read(9, 1); os.pipe(); os.close(9); os.read(fd, 4); select.select([fd], [], [], 0)"
    )
    command = ("/usr/bin/python3", "-ISc", program, str(tmp_path))
    whole, some = run(*command), run(*command, capture=Capture(fds=frozenset({9, 3}), signals=False))
    wanted = parse("fd=9,3")
    assert isinstance(wanted, TraceFilter)
    view = View(whole.log, wanted)
    assert view.work() == 1
    events = [whole.log.event(view[index]) for index in range(len(view))]
    calls = [event.what.name for event in events if isinstance(event.what, Syscall)]
    assert [event.what.name for event in some.events if isinstance(event.what, Syscall)] == calls
    assert {"openat", "dup2", "poll", "read", "close", "fstat" if "fstat" in calls else "newfstatat"} <= set(calls) != set()
    assert "brk" not in calls
