"""collect/births.py, fed by the kernel and by a test."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.collect import births as module
from explorer.collect.births import MOST, BirthBook
from explorer.collect.programs import Program, Programs
from explorer.decode.proc.forks import decode as forks
from explorer.kernel.clock import boottime
from explorer.model.birth import UNSEEN, UNTOLD
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.process import ProcessId
from explorer.resolve.system import System
from tests.decode.netlink.test_proc_events import datagram, exited, forked
from tests.fakeproc import FakeProc
from tests.namespaces import first_pids
from tests.snapshots import process

SECOND = 1_000_000_000


class Line:
    """A connector that a test speaks through."""

    def __init__(self, *_: object) -> None:
        self.said: list[bytes] = []
        self.lost = False
        self.closed = False

    def read(self) -> tuple[list[bytes], bool]:
        said, lost, self.said, self.lost = self.said, self.lost, [], False
        return said, lost

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    made = Line()
    monkeypatch.setattr(module, "Connector", lambda *_: made)
    monkeypatch.setattr(module, "slept", lambda: 0.0)
    return made


@pytest.fixture
def book(fakeproc: FakeProc) -> BirthBook:
    fakeproc.file("stat", "processes 100\n")
    return BirthBook(fakeproc.system, programs=Programs(fakeproc.system))


def test_a_short_life(line: Line, book: BirthBook) -> None:
    book.read({}, 10.0)
    line.said = [forked(20, 7, 11 * SECOND), exited(20, 11 * SECOND + SECOND // 4, 127 << 8)]
    rows = {7: process(7, 1, "bash")}
    book.read(rows, 12.0)
    told = book.told(rows, 12.0)
    (birth,) = told.last
    assert (birth.pid, birth.parent, birth.parent_comm, birth.when) == (20, 7, "bash", 11.0)
    assert (birth.lived, birth.status, birth.comm) == (0.25, 127 << 8, UNSEEN)
    assert (told.rate, told.total, told.missed) == (0.5, 1, 0)


def test_the_end_belongs_to_who_had_the_pid_then(line: Line, book: BirthBook) -> None:
    book.read({}, 10.0)
    line.said = [exited(20, 11 * SECOND, 11)]
    book.read({}, 12.0)
    assert book.end(ProcessId(20, 500)) == 11
    assert book.end(ProcessId(20, 1101)) == book.end(ProcessId(21, 500)) == UNTOLD
    line.said = [forked(20, 7, 13 * SECOND)]
    book.read({}, 13.0)
    assert book.end(ProcessId(20, 500)) == UNTOLD


def test_the_last_thread_s_status_is_that_of_the_process_where_the_first_ended_before(line: Line, book: BirthBook) -> None:
    book.read({}, 10.0)
    line.said = [exited(21, 11 * SECOND, 6, tid=22), exited(20, 11 * SECOND, 0), exited(20, 12 * SECOND, 5 << 8, tid=23)]
    book.read({}, 12.0)
    assert book.end(ProcessId(20, 500)) == 5 << 8
    assert book.end(ProcessId(21, 500)) == UNTOLD


def test_a_row_of_the_table_tells_what_it_runs(line: Line, book: BirthBook) -> None:
    book.read({}, 10.0)
    line.said = [forked(20, 7, 11 * SECOND)]
    rows = {20: process(20, 7, "sleep 100", start=1100)}
    book.read({}, 12.0)
    (birth,) = book.told(rows, 12.0).last
    assert (birth.comm, birth.argv, birth.lived) == ("sleep", ("sleep", "100"), None)


def test_who_was_seen_when_it_was_started_has_a_name(line: Line, book: BirthBook, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = {20: Program(11 * SECOND + 1, "true", ("true", "x")), 30: Program(9 * SECOND, "older", ())}
    monkeypatch.setattr(Programs, "found", programs)
    book.read({}, 10.0)
    line.said = [forked(20, 7, 11 * SECOND), forked(21, 20, 11 * SECOND + 5), forked(30, 7, 11 * SECOND)]
    book.read({}, 12.0)
    assert [birth.comm for birth in book.told({}, 12.0).last] == ["true", UNSEEN, UNSEEN]


def test_what_was_missed_is_counted_and_said_for_some_seconds(line: Line, book: BirthBook, fakeproc: FakeProc) -> None:
    book.read({}, 10.0)
    line.said, line.lost = [forked(20 + n, 7, 11 * SECOND) for n in range(5)], True
    fakeproc.file("stat", "processes 1100\n")
    book.read({}, 12.0)
    told = book.told({}, 12.0)
    assert (told.total, told.missed, told.all_missed) == (5, 995, 995)
    line.said = [forked(40, 7, 30 * SECOND)]
    fakeproc.file("stat", "processes 1101\n")
    book.read({}, 30.0)
    told = book.told({}, 30.0)
    assert (told.total, told.missed, told.all_missed) == (6, 0, 995)
    # Their ends were among what was missed: it is not said that they live.
    assert [birth.status for birth in told.last] == [UNTOLD] * 5 + [0]


def test_it_keeps_no_more_than_so_many(line: Line, book: BirthBook) -> None:
    book.read({}, 10.0)
    line.said = [forked(n, 7, 11 * SECOND) for n in range(10, 10 + 2 * MOST)]
    book.read({}, 12.0)
    told = book.told({}, 12.0)
    assert [birth.pid for birth in told.last] == list(range(10 + MOST, 10 + 2 * MOST))
    assert told.total == 2 * MOST


def test_where_nothing_happens_nothing_is_made_anew(line: Line, book: BirthBook) -> None:
    book.read({}, 10.0)
    line.said = [forked(20, 7, 11 * SECOND)]
    book.read({}, 12.0)
    book.told({}, 12.0)
    quiet = book.told({}, 40.0)
    assert book.told({}, 41.0).last is quiet.last
    book.close()
    assert line.closed


def test_odd_messages_are_passed_over(line: Line, book: BirthBook) -> None:
    book.read({}, 10.0)
    line.said = [b"", b"x" * 76, datagram(0x400, b"")]
    book.read({}, 12.0)
    assert book.told({}, 12.0).total == 0


def test_where_the_kernel_does_not_tell_it_says_why(fakeproc: FakeProc, monkeypatch: pytest.MonkeyPatch) -> None:
    why = Missing(Reason.DENIED, "the kernel's proc connector", "sudo procdive")

    def refuse(*_: object) -> None:
        raise Unreadable(why)

    monkeypatch.setattr(module, "Connector", refuse)
    book = BirthBook(fakeproc.system)
    book.read({}, 10.0)
    book.read({}, 11.0)
    assert book.told({}, 11.0).off == why
    book.close()


@pytest.fixture
def made() -> int:
    """Processes of a burst."""
    return 400


@pytest.fixture
def small(system: System) -> Iterator[BirthBook]:
    book = BirthBook(system, room=1 << 15)
    yield book
    book.close()


@first_pids
@pytest.mark.root
def test_case_56_births_and_missed_are_the_forks_that_the_kernel_counts(small: BirthBook, made: int) -> None:
    def counted() -> int:
        return forks(Path("/proc/stat").read_bytes())

    small.read({}, boottime())
    before = counted()
    subprocess.run(["sh", "-c", f"i=0; while [ $i -lt {made} ]; do /bin/true; i=$((i+1)); done"], check=True)
    small.read({}, boottime())
    told = small.told({}, boottime())
    after = counted()
    assert told.missed > 0
    # Others are born on this machine too; threads of theirs count as well.
    assert made <= told.total + told.all_missed <= after - before + 20
    child = subprocess.Popen(["true"])
    child.wait()
    small.read({}, boottime())
    assert [birth.parent for birth in small.told({}, boottime()).last if birth.pid == child.pid] == [os.getpid()]
