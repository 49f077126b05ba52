"""Whatever becomes of the programs and of procdive: what is watched goes on, nothing stays behind, nothing that was lost is untold."""

import os
import random
import re
import resource
import signal
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from explorer.model.batch import Birth, Kind
from explorer.trace.bpf.engine import BpfTracer
from explorer.trace.tracer import ALL, Capture
from tests.engines import bpf
from tests.engines.test_engines import environment
from tests.engines.watched import TREE, Watched, births, engine, identity, state, tracer_of, until
from tests.loopback import until as soon
from tests.nginx import SERVED, Nginx, children
from tests.processes import Processes
from tests.trace.bpf.programs import compiled, go, waiting

pytestmark = [pytest.mark.root]

BOMB = r"""
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
int main(int argc, char **argv) {
    char line;
    write(1, "\n", 1);
    read(0, &line, 1);
    for (int born = 0, alive = 0; born < 2000; born++) {
        if (alive == 40) { wait(0); alive--; }
        pid_t child = born % 3 ? fork() : vfork();
        if (!child) {
            if (born % 20 == 0) execl("/bin/true", "true", (char *)0);
            syscall(SYS_exit, born & 127);
        }
        alive++;
    }
    while (wait(0) > 0);
}
"""
"""2,000 children, most of which make one call"""

THREADS = r"""
#include <pthread.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>
static void *once(void *argument) { syscall(SYS_getppid); return 0; }
int main(void) {
    pthread_t some[4];
    char line;
    write(1, "\n", 1);
    for (;;) {
        for (int i = 0; i < 4; i++) pthread_create(some + i, 0, once, 0);
        for (int i = 0; i < 4; i++) pthread_join(some[i], 0);
    }
}
"""

DROWNS = r"""
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(int argc, char **argv) {
    char line;
    write(1, "\n", 1);
    read(0, &line, 1);
    for (int i = atoi(argv[1]); i--;) syscall(SYS_getpgid, i);
    syscall(SYS_getsid, 0);
    read(0, &line, 1);
    for (int i = 0; i < 5; i++) syscall(SYS_getsid, 0);
}
"""


@pytest.fixture(autouse=True)
def _usable() -> None:
    engine("bpf")


@contextmanager
def procdive(pid: int, *options: str) -> Iterator["subprocess.Popen[bytes]"]:
    """`procdive trace` of it, in a session of its own; killed at the end."""
    argv = [sys.executable, "-m", "explorer", "trace", "--engine", "bpf", *options, "-p", str(pid), "-o", "/dev/null"]
    process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def objects(pid: int) -> set[bpf.Object]:
    """That it holds; none of one that is gone."""
    try:
        return bpf.held(pid)
    except OSError:
        return set()


def test_killed_at_any_moment_it_leaves_nothing(processes: Processes) -> None:
    target = processes.start("dd", "if=/dev/zero", "of=/dev/null", "bs=1")
    chance, seen = random.Random(6), 0
    for turn in range(12):
        with procdive(target.pid) as process:
            if turn % 3 == 0:
                until(lambda process=process: any(kind == "link" for kind, _ in objects(process.pid)), "it to attach")  # type: ignore[misc]
            else:
                end = time.monotonic() + chance.uniform(0, 0.8)
                while time.monotonic() < end:
                    held = objects(process.pid)
            held = objects(process.pid)
            process.send_signal(signal.SIGSTOP)
            until(lambda process=process: state(process.pid) in "TZ", "it to stand still")  # type: ignore[misc]
            held |= objects(process.pid)
            process.kill()
            process.wait()
        seen += bool(held)
        soon(lambda held=held: not any(bpf.exists(each) for each in held), f"{held} to be gone")  # type: ignore[misc]
        assert state(target.pid) in {"R", "S"}
        assert tracer_of(target.pid) == 0
    assert seen >= 4


