"""What is traced goes on, whatever becomes of the tracer and of procdive: nothing held, stopped, swallowed or failed."""

import os
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from explorer.trace.tracer import ALL
from explorer.trace.wire import capture_words, words_frame
from tests.loopback import until
from tests.nginx import SERVED, Nginx, children
from tests.processes import Processes
from tests.tracing import Traced, identity, runs_free, state, tracer_of

COUNTS = r"""
#include <signal.h>
#include <stdio.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <unistd.h>
static volatile long got, usual, rounds;
static void count(int n) { if (n == SIGUSR1) usual++; else got++; }
int main(void) {
    struct sigaction action = { .sa_handler = count, .sa_flags = SA_RESTART };
    sigaction(SIGRTMIN, &action, 0);
    sigaction(SIGUSR1, &action, 0);
    puts("ready"); fflush(stdout);
    for (char line[9]; ; rounds++) {
        syscall(SYS_getppid);
        if (rounds % 64 == 0) usleep(200);
        fd_set in; FD_ZERO(&in); FD_SET(0, &in);
        struct timeval now = { 0, 0 };
        if (rounds % 64 == 0 && select(1, &in, 0, 0, &now) == 1 && read(0, line, 9) >= 0) break;
    }
    printf("%ld %ld %ld\n", got, usual, rounds);
}
"""
"""busy, counts its signals; when its standard input ends or has a line, it prints: queued ones, usual ones, rounds"""

CHECKS = r"""
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
static volatile int over;
static long wrong[5], rounds[5];
static int pair[2];
static void *plays(void *arg) {
    char byte;
    int which = arg != 0;
    while (!over) {
        int got = read(pair[which], &byte, 1);
        if (got != 1 || write(pair[which], &byte, 1) != 1) wrong[which] += !over;
        rounds[which]++;
    }
}
static void *sleeps(void *arg) {
    while (!over) {
        struct timespec time = { 0, 3000000 }, begun, ended;
        clock_gettime(CLOCK_MONOTONIC, &begun);
        int got = nanosleep(&time, 0);
        clock_gettime(CLOCK_MONOTONIC, &ended);
        wrong[2] += got || (ended.tv_sec - begun.tv_sec) * 1000000000 + ended.tv_nsec - begun.tv_nsec < 3000000;
        rounds[2]++;
    }
}
static void *polls(void *arg) {
    int pipes[2];
    pipe(pipes);
    while (!over) {
        struct pollfd in = { pipes[0], POLLIN };
        wrong[3] += poll(&in, 1, 4) != 0;
        rounds[3]++;
    }
}
static void *forks(void *arg) {
    while (!over) {
        int status;
        pid_t pid = fork();
        if (!pid) _exit(5);
        wrong[4] += waitpid(pid, &status, 0) != pid || status != 5 << 8;
        rounds[4]++;
        usleep(500);
    }
}
int main(void) {
    void *(*all[])(void *) = { plays, plays, sleeps, polls, forks };
    pthread_t threads[5];
    char line;
    signal(SIGPIPE, SIG_IGN);
    socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
    write(pair[0], "!", 1);
    for (long i = 0; i < 5; i++) pthread_create(threads + i, 0, all[i], (void *)i);
    while (read(0, &line, 1) > 0);
    over = 1;
    shutdown(pair[0], SHUT_RDWR);
    for (int i = 0; i < 5; i++) pthread_join(threads[i], 0);
    for (int i = 0; i < 5; i++) printf("%ld %ld\n", wrong[i], rounds[i]);
}
"""
"""talks to itself, sleeps, waits, forks; prints how often any of it went wrong, and how often it was done"""

MANY = """
import os, sys
sys.path[:0] = sys.argv[2:]
from explorer.child.tracer.main import main
orders = [bytes.fromhex(word) for word in sys.argv[1].split(",")]
for _ in range(100):
    down, up = os.pipe(), os.pipe()
    pid = os.fork()
    if not pid:
        os.dup2(down[0], 0)
        os.dup2(up[1], 1)
        os.closerange(3, 64)
        main()
    os.close(down[0])
    os.close(up[1])
    held = b""
    os.write(down[1], orders[0])
    while b'"attached"' not in held:
        more = os.read(up[0], 1 << 16)
        if not more:
            sys.exit(f"not attached: {held[-400:]}")
        held += more
    os.write(down[1], orders[1])
    while more := os.read(up[0], 1 << 20):
        held += more
    if b'"detached"' not in held[-200:]:
        sys.exit(f"not detached: {held[-400:]}")
    os.waitpid(pid, 0)
    os.close(down[1])
    os.close(up[0])
print("done")
"""
"""the tracer a hundred times, without the start of a Python each time"""

