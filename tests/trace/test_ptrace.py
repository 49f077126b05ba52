"""trace/ptrace.py: the engine as its users have it."""

import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from explorer.model.batch import Birth
from explorer.model.event import Exited, Notice, Started
from explorer.model.missing import Reason
from explorer.model.process import ProcessId
from explorer.model.trace import Syscall
from explorer.trace.ptrace import PtraceTracer, loses
from explorer.trace.tracer import ALL, Capture, Refused
from tests.loopback import until
from tests.ordinary import UID, as_user, python
from tests.processes import Processes
from tests.tracing import Traced, identity, run, runs_free, state, tracer_of


def test_a_command_from_its_execve_to_its_end() -> None:
    traced = run("/bin/sh", "-c", "exit 7")
    first = traced.events[0]
    assert isinstance(first.what, Syscall)
    assert first.what.name == "execve"
    assert [value.text for _, value in first.what.args][:2] == ['"/bin/sh"', '["/bin/sh", "-c", "exit 7"]']
    assert abs(first.time / 1e9 - time.time()) < 60
    assert traced.lines[-2] == "exit_group(7)"
    assert traced.events[-1].what == Exited(7)
    assert traced.tracer.status == 7 << 8
    assert traced.tracer.why == "all ended"
    assert {event.pid for event in traced.events} == {traced.pid}
    with pytest.raises(ChildProcessError):
        os.waitpid(traced.pid, os.WNOHANG)


def test_what_a_command_writes_comes_where_ours_does(capfd: pytest.CaptureFixture[str]) -> None:
    run("echo", "hello")
    assert capfd.readouterr().out == "hello\n"


def test_commands_that_are_none() -> None:
    for command, reason in ((["no-such-program"], Reason.GONE), (["/etc/passwd"], Reason.DENIED), ([], Reason.UNSUPPORTED)):
        with pytest.raises(Refused) as refused:
            PtraceTracer().start(command, ALL)
        assert refused.value.missing.reason is reason


def test_attached_and_let_go(processes: Processes) -> None:
    child = processes.start("dd", "if=/dev/zero", "of=/dev/null", "bs=1")
    with Traced([child.pid]) as traced:
        assert tracer_of(child.pid) == traced.helper
        traced.until(lambda: len(traced.calls("read")) > 20, "reads")
    assert runs_free(child.pid)
    assert traced.tracer.why == "detached"
    assert {line for line in traced.lines if line.startswith("read")} == {'read(0</dev/zero>, "\\0", 1) = 1'}
    assert traced.most < 0.5
    traced.tracer.detach()


def test_silence_is_empty_batches(processes: Processes) -> None:
    child = processes.start("sleep", "60")
    tracer = PtraceTracer()
    tracer.attach([identity(child.pid)], ALL)
    times = []
    for _ in tracer.batches():
        times.append(time.monotonic())
        if len(times) == 6:
            tracer.detach()
    assert max(after - before for before, after in itertools.pairwise(times)) < 0.3


def test_a_call_in_flight_is_shown_at_once_and_then_its_end(processes: Processes) -> None:
    child = processes.python("import sys, time; print(flush=True); sys.stdin.readline(); time.sleep(60)")
    until(lambda: state(child.pid) == "S", "it to read")
    with Traced([child.pid]) as traced:
        traced.until(lambda: traced.flying, "the read")
        [flying] = traced.flying
        assert flying.pid == child.pid
        assert child.stdin is not None
        child.stdin.write(b"word\n")
        child.stdin.flush()
        traced.until(lambda: traced.calls("read"), "its end")
        [event] = [event for event in traced.events if isinstance(event.what, Syscall) and event.what.name == "read"]
        assert traced.lines[0].startswith("read(0<pipe:[")
        assert traced.lines[0].endswith(" = 5")
        assert '"word\\n"' in traced.lines[0]
        traced.until(lambda: any("nanosleep" in str(flying.what) for flying in traced.flying), "the sleep")
    assert runs_free(child.pid)
    assert event.time == flying.time


def test_what_a_process_starts_is_followed() -> None:
    traced = run("/bin/sh", "-c", "/bin/echo a >/dev/null; /bin/echo b >/dev/null")
    births = traced.of(Started)
    assert len(births) == 2
    children = [event.what.tid for event in births if isinstance(event.what, Started)]
    assert [event.pid for event in traced.events if event.what == Exited(0)] == [*children, traced.pid]
    assert len(traced.calls("execve")) == 3