def test_two_of_us_strace_and_gdb_at_once(processes: Processes) -> None:
    target = processes.start("dd", "if=/dev/zero", "of=/dev/null", "bs=1")
    with Watched("bpf", [target.pid]) as one, Watched("bpf", [target.pid], capture=Capture(frozenset({"write"}))) as other:
        until(lambda: told(one) > 100 and told(other) > 100, "both to tell")
        strace = subprocess.run(["timeout", "-sINT", "1", "strace", "-p", str(target.pid)], capture_output=True, text=True, timeout=20)
        assert 'read(0, "\\0", 1)' in strace.stderr
        gdb = ["gdb", "-nx", "-batch", "-ex", "info registers rip" if os.uname().machine == "x86_64" else "info registers pc"]
        done = subprocess.run([*gdb, "-p", str(target.pid)], capture_output=True, text=True, timeout=60)
        assert "0x" in done.stdout
        before = told(one), told(other)
        until(lambda: told(one) > before[0] + 100 and told(other) > before[1] + 100, "both to go on")
    assert len({batch.numbers[row] for batch, row in one.rows(Kind.CALL)}) == 2
    assert len({batch.numbers[row] for batch, row in other.rows(Kind.CALL)}) == 1
    assert state(target.pid) == "R"


def told(watched: Watched) -> int:
    """How many rows."""
    return sum(map(len, list(watched.batches)))


def served(nginx: Nginx) -> None:
    with urllib.request.urlopen(nginx.url, timeout=10) as answer:
        assert answer.read().decode() == SERVED


@pytest.mark.oracle("nginx", "wrk")
@pytest.mark.timeout(180)
def test_many_attaches_to_nginx_under_load() -> None:
    with Nginx() as nginx:
        wrk = subprocess.Popen(["wrk", "-t1", "-c8", "-d100s", "--timeout", "5s", nginx.url], stdout=subprocess.PIPE, text=True)
        try:
            descriptors, events = 0, 0
            for turn in range(25):
                tracer = BpfTracer()
                tracer.attach([identity(pid) for pid in nginx.workers], ALL)
                batches = tracer.batches()
                events += sum(len(next(batches)) for _ in range(2))
                tracer.detach()
                events += sum(map(len, batches))
                if turn == 10:
                    descriptors = len(os.listdir("/proc/self/fd"))
            assert len(os.listdir("/proc/self/fd")) <= descriptors
            assert events > 500
            assert wrk.poll() is None
            wrk.send_signal(signal.SIGINT)
            said = wrk.communicate(timeout=20)[0]
        finally:
            wrk.kill()
            wrk.wait()
        assert "Socket errors" not in said, said
        assert "Non-2xx" not in said, said
        assert int(re.findall(r"(\d+) requests in", said)[0]) > 100, said
        served(nginx)
        assert nginx.workers == tuple(sorted(children(nginx.master)))


@pytest.mark.oracle("gcc")
def test_first_calls_of_two_thousand_children(tmp_path: Path) -> None:
    with waiting([compiled(BOMB, tmp_path)]) as process:
        watched = Watched("bpf", [process.pid])
        go(process)
        watched.end()
    assert watched.lost == 0
    made = births(watched)
    assert made == {Birth.FORK: 1333, Birth.VFORK: 667}
    threads = watched.by_thread(Kind.CALL)
    assert len(threads) == 2001
    mine = threads.pop(process.pid)
    assert len([line for line in mine if "fork" in line or line.startswith("clone")]) == 2000
    first = Counter(lines[0].partition("(")[0] for lines in threads.values())
    assert first == {"set_robust_list": 1333, "exit": 633, "execve": 34}
    assert all(line[-1].startswith("exit") for line in threads.values())
    assert len(watched.lines(Kind.EXITED)) == 2001


