"""What is not wanted is not even told: filters are the programs' own, and change while they run."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.model.batch import Kind
from explorer.trace.tracer import Capture
from tests.engines.watched import Watched, engine, until
from tests.trace.bpf.programs import compiled, go, waiting

pytestmark = [pytest.mark.root, pytest.mark.oracle("gcc")]

COUNTS = r"""
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
static int null;
static void *other(void *argument) {
    for (int i = 0; i < 300; i++) syscall(SYS_getuid);
    return 0;
}
int main(void) {
    char line;
    pthread_t thread;
    null = fcntl(open("/dev/null", O_RDWR), F_DUPFD, 700);
    write(1, "\n", 1);
    read(0, &line, 1);
    pthread_create(&thread, 0, other, 0);
    for (int i = 0; i < 100; i++) {
        syscall(SYS_getppid);
        syscall(SYS_getpgid, i % 4 ? 0 : -1);
        if (i % 10 == 0) nanosleep(&(struct timespec){ 0, 5000000 }, 0);
        if (i % 5 == 0) write(null, "x", 1);
        close(dup3(null, 701, 0));
    }
    pthread_join(thread, 0);
}
"""
"""100 × getppid, getpgid (25 fail), dup3, close, 10 × 5 ms of sleep, 20 × write to 700; another thread: 300 × getuid"""


@pytest.fixture(scope="module")
def counts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    engine("bpf")
    return compiled(COUNTS, tmp_path_factory.mktemp("counts"))


def told(program: Path, capture: Capture) -> tuple[Counter[str], Watched, int]:
    """How often which call, of those that are counted."""
    with waiting([program]) as process:
        watched = Watched("bpf", [process.pid], capture=capture)
        go(process)
        watched.end()
    names = Counter(line.partition("(")[0] for line in watched.lines(Kind.CALL))
    return names, watched, process.pid


def test_calls_by_name(counts: Path) -> None:
    names, _, _ = told(counts, Capture(frozenset({"getppid", "getuid"})))
    assert names == {"getppid": 100, "getuid": 300}


def test_failed_and_succeeded(counts: Path) -> None:
    wanted = frozenset({"getppid", "getpgid", "exit_group"})
    assert told(counts, Capture(wanted, succeeded=False))[0] == {"getpgid": 25}
    assert told(counts, Capture(wanted, failed=False))[0] == {"getpgid": 75, "getppid": 100, "exit_group": 1}


def test_slower(counts: Path) -> None:
    names, watched, _ = told(counts, Capture(slower=4_000_000))
    assert names["clock_nanosleep"] == 10
    assert all(batch.tooks[row] >= 4_000_000 for batch, row in watched.rows(Kind.CALL) if batch.tooks[row] >= 0)
    assert names["getppid"] < 5


def test_descriptors(counts: Path) -> None:
    names, watched, _ = told(counts, Capture(fds=frozenset({700})))
    assert names == {"write": 20, "dup3": 100}
    names, watched, _ = told(counts, Capture(fds=frozenset({701})))
    assert names == {"dup3": 100, "close": 100}
    assert all("701" in line for line in watched.lines(Kind.CALL))


def test_threads(counts: Path) -> None:
    with waiting([counts]) as process:
        watched = Watched("bpf", [process.pid], capture=Capture(frozenset({"getppid", "getuid"}), tids=frozenset({process.pid})))
        go(process)
        watched.end()
    # The id of a process stands for all its threads.
    assert Counter(line.partition("(")[0] for line in watched.lines(Kind.CALL)) == {"getppid": 100, "getuid": 300}
    assert told(counts, Capture(frozenset({"getppid", "getuid"}), tids=frozenset({os.getpid()})))[0] == {}


def test_nothing_is_told_of_what_is_only_counted(counts: Path) -> None:
    names, watched, pid = told(counts, Capture(what=frozenset({"summary"})))
    assert names == {}
    tallies = next(batch.tallies for batch in reversed(watched.batches) if batch.tallies)
    by_number = Counter({key.number: 0 for key in tallies})
    for key, tally in tallies.items():
        by_number[key.number] += tally.count
        assert key.pid == pid
    assert sorted(by_number.values())[-2:] == [100, 300] or 300 in by_number.values()
    failed = [tally.errors for tally in tallies.values() if tally.errors.get(3)]
    assert failed == [{3: 25}]


def going(watched: Watched) -> Iterator[str]:
    """The calls that are told from now on."""
    batches = len(watched.batches)
    until(lambda: sum(map(len, watched.batches[batches + 2 :])) > 50, "calls")
    for batch in watched.batches[batches + 2 :]:
        for row in range(min(len(batch), 50)):
            if batch.kinds[row] == Kind.CALL:
                call = watched.tracer.call_of(batch.numbers[row], batch.arches[row], batch.results[row], batch.payload(row))
                yield str(call.number)


def test_take_this_instead() -> None:
    engine("bpf")
    argv = ["/bin/sh", "-c", "echo; read line; exec dd if=/dev/zero of=/dev/null bs=1"]
    with waiting(argv) as process, Watched("bpf", [process.pid], capture=Capture(frozenset({"read"}))) as watched:
        go(process)
        reads = set(going(watched))
        assert len(reads) == 1
        watched.tracer.capture(Capture(frozenset({"write"})))
        writes = set(going(watched))
        assert len(writes) == 1
        assert writes != reads
        watched.tracer.capture(Capture(fds=frozenset({0})))
        assert set(going(watched)) == reads
        watched.tracer.capture(Capture(fds=frozenset(range(1, 20))))
        assert set(going(watched)) >= writes
        watched.tracer.capture(Capture(tids=frozenset({os.getpid()})))
        at = len(watched.batches)
        until(lambda: len(watched.batches) > at + 6, "batches")
        assert not any(map(len, watched.batches[at + 3 : at + 6]))
        watched.tracer.capture(Capture(slower=10_000_000_000))
        at = len(watched.batches)
        until(lambda: len(watched.batches) > at + 6, "batches")
        assert not any(map(len, watched.batches[at + 3 : at + 6]))
        watched.tracer.capture(Capture(frozenset({"read", "write"})))
        assert set(going(watched)) == reads | writes
