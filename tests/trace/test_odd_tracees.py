"""Processes that are hard to trace: stopped, in vfork, half dead, fenced in, in other namespaces."""

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from explorer.model.event import Exited, Signal, Started, Stopped, Superseded
from explorer.model.trace import Syscall
from explorer.trace.tracer import Capture
from tests.loopback import until
from tests.nginx import children
from tests.processes import Processes
from tests.tracing import Traced, run, runs_free, state, tracer_of

VFORK = r"""
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
int main(int argc, char **argv) {
    char line;
    write(1, "\n", 1);
    read(atoi(argv[1]), &line, 1);
    pid_t pid = vfork();
    if (!pid) { read(0, &line, 1); execl("/bin/true", "true", (char *)0); _exit(9); }
    int status;
    waitpid(pid, &status, 0);
    write(1, "over\n", 5);
    return status;
}
"""
"""vforks when it may read from that descriptor; its vfork lasts until standard input ends"""

EXECS = r"""
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>
static char **args;
static void *busy(void *arg) { for (;;) syscall(SYS_getppid); }
static void *becomes(void *arg) { usleep(3000); execv("/proc/self/exe", args); _exit(9); }
int main(int argc, char **argv) {
    int left = atoi(argv[1]);
    char number[12];
    struct pollfd in = { 0, POLLIN };
    if (!left || left < 0 && poll(&in, 1, 0)) return 0;
    sprintf(number, "%d", left - 1);
    args = (char *[]){ argv[0], number, 0 };
    pthread_t thread;
    for (int i = 0; i < 3; i++) pthread_create(&thread, 0, busy, 0);
    pthread_create(&thread, 0, becomes, 0);
    busy(0);
}
"""
"""a thread that is not the first becomes the same program, so many times; less than none: until standard input ends"""

STRICT = r"""
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(void) {
    char byte;
    prctl(PR_SET_SECCOMP, 1);
    write(1, "\n", 1);
    while (read(0, &byte, 1) == 1) write(1, &byte, 1);
    syscall(SYS_exit, 3);
}
"""
"""may read, write and exit, nothing else"""

THREADS = r"""
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>
static atomic_int begun, made;
static volatile int over;
static void *lives(void *arg) { made++; return 0; }
static void *makes(void *arg) {
    pthread_t thread[4];
    while (!over || made < 10000) {
        for (int j = 0; j < 4; j++, begun++) if (pthread_create(thread + j, 0, lives, 0)) _exit(9);
        for (int j = 0; j < 4; j++) pthread_join(thread[j], 0);
    }
    return 0;
}
int main(void) {
    char line;
    pthread_t thread[2];
    for (int i = 0; i < 2; i++) pthread_create(thread + i, 0, makes, 0);
    while (read(0, &line, 1) > 0);
    over = 1;
    for (int i = 0; i < 2; i++) pthread_join(thread[i], 0);
    printf("%d %d\n", begun, made);
}
"""
"""10,000 threads and more, some microseconds each, until standard input ends: how many were made, how many lived"""