@pytest.mark.oracle("gcc")
def test_threads_born_while_attaching(tmp_path: Path) -> None:
    with subprocess.Popen([compiled(THREADS, tmp_path)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        try:
            for _ in range(5):
                with Watched("bpf", [process.pid]) as watched:
                    until(lambda watched=watched: births(watched)[Birth.THREAD] > 200, "threads")  # type: ignore[misc]
                threads = watched.by_thread(Kind.CALL)
                times = [batch.times[row] for batch, row in watched.rows(Kind.CALL)]
                first, last = min(times), max(times)
                born = {batch.results[row] for batch, row in watched.rows(Kind.STARTED) if batch.times[row] > first}
                ended = {batch.tids[row] for batch, row in watched.rows(Kind.EXITED) if batch.times[row] < last}
                assert watched.lost == 0
                # Each that was born and ended while we looked made its call.
                whole = born & ended
                assert len(whole) > 150
                assert all(any(line.startswith("getppid(") for line in threads[tid]) for tid in whole)
        finally:
            process.kill()


@pytest.mark.oracle("gcc")
@pytest.mark.parametrize(("room", "made"), [(1 << 14, 2000), (1 << 14, 60_000), (1 << 18, 60_000)])
def test_case_55_drowned(tmp_path: Path, room: int, made: int) -> None:
    """Nobody reads while a ring of 16 KB, or lanes of 128, take what a process makes: all is shown, or told as lost where it is missing."""
    with waiting([compiled(DROWNS, tmp_path), str(made)]) as process:
        tracer = BpfTracer(ring=room)
        tracer.attach([identity(process.pid)], Capture(frozenset({"getpgid", "getsid"}), signals=False))
        batches = tracer.batches()
        next(batches)
        go(process)
        until(lambda: Path(f"/proc/{process.pid}/syscall").read_text().startswith(("0 0x0", "63 0x0")), "it to be done")
        rows: list[tuple[int, int, int]] = []
        for batch in batches:
            rows += [(batch.kinds[row], batch.numbers[row], batch.results[row]) for row in range(len(batch))]
            if len(rows) and process.stdin is not None and not process.stdin.closed:
                go(process)
                process.stdin.close()
        process.wait(10)
    shown = [row for row in rows if row[0] == Kind.CALL]
    lost = [row[2] for row in rows if row[0] == Kind.LOST]
    assert len(shown) + sum(lost) == made + 6
    assert len(shown) < made
    # Of lanes each processor has one: where it ran on two of them, both may be full.
    assert len(lost) == 1 or room > 1 << 16
    # What came before the loss is before it, what came after is behind it.
    places = [index for index, row in enumerate(rows) if row[0] == Kind.LOST]
    place = places[0]
    last = [row[1] for row in rows[places[-1] + 1 :]]
    assert len(last) == 5
    assert len(set(last)) == 1
    assert {row[1] for row in rows[:place]} != set(last)


@pytest.mark.oracle("gcc")
def test_let_go_of_a_busy_one(processes: Processes) -> None:
    target = processes.start("dd", "if=/dev/zero", "of=/dev/null", "bs=1")
    before = resource.getrusage(resource.RUSAGE_SELF)
    for _ in range(5):
        with Watched("bpf", [target.pid]) as watched:
            until(lambda watched=watched: told(watched) > 1000, "calls")  # type: ignore[misc]
        assert state(target.pid) == "R"
    after = resource.getrusage(resource.RUSAGE_SELF)
    assert after.ru_maxrss < before.ru_maxrss + 400_000


def test_a_command_from_its_first_instruction() -> None:
    for _ in range(10):
        watched = Watched("bpf", command=["/bin/sh", "-c", "exit 3"]).end()
        lines = watched.lines(Kind.CALL)
        assert lines[0].startswith('execve("/bin/sh", ["/bin/sh", "-c", "exit 3"], '), lines[0]
        assert lines[1].startswith("brk(NULL) = "), lines[1]
        assert lines[-1] == "exit_group(3)"
        assert watched.tracer.status == 3 << 8  # type: ignore[attr-defined]
        assert environment()["PYTHONPATH"].startswith(str(TREE))
