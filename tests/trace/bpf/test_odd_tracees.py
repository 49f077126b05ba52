"""Processes that are hard to trace, by programs that stop nobody: stopped, in vfork, half dead, fenced in, in other namespaces."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.model.batch import Birth, Kind
from explorer.model.missing import Reason
from explorer.model.process import ProcessId
from explorer.trace.bpf.engine import BpfTracer
from explorer.trace.choice import engine_for
from explorer.trace.tracer import ALL, Capture, Refused
from tests.engines.test_engines import environment
from tests.engines.watched import TREE, Watched, births, engine, identity, state, tracer_of, until
from tests.loopback import until as soon
from tests.namespaces import first_pids
from tests.nginx import children
from tests.processes import Processes
from tests.trace.bpf.programs import compiled
from tests.trace.test_odd_tracees import EXECS, LEADERLESS, STRICT, THREADS, VFORK

pytestmark = [pytest.mark.root]


@pytest.fixture(autouse=True)
def _usable() -> None:
    engine("bpf")


def test_one_that_is_stopped_stays_stopped_and_goes_on(processes: Processes) -> None:
    child = processes.start("sleep", "60")
    child.send_signal(signal.SIGSTOP)
    soon(lambda: state(child.pid) == "T", "it to stop")
    with Watched("bpf", [child.pid]) as watched:
        child.send_signal(signal.SIGCONT)
        until(lambda: watched.lines(Kind.SIGNAL), "the signal")
        assert watched.lines(Kind.SIGNAL)[0].startswith("SIGCONT ")
        assert state(child.pid) == "S"
        child.send_signal(signal.SIGSTOP)
        until(lambda: watched.lines(Kind.STOPPED), "it to stop")
    assert state(child.pid) == "T"


@pytest.mark.oracle("gcc")
def test_vfork_in_flight(processes: Processes, tmp_path: Path) -> None:
    go, gone = os.pipe()
    child = processes.start(compiled(VFORK, tmp_path), str(go), stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=(go,))
    os.write(gone, b"!")
    soon(lambda: state(child.pid) == "D", "the vfork")
    [born] = children(child.pid)
    with Watched("bpf", [child.pid]) as watched:
        until(lambda: any("fork" in line for line in watched.lines(Kind.PENDING)), "the vfork")
        assert child.communicate(timeout=20)[0] == b"\nover\n"
        watched.end()
    assert child.returncode == 0
    lines = watched.by_thread(Kind.CALL)[child.pid]
    assert lines[0].endswith(f"= {born}")
    assert "fork" in lines[0]
    assert watched.lines(Kind.EXITED)[-1] == "exited with 0"
    os.close(go)
    os.close(gone)


@pytest.mark.oracle("gcc")
def test_let_go_while_its_vfork_is_in_flight(processes: Processes, tmp_path: Path) -> None:
    go, gone = os.pipe()
    child = processes.start(compiled(VFORK, tmp_path), str(go), stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=(go,))
    assert child.stdout is not None
    child.stdout.readline()
    with Watched("bpf", [child.pid]) as watched:
        os.write(gone, b"!")
        until(lambda: births(watched)[Birth.VFORK], "the birth")
        [born] = children(child.pid)
        until(lambda: any(event.tid == born for event in watched.events(Kind.PENDING)), "the child's read")
    assert child.communicate(timeout=20)[0] == b"over\n"
    assert child.returncode == 0
    os.close(go)
    os.close(gone)


@first_pids
@pytest.mark.oracle("gcc")
def test_threads_that_are_not_the_first_become_other_programs(tmp_path: Path) -> None:
    program = str(compiled(EXECS, tmp_path))
    watched = Watched("bpf", command=[program, "30"], capture=Capture(frozenset({"execve", "exit_group"}))).end()
    assert watched.lost == 0
    superseded = watched.events(Kind.SUPERSEDED)
    assert len(superseded) == 30
    assert {event.tid for event in superseded} == {watched.pid}
    lines = watched.by_thread(Kind.CALL)[watched.pid]
    assert next(line for line in lines if line.startswith("execve(")).startswith(f'execve("{program}", ')
    done = [line for lines in watched.by_thread(Kind.CALL).values() for line in lines if line.endswith(" = 0")]
    assert len([line for line in done if line.startswith("execve(")]) == 31
    assert all('"/proc/self/exe"' in line for line in done[1:])
    assert lines[-1] == "exit_group(0)"
    assert watched.tracer.status == 0  # type: ignore[attr-defined]


def test_a_process_whose_first_thread_has_ended(processes: Processes) -> None:
    child = processes.python(LEADERLESS)
    soon(lambda: state(child.pid) == "Z", "the first thread's end")
    with Watched("bpf", [child.pid]) as watched:
        until(lambda: watched.seen("getppid()"), "calls of the other one")
        assert {event.pid for event in watched.events(Kind.CALL)} == {child.pid}
        assert child.pid not in {event.tid for event in watched.events(Kind.CALL)}
    assert child.poll() is None


@pytest.mark.oracle("gcc")
def test_ten_thousand_threads(processes: Processes, tmp_path: Path) -> None:
    child = processes.start(compiled(THREADS, tmp_path), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with Watched("bpf", [child.pid], capture=Capture(frozenset())) as watched:
        until(lambda: births(watched)[Birth.THREAD] > 100, "births")
        made, lived = map(int, child.communicate(timeout=60)[0].split())
        watched.end()
    assert made == lived >= 10_000
    assert child.returncode == 0
    assert watched.lost == 0
    assert abs(births(watched)[Birth.THREAD] - len(watched.lines(Kind.EXITED))) < 20


@pytest.mark.oracle("gcc")
def test_seccomp_strict(processes: Processes, tmp_path: Path) -> None:
    child = processes.start(compiled(STRICT, tmp_path), stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdout.read(1)
    with Watched("bpf", [child.pid]) as watched:
        child.stdin.write(b"a")
        assert child.stdout.read(1) == b"a"
        child.stdin.close()
        watched.end()
    assert child.wait(10) == 3
    lines = watched.lines(Kind.CALL)
    assert lines[0].startswith("read(0<pipe:[")
    assert lines[0].endswith('"a", 1) = 1')
    assert lines[-1] == "exit(3)"


def test_what_nobody_can_trace(processes: Processes) -> None:
    ended = processes.start("true")
    soon(lambda: state(ended.pid) == "Z", "its end")
    sleep = processes.start("sleep", "60")
    cases = [
        (identity(ended.pid), Reason.GONE, "has ended"),
        (ProcessId(sleep.pid, identity(sleep.pid).start - 1), Reason.GONE, f"process {sleep.pid}"),
        (ProcessId(4_000_000, 1), Reason.GONE, "process 4000000"),
        (identity(os.getpid()), Reason.UNSUPPORTED, "is procdive itself"),
    ]
    if os.path.exists("/proc/2/stat"):
        cases.append((identity(2), Reason.UNSUPPORTED, "kernel thread"))
    for target, reason, words in cases:
        with pytest.raises(Refused) as refused:
            BpfTracer().attach([identity(sleep.pid), target], ALL)
        assert refused.value.missing.reason is reason
        assert words in refused.value.missing.detail
    with pytest.raises(Refused):
        BpfTracer().attach([], ALL)


def test_a_process_in_another_pid_namespace_has_the_ids_that_we_see(processes: Processes) -> None:
    shell = processes.start("unshare", "-pf", "--mount-proc", "--kill-child", "sh", "-c", "while :; do /bin/true; done")
    [pid] = soon(lambda: children(shell.pid), "it to begin")
    with Watched("bpf", [pid]) as watched:
        until(lambda: len(watched.lines(Kind.EXITED)) > 4, "ends")
    assert tracer_of(pid) == 0
    born = {batch.results[row] for batch, row in watched.rows(Kind.STARTED)}
    ended = {event.pid for event in watched.events(Kind.EXITED)}
    assert len(ended - born) <= 1
    assert min(born) > 1000
    assert {event.pid for event in watched.events(Kind.CALL)} <= born | {pid} | ended


INSIDE = """
import subprocess, sys, threading, time
from explorer.model.batch import Kind
from tests.engines.watched import Watched, births
child = subprocess.Popen(["sh", "-c", "read line; /bin/true; kill -USR1 $$; exit 5"], stdin=subprocess.PIPE)
watched = Watched("bpf", [child.pid])
child.communicate(b"go\\n")
watched.end()
tids = {event.tid for event in watched.events(*Kind)} - {0}
born = {batch.results[row] for batch, row in watched.rows(Kind.STARTED)}
own = child.pid < 30 and tids == {child.pid} | born
print(own, sum(births(watched).values()), watched.lines(Kind.EXITED), len(watched.lines(Kind.CALL)) > 30)
"""


def test_inside_a_pid_namespace_ids_are_its_own() -> None:
    command = ["unshare", "-pf", "--mount-proc", sys.executable, "-c", INSIDE]
    done = subprocess.run(command, capture_output=True, text=True, cwd=TREE, env=environment(), timeout=60)
    assert done.stdout == "True 1 ['exited with 0', 'killed by SIGUSR1'] True\n", done.stderr


UNPRIVILEGED = """
import subprocess, sys
from explorer.trace.bpf.engine import BpfTracer
from explorer.trace.choice import engine_for
from explorer.trace.tracer import ALL, Refused
from tests.engines.watched import identity
child = subprocess.Popen(["sleep", "60"])
chosen, why = engine_for(identity(child.pid))
print(chosen.name, why["bpf"].reason.name, bool(why["bpf"].detail), bool(why["bpf"].cure))
try:
    BpfTracer().attach([identity(child.pid)], ALL)
except Refused as refused:
    print("refused", bool(refused.missing.detail))
child.kill()
"""


@first_pids
def test_in_a_user_namespace_ptrace_is_used() -> None:
    command = ["unshare", "-Ur", "-pf", "--mount-proc", sys.executable, "-c", UNPRIVILEGED]
    done = subprocess.run(command, capture_output=True, text=True, cwd=TREE, env=environment(), timeout=60)
    assert done.stdout.splitlines() == ["ptrace DENIED True True", "refused True"], done.stderr
    assert engine_for()[0].name == "bpf"