LEADERLESS = """
import ctypes, os, threading, time
def stays():
    while True:
        os.getppid()
        time.sleep(0.01)
threading.Thread(target=stays).start()
print(flush=True)
ctypes.CDLL(None).syscall(60, 0)
"""


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A program of C source."""

    def make(source: str) -> Path:
        folder = tmp_path_factory.mktemp("compiled")
        (folder / "odd.c").write_text(source)
        subprocess.run(["gcc", "-O1", "-w", "-pthread", "-o", folder / "odd", folder / "odd.c"], check=True)
        return folder / "odd"

    return make


def threads(pid: int) -> list[int]:
    return [int(name) for name in os.listdir(f"/proc/{pid}/task")]


def all_are(pid: int, wanted: str) -> bool:
    """All its threads are in one of these states, and nobody traces them."""
    return all(state(tid) in wanted and not tracer_of(tid) for tid in threads(pid))


def goes_free(pid: int) -> bool:
    """Nobody traces it, it is not stopped; its threads come and go."""
    for tid in threads(pid):
        try:
            if tracer_of(tid) or state(tid) in "tT":
                return False
        except OSError:
            pass
    return True


def tells(traced: Traced, kind: type, times: int = 1) -> None:
    """So many of these are told."""
    traced.until(lambda: len(traced.of(kind)) >= times, f"{times} {kind.__name__}")


def test_one_that_is_stopped_stays_stopped(processes: Processes) -> None:
    program = "import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()\nprint(flush=True)\ntime.sleep(60)"
    child = processes.python(program)
    child.send_signal(signal.SIGSTOP)
    until(lambda: all_are(child.pid, "T"), "it to stop")
    with Traced([child.pid]) as traced:
        tells(traced, Stopped, 2)
        assert {event.what for event in traced.of(Stopped)} == {Stopped(19, "SIGSTOP")}
        assert {state(tid) for tid in threads(child.pid)} == {"t"}
    until(lambda: all_are(child.pid, "T"), "it to be stopped as before")
    child.send_signal(signal.SIGCONT)
    until(lambda: all_are(child.pid, "S"), "it to sleep on")


def test_one_that_is_stopped_goes_on_under_trace_when_it_is_told_to(processes: Processes) -> None:
    child = processes.start("sleep", "60")
    child.send_signal(signal.SIGSTOP)
    until(lambda: state(child.pid) == "T", "it to stop")
    with Traced([child.pid]) as traced:
        tells(traced, Stopped)
        child.send_signal(signal.SIGCONT)
        tells(traced, Signal)
        until(lambda: state(child.pid) == "S", "it to sleep on")
    assert runs_free(child.pid)


def test_stopped_while_traced_and_let_go(processes: Processes) -> None:
    # SIGTSTP stops nobody in a group of processes whose parents have left the session (we may be in one).
    child = processes.start("dd", "if=/dev/zero", "of=/dev/null", "bs=1", process_group=0)
    for number in (signal.SIGSTOP, signal.SIGTSTP):
        with Traced([child.pid]) as traced:
            child.send_signal(number)
            tells(traced, Stopped)
            assert [event.what for event in traced.of(Stopped)] == [Stopped(number, number.name)]
        until(lambda: all_are(child.pid, "T"), "it to stay stopped")
        child.send_signal(signal.SIGCONT)
        until(lambda: runs_free(child.pid), "it to go on")


@pytest.mark.oracle("gcc")
def test_vfork_in_flight(processes: Processes, compiled: Callable[[str], Path]) -> None:
    """Attached in the middle of it, let go in the middle of it, told as one call."""
    go, gone = os.pipe()
    child = processes.start(compiled(VFORK), str(go), stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=(go,))
    os.write(gone, b"!")
    until(lambda: state(child.pid) == "D", "the vfork")
    [born] = children(child.pid)
    with Traced([child.pid]) as traced:
        traced.until(lambda: any("fork" in str(event.what) for event in traced.flying), "the vfork")
    assert tracer_of(child.pid) == tracer_of(born) == 0
    assert state(child.pid) == "D"
    with Traced([child.pid]) as traced:
        traced.until(lambda: traced.flying, "the vfork")
        out = child.communicate(timeout=20)[0]
        traced.end()
    assert out == b"\nover\n"
    assert child.returncode == 0
    assert traced.lines[0].endswith(f"= {born}")
    assert "fork" in traced.lines[0]
    assert traced.events[-1].what == Exited(0)
    os.close(go)
    os.close(gone)


@pytest.mark.oracle("gcc")
def test_let_go_while_its_vfork_is_in_flight(processes: Processes, compiled: Callable[[str], Path]) -> None:
    """Attached before it: parent and child are traced, and both go on."""
    go, gone = os.pipe()
    child = processes.start(compiled(VFORK), str(go), stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=(go,))
    assert child.stdout is not None
    child.stdout.readline()
    with Traced([child.pid]) as traced:
        os.write(gone, b"!")
        traced.until(lambda: any(event.pid != child.pid for event in traced.flying), "the child's read")
        [born] = children(child.pid)
        assert tracer_of(born) == tracer_of(child.pid) == traced.helper
    assert tracer_of(born) == tracer_of(child.pid) == 0
    assert child.communicate(timeout=20)[0] == b"over\n"
    assert child.returncode == 0
    os.close(go)
    os.close(gone)


@pytest.mark.oracle("gcc")
def test_threads_that_are_not_the_first_become_other_programs(compiled: Callable[[str], Path]) -> None:
    traced = run(str(compiled(EXECS)), "30")
    assert len(traced.of(Superseded)) == 30
    assert {event.tid for event in traced.of(Superseded)} == {traced.pid}
    assert [event.pid for event in traced.events if event.what == Exited(0) and event.tid == traced.pid] == [traced.pid]
    assert traced.events[-1].tid == traced.pid
    assert len(traced.calls("execve")) == 31
    assert traced.tracer.why == "all ended"


@pytest.mark.oracle("gcc")
def test_attached_to_while_they_do(processes: Processes, compiled: Callable[[str], Path]) -> None:
    child = processes.start(compiled(EXECS), "-1", stdin=subprocess.PIPE)
    for _ in range(4):
        with Traced([child.pid], capture=Capture(frozenset({"execve"}))) as traced:
            tells(traced, Superseded, 3)
        assert goes_free(child.pid)
    assert child.poll() is None
    child.communicate()
    assert child.returncode == 0


def test_a_process_whose_first_thread_has_ended(processes: Processes) -> None:
    child = processes.python(LEADERLESS)
    until(lambda: state(child.pid) == "Z", "the first thread's end")
    with Traced([child.pid]) as traced:
        traced.until(lambda: len(traced.calls("getppid")) > 5, "calls of the other one")
        assert {event.pid for event in traced.events} == {child.pid}
        assert child.pid not in {event.tid for event in traced.events}
    assert child.poll() is None
    assert all_are(child.pid, "RSZ")


@pytest.mark.oracle("gcc")
def test_ten_thousand_threads_born_while_attaching(processes: Processes, compiled: Callable[[str], Path]) -> None:
    child = processes.start(compiled(THREADS), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    for _ in range(5):
        with Traced([child.pid], capture=Capture(frozenset())) as traced:
            tells(traced, Started, 100)
        assert goes_free(child.pid)
    made, lived = map(int, child.communicate(timeout=30)[0].split())
    assert made == lived >= 10_000
    assert child.returncode == 0


@pytest.mark.oracle("gcc")
def test_seccomp_strict(processes: Processes, compiled: Callable[[str], Path]) -> None:
    child = processes.start(compiled(STRICT), stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdout.read(1)
    for byte in (b"a", b"b"):
        with Traced([child.pid]) as traced:
            child.stdin.write(byte)
            assert child.stdout.read(1) == byte
            tells(traced, Syscall, 2)
            assert traced.lines[0].startswith("read(0<pipe:[")
            assert traced.lines[0].endswith("1) = 1")
        assert runs_free(child.pid)
    with Traced([child.pid]) as traced:
        child.stdin.close()
        traced.end()
    assert child.wait(10) == 3
    assert traced.lines[-2:] == ["exit(3)", str(Exited(3))]


@pytest.mark.root
@pytest.mark.oracle("unshare")
def test_in_another_pid_namespace_ids_are_as_we_see_them(processes: Processes) -> None:
    shell = processes.start("unshare", "-pf", "--mount-proc", "--kill-child", "sh", "-c", "while :; do /bin/true; done")
    [pid] = until(lambda: children(shell.pid), "it to begin")
    with Traced([pid]) as traced:
        tells(traced, Exited, 4)
    assert runs_free(pid)
    born = [event.what.tid for event in traced.of(Started) if isinstance(event.what, Started)]
    ended = [event.pid for event in traced.of(Exited)]
    assert set(ended) <= set(born)
    # A birth may be told after the first events of who was born; we may have let go in between.
    assert len({event.pid for event in traced.events} - {pid, *born}) <= 1
    assert min(born) > 1000
