"""All processes once, as `procdive ps` has them."""

import os
import platform

import pytest

from explorer.collect import listing as module
from explorer.collect.listing import command_lines, is_gone, listing, stat_of, there
from explorer.decode.proc.stat import Stat
from explorer.kernel.clock import boottime
from explorer.kernel.reader import Ask
from explorer.model.missing import Missing, Reason
from explorer.model.process import TICKS
from explorer.resolve.system import System
from tests.fakeproc import FakeProc

KTHREAD = 0x00200000


def stat(pid: int, *, flags: int = 0, used: int = 0, start: int = 100) -> str:
    return f"{pid} (it) S 1 {pid} {pid} 0 -1 {flags} 0 0 0 0 {used} 0 0 0 20 0 1 0 {start} 4096 2 0" + " 0" * 27


@pytest.fixture
def few(fakeproc: FakeProc) -> FakeProc:
    for pid in (7, 20, 100):
        fakeproc.file(f"{pid}/stat", stat(pid))
        fakeproc.file(f"{pid}/cmdline", b"it\0" + str(pid).encode() + b"\0")
    fakeproc.file("uptime", "1 1\n")
    return fakeproc


def test_all_of_them_with_their_arguments(few: FakeProc) -> None:
    found = listing(few.system)
    assert {pid: row.argv for pid, row in found.processes.items()} == {pid: ("it", str(pid)) for pid in (7, 20, 100)}
    assert (found.born, found.ended) == ({}, ())
    assert abs(found.taken - boottime()) < 60


def test_only_those_that_are_asked_for_and_are_there(few: FakeProc) -> None:
    assert list(listing(few.system, pids=[100, 7, 55]).processes) == [100, 7]


def test_shares_are_over_the_whole_life(few: FakeProc) -> None:
    began = int((boottime() - 100) * TICKS)
    few.file("7/stat", stat(7, used=50 * TICKS, start=began))
    few.file("20/stat", stat(20, used=50 * TICKS, start=began + 10**9))
    rows = listing(few.system).processes
    assert rows[7].cpu == pytest.approx(50, abs=2)
    assert rows[20].cpu == 0.0


def test_a_kernel_thread_is_not_asked_for_arguments(few: FakeProc) -> None:
    few.file("7/stat", stat(7, flags=KTHREAD))
    row = listing(few.system).processes[7]
    assert (row.argv, row.is_kernel_thread) == ((), True)


def test_one_that_ended_meanwhile_is_not_there(few: FakeProc) -> None:
    (few.root / "7/cmdline").unlink()
    (few.root / "20/stat").unlink()
    assert list(listing(few.system).processes) == [100]


def test_one_that_cannot_be_understood_is_there_and_says_so(few: FakeProc) -> None:
    few.file("7/stat", "what is this")
    row = listing(few.system).processes[7]
    assert isinstance(row.argv, Missing)
    assert (row.state, row.uid) == ("?", os.geteuid())


def test_figures_only_where_asked_for(few: FakeProc) -> None:
    plain, full = listing(few.system).machine, listing(few.system, figures=True).machine
    assert plain.memory_total == 0
    assert full.memory_total > 1 << 20
    assert plain.hostname == full.hostname == platform.node()
    assert plain.boot_time == pytest.approx(full.boot_time, abs=2)


def test_no_proc_is_no_processes(fakeproc: FakeProc) -> None:
    nowhere = FakeProc(fakeproc.root / "nowhere").system
    assert there(nowhere) == []
    assert listing(nowhere).processes == {}


def test_ourselves(system: System) -> None:
    row = listing(system, pids=[os.getpid()]).processes[os.getpid()]
    assert row.ppid == os.getppid()
    assert isinstance(stat_of(system, os.getpid()), Stat)
    assert os.getpid() in there(system)


def test_gone_and_forbidden_are_told_apart() -> None:
    assert is_gone(Missing(Reason.GONE))
    assert not is_gone(Missing(Reason.DENIED))
    assert not is_gone(())


class Hung:
    """A reader for whom some never answer, each at the cost of its deadline on a clock of the test's."""

    deadline = 0.5

    def __init__(self, clock: list[float], hung: set[str], most: int) -> None:
        self.clock, self.hung, self.most, self.calls = clock, hung, most, 0

    def ask(self, asks: list[Ask]) -> list[bytes | Missing]:
        self.calls += 1
        late, found = 0, list[bytes | Missing]()
        for ask in asks:
            hangs = ask.path in self.hung
            if hangs and late < self.most:
                late += 1
                self.clock[0] += self.deadline
            found.append(Missing(Reason.TIMED_OUT, ask.path) if hangs or late >= self.most else b"it\0")
        return found


def hung(monkeypatch: pytest.MonkeyPatch, fakeproc: FakeProc, pids: range) -> tuple[System, Hung]:
    clock = [1000.0]
    monkeypatch.setattr(module, "boottime", lambda: clock[0])
    system = fakeproc.system
    reader = Hung(clock, {system.proc.path(pid, "cmdline") for pid in pids}, most=4)
    monkeypatch.setattr(system, "reader", reader)
    return system, reader


def test_those_whom_the_reader_left_unasked_are_asked_again(fakeproc: FakeProc, monkeypatch: pytest.MonkeyPatch) -> None:
    system, reader = hung(monkeypatch, fakeproc, range(1, 4))
    reader.most = 2
    found = command_lines(system, [1, 2, 3, 4, 5])
    assert reader.calls > 1
    assert {pid for pid, argv in found.items() if isinstance(argv, Missing)} >= {1, 2, 3}
    assert found.keys() == {1, 2, 3, 4, 5}


def test_where_all_hang_patience_ends(fakeproc: FakeProc, monkeypatch: pytest.MonkeyPatch) -> None:
    system, reader = hung(monkeypatch, fakeproc, range(1, 200))
    found = command_lines(system, list(range(1, 200)))
    assert reader.clock[0] - 1000 <= module.PATIENCE + 4 * reader.deadline
    assert all(isinstance(argv, Missing) and argv.reason is Reason.TIMED_OUT for argv in found.values())
    assert len(found) == 199