READS = """
import sys
sys.path[:0] = sys.argv[2:]
from explorer.model.batch import Kind
from explorer.trace.tracer import Capture
from explorer.trace.ptrace import PtraceTracer
from tests.tracing import identity
tracer = PtraceTracer()
tracer.attach([identity(int(sys.argv[1]))], Capture(frozenset({"write"}), string=4096, signals=False))
print(flush=True)
shown = lost = 0
for batch in tracer.batches():
    for row, kind in enumerate(batch.kinds):
        shown += kind == Kind.CALL
        lost += batch.results[row] if kind == Kind.LOST else 0
print(shown, lost, tracer.why, sep=",")
"""
"""procdive, as far as it reads"""


def fetches(nginx: Nginx, times: int = 20) -> None:
    """Requests are served."""
    for _ in range(times):
        with urllib.request.urlopen(nginx.url, timeout=10) as answer:
            assert answer.status == 200
            assert answer.read().decode() == SERVED


@contextmanager
def load(nginx: Nginx) -> Iterator[None]:
    """wrk at it until the end of the block; no request may fail, none may wait for five seconds."""
    wrk = subprocess.Popen(["wrk", "-t1", "-c8", "-d100s", "--timeout", "5s", nginx.url], stdout=subprocess.PIPE, text=True)
    try:
        yield
        assert wrk.poll() is None
        wrk.send_signal(signal.SIGINT)
        said = wrk.communicate(timeout=20)[0]
    finally:
        wrk.kill()
        wrk.wait()
    assert "Socket errors" not in said, said
    assert "Non-2xx" not in said, said
    assert int(re.findall(r"(\d+) requests in", said)[0]) > 100, said


@contextmanager
def procdive(pids: tuple[int, ...]) -> Iterator[subprocess.Popen[bytes]]:
    """`procdive trace` of them, in a session of its own; it has attached to all their threads."""
    argv = [sys.executable, "-m", "explorer", "trace", "--engine", "ptrace", "-p", ",".join(map(str, pids)), "-o", "/dev/null"]
    process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
    try:
        until(lambda: process.poll() is not None or all(tracer_of(pid) for pid in pids), "it to attach")
        assert process.poll() is None
        yield process
    finally:
        process.kill()
        process.communicate()


def has_ended(pid: int) -> None:
    """It does, soon."""
    until(lambda: not os.path.exists(f"/proc/{pid}") or state(pid) == "Z", "the tracer to end")


def tells_calls(traced: Traced, nginx: Nginx) -> None:
    """Both workers are traced, and what they do is told; all connections may be one worker's."""
    assert {tracer_of(pid) for pid in nginx.workers} == {traced.helper}
    until(lambda: traced.log.end > 500, "calls")


def sees_signals(traced: Traced) -> None:
    """It does, soon."""
    traced.until(lambda: any("SIGRT" in line for line in traced.lines), "a signal")


def let_go(nginx: Nginx) -> None:
    """Both workers run, untraced, and serve."""
    until(lambda: all(runs_free(pid) for pid in nginx.workers), "the workers to run untraced")
    fetches(nginx)


@pytest.mark.root
@pytest.mark.oracle("nginx", "wrk")
def test_case_77_nginx_under_load_does_not_notice_how_tracing_ends() -> None:
    ends: tuple[Callable[[subprocess.Popen[bytes]], None], ...] = (
        lambda process: process.send_signal(signal.SIGINT),
        lambda process: process.send_signal(signal.SIGHUP),
        lambda process: process.send_signal(signal.SIGTERM),
        lambda process: process.kill(),
        lambda process: os.kill(children(process.pid)[0], signal.SIGKILL),
    )
    with Nginx() as nginx, load(nginx):
        for _ in range(3):
            with Traced(nginx.workers) as traced:
                tells_calls(traced, nginx)
            let_go(nginx)
            assert traced.tracer.why == "detached"
        traced = Traced(nginx.workers)
        tells_calls(traced, nginx)
        os.kill(traced.helper, signal.SIGKILL)
        let_go(nginx)
        traced.end()
        for end in ends:
            with procdive(nginx.workers) as process:
                tracer = tracer_of(nginx.workers[0])
                assert children(process.pid) == [tracer]
                end(process)
                process.wait(20)
                let_go(nginx)
                has_ended(tracer)
        assert nginx.workers == tuple(sorted(children(nginx.master)))