def test_or_not() -> None:
    traced = run("/bin/sh", "-c", "/bin/echo a >/dev/null; /bin/echo b >/dev/null; exit 3", capture=Capture(follow=False))
    assert len(traced.of(Started)) == 2
    assert {event.pid for event in traced.events} == {traced.pid}
    assert traced.events[-1].what == Exited(3)


def test_threads_are_told_from_processes(processes: Processes) -> None:
    program = "import threading, os\nfor _ in range(3):\n t = threading.Thread(target=os.getppid); t.start(); t.join()\n"
    traced = run("/usr/bin/python3", "-ISc", program)
    births = [event.what for event in traced.of(Started)]
    assert [birth.birth for birth in births if isinstance(birth, Started)] == [Birth.THREAD] * 3
    assert {event.pid for event in traced.events} == {traced.pid}
    assert len({event.tid for event in traced.events}) == 4
    assert len(traced.of(Exited)) == 4


def test_capture_changes_while_it_runs(processes: Processes) -> None:
    child = processes.start("dd", "if=/dev/zero", "of=/dev/null", "bs=1")
    with Traced([child.pid], capture=Capture(frozenset({"read"}))) as traced:
        traced.until(lambda: len(traced.calls("read")) > 20, "reads")
        assert not traced.calls("write")
        traced.tracer.capture(Capture(frozenset({"write"})))
        traced.until(lambda: len(traced.calls("write")) > 20, "writes")


def test_only_what_failed_and_no_signals() -> None:
    traced = run("/bin/sh", "-c", "cd /nowhere; kill -USR1 $$ & wait", capture=Capture(succeeded=False, signals=False))
    assert {event.what.error != "" for event in traced.events if isinstance(event.what, Syscall)} == {True}
    assert any(line.startswith('chdir("/nowhere") = -1') for line in traced.lines)
    assert not traced.of(Exited)
    assert not traced.of(Started)
    assert traced.tracer.status is not None


def test_refused_in_words(processes: Processes) -> None:
    child = processes.start("sleep", "60")
    there = identity(child.pid)
    with Traced([child.pid]):
        with pytest.raises(Refused) as refused:
            PtraceTracer().attach([there], ALL)
        assert "is traced by this procdive already" in refused.value.missing.detail
    with pytest.raises(Refused) as refused:
        PtraceTracer().attach([there, ProcessId(4_000_000, 1)], ALL)
    assert refused.value.missing.reason is Reason.GONE
    with pytest.raises(Refused):
        PtraceTracer().attach([], ALL)
    assert runs_free(child.pid)


def test_the_tracer_is_killed(processes: Processes) -> None:
    child = processes.start("dd", "if=/dev/zero", "of=/dev/null", "bs=1")
    traced = Traced([child.pid])
    traced.until(lambda: len(traced.calls("read")) > 20, "reads")
    os.kill(traced.helper, signal.SIGKILL)
    traced.end()
    assert runs_free(child.pid)
    notice = traced.events[-1].what
    assert isinstance(notice, Notice)
    assert "was killed" in notice.text
    assert "was killed" in traced.tracer.why


def test_its_process_is_out_of_reach_of_our_terminal(processes: Processes) -> None:
    child = processes.start("sleep", "60")
    with Traced([child.pid]) as traced:
        assert os.getsid(traced.helper) == traced.helper
        assert not Path(f"/proc/{traced.helper}/fd/0").readlink().name.startswith("pts")


def test_what_the_tracer_process_costs(processes: Processes) -> None:
    assert PtraceTracer().cost() is None
    child = processes.start("dd", "if=/dev/zero", "of=/dev/null", "bs=1")
    with Traced([child.pid]) as traced:
        traced.until(lambda: (traced.tracer.cost() or 0.0) > 0.05, "it to take time")
    assert traced.tracer.cost() is None


@pytest.mark.root
def test_a_set_uid_program_loses_its_rights_and_somebody_says_so() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        program = f"{folder}/whoami"
        shutil.copy("/usr/bin/id", program)
        os.chmod(program, 0o4755)
        told = [
            subprocess.run(
                [*python(), "-m", "explorer", "trace", "--engine", "ptrace", "-qq", "-o", "/dev/null", "--", command, "-u"],
                capture_output=True,
                text=True,
                timeout=30,
                **as_user(),  # type: ignore[call-overload]
            )
            for command in (program, "/usr/bin/id")
        ]
    assert [each.stdout for each in told] == [f"{UID}\n"] * 2
    assert f"{program} is set-uid: while an ordinary user traces it, it runs without those rights" in told[0].stderr
    assert told[1].stderr == ""
    assert loses("/usr/bin/su") == loses("/no/such/program") == ""