def compiled(source: str, folder: Path) -> Path:
    """A program of C source."""
    (folder / "busy.c").write_text(source)
    subprocess.run(["gcc", "-O1", "-w", "-pthread", "-o", folder / "busy", folder / "busy.c"], check=True)
    return folder / "busy"


@pytest.fixture(scope="module")
def counts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """COUNTS as a program."""
    return compiled(COUNTS, tmp_path_factory.mktemp("counts"))


@contextmanager
def signals(pid: int) -> Iterator[list[int]]:
    """Signals to a process until the end of the block: how many queued ones, at last."""
    over = threading.Event()
    sent = [0]

    def send() -> None:
        while not over.wait(0.002):
            for _ in range(3):
                os.kill(pid, signal.SIGRTMIN)
            os.kill(pid, signal.SIGUSR1)
            sent[0] += 3

    thread = threading.Thread(target=send)
    thread.start()
    try:
        yield sent
    finally:
        over.set()
        thread.join()


@pytest.mark.oracle("gcc")
def test_a_hundred_attaches_and_detaches_swallow_no_signal(counts: Path, processes: Processes, tmp_path: Path) -> None:
    """And change no result of a call."""
    checks = processes.start(compiled(CHECKS, tmp_path), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    child = processes.start(counts, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"ready\n"
    targets = [[target.pid, identity(target.pid).start] for target in (child, checks)]
    first = words_frame(targets=targets, capture=capture_words(ALL))
    orders = ",".join(frame.hex() for frame in (first, words_frame(detach=True)))
    with signals(child.pid) as sent:
        done = subprocess.run([sys.executable, "-c", MANY, orders, *sys.path], capture_output=True, text=True, timeout=100)
        assert done.stdout == "done\n", done.stderr + done.stdout
        assert runs_free(child.pid)
        until(lambda: runs_free(checks.pid), "no thread to be about to end")
        for _ in range(3):
            with Traced([child.pid]) as traced:
                sees_signals(traced)
            assert runs_free(child.pid)
    out = child.communicate(b"end\n", timeout=20)[0]
    got, usual, rounds = map(int, out.split())
    assert got == sent[0] > 300
    assert 0 < usual <= got
    assert rounds > 1000
    for line in checks.communicate(timeout=20)[0].splitlines():
        wrong, rounds = map(int, line.split())
        assert wrong == 0
        assert rounds > 100
    assert child.returncode == 0


@pytest.mark.oracle("gcc")
def test_killed_tracers_swallow_no_signal(counts: Path, processes: Processes) -> None:
    child = processes.start(counts, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    with signals(child.pid) as sent:
        for _ in range(8):
            traced = Traced([child.pid])
            sees_signals(traced)
            os.kill(traced.helper, signal.SIGKILL)
            traced.end()
            assert runs_free(child.pid)
    out = child.communicate(b"end\n", timeout=20)[0]
    assert int(out.split()[0]) == sent[0]


def test_case_55_who_does_not_read_loses_lines_and_holds_nobody(processes: Processes) -> None:
    """9 MB fit between the two; the target writes 48."""
    made = 12_000
    program = (
        f"import os, sys; print(flush=True); sys.stdin.readline()\nfor _ in range({made}): os.write(3, bytes(4096))\nos.write(1, b'done')"
    )
    target = processes.python(f"import os; os.dup2(os.open('/dev/null', os.O_WRONLY), 3)\n{program}")
    assert target.stdin is not None
    assert target.stdout is not None
    reader = processes.start(sys.executable, "-c", READS, str(target.pid), *sys.path, stdout=subprocess.PIPE)
    assert reader.stdout is not None
    assert reader.stdout.readline()
    os.kill(reader.pid, signal.SIGSTOP)
    until(lambda: state(reader.pid) == "T", "procdive to be stopped")
    target.stdin.write(b"\n")
    target.stdin.close()
    until(lambda: state(target.pid) == "Z", "the target to end, whoever reads", 30)
    assert state(reader.pid) == "T"
    os.kill(reader.pid, signal.SIGCONT)
    out = reader.communicate(timeout=30)[0].decode()
    shown, lost, why = out.strip().split(",")
    assert int(shown) + int(lost) == made + 1
    assert int(lost) > 1000
    assert int(shown) > 1000
    assert why == "all ended"
