"""collect/descriptors.py"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from explorer.collect.descriptors import ALL, ASKED, BEGIN, LISTED, MARK, SLICE, Descriptors, soft_limit
from explorer.kernel.descriptors import Said, said
from explorer.kernel.procfs import Procfs
from explorer.model.files import OpenFiles
from explorer.model.missing import Missing, Reason
from explorer.model.trend import Grown
from explorer.resolve.system import System
from tests.fakeproc import FakeProc
from tests.specimens.holds import Holds

PIPE = "pos:\t{}\nflags:\t00\nmnt_id:\t16\nino:\t{}\n"


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def ticked(descriptors: Descriptors, system: System) -> OpenFiles:
    found = descriptors.tick(system)
    assert isinstance(found, OpenFiles)
    return found


def test_new_and_closed_ones_are_marked_for_a_while(fakeproc: FakeProc) -> None:
    system, clock = fakeproc.system, Clock()
    descriptors = Descriptors(7, clock)
    fakeproc.fd(7, 0, "pipe:[1]", PIPE.format(0, 1))
    fakeproc.fd(7, 1, "pipe:[2]", PIPE.format(0, 2))
    first = ticked(descriptors, system)
    assert (first.opened, first.closed) == (frozenset(), ())
    (fakeproc.root / "7/fd/0").unlink()
    fakeproc.fd(7, 2, "pipe:[3]", PIPE.format(0, 3))
    clock.now += 1
    second = ticked(descriptors, system)
    assert [fd.number for fd in second.fds] == [1, 2]
    assert second.opened == {2}
    assert [(gone.fd.number, gone.fd.target) for gone in second.closed] == [(0, "pipe:[1]")]
    clock.now += 2
    assert [gone.ago for gone in ticked(descriptors, system).closed] == [2.0]
    clock.now += MARK
    third = ticked(descriptors, system)
    assert (third.opened, third.closed) == (frozenset(), ())


def test_a_number_that_means_something_else_is_closed_and_new(fakeproc: FakeProc) -> None:
    system, clock = fakeproc.system, Clock()
    descriptors = Descriptors(7, clock)
    fakeproc.fd(7, 0, "pipe:[1]", PIPE.format(0, 1))
    ticked(descriptors, system)
    (fakeproc.root / "7/fd/0").unlink()
    fakeproc.fd(7, 0, "pipe:[9]", PIPE.format(0, 9))
    found = ticked(descriptors, system)
    assert found.opened == {0}
    assert [gone.fd.target for gone in found.closed] == ["pipe:[1]"]
    assert found.fds[0].target == "pipe:[9]"


def test_a_file_that_is_renamed_or_deleted_is_the_same(tmp_path: Path) -> None:
    system = System()
    try:
        with Holds("grows", str(tmp_path / "log")) as it:
            descriptors = Descriptors(it.pid)
            ticked(descriptors, system)
            (tmp_path / "log").rename(tmp_path / "log.1")
            found = ticked(descriptors, system)
            assert (found.opened, found.closed) == (frozenset(), ())
            assert found.fds[it.fd].target == str(tmp_path / "log.1")
            (tmp_path / "log.1").unlink()
            found = ticked(descriptors, system)
            assert (found.opened, found.closed) == (frozenset(), ())
    finally:
        system.close()


def test_rates_of_positions(tmp_path: Path) -> None:
    system, clock = System(), Clock()
    try:
        with Holds("grows", str(tmp_path / "log")) as it:
            descriptors = Descriptors(it.pid, clock)
            assert dict(ticked(descriptors, system).progress) == {}
            it.tell()
            clock.now += 2
            assert ticked(descriptors, system).progress[it.fd].rate == 500.0
            clock.now += 2
            assert ticked(descriptors, system).progress[it.fd].rate == 250.0
            clock.now += 4
            assert dict(ticked(descriptors, system).progress) == {}
    finally:
        system.close()


def test_of_ten_thousand_the_first_come_soon_and_few_are_looked_at_again(fakeproc: FakeProc, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5000):
        fakeproc.link(f"7/fd/{number}", "pipe:[1]")
        fakeproc.file(f"7/fdinfo/{number}", PIPE.format(0, 1))
    system = fakeproc.system
    descriptors = Descriptors(7)
    first = ticked(descriptors, system)
    assert 0 < len(first.fds) < 5000
    assert len(first.fds) + first.unread == 5000
    for _ in range(5):
        last = ticked(descriptors, system)
    assert (len(last.fds), last.unread, last.opened) == (5000, 0, frozenset())
    assert [fd.number for fd in last.fds] == list(range(5000))
    asked: list[int] = []

    def counted(proc: Procfs, pid: int, numbers: Iterable[int]) -> Iterator[tuple[int, Said]]:
        asked.extend(numbers)
        return said(proc, pid, asked)

    monkeypatch.setattr("explorer.collect.descriptors.said", counted)
    fakeproc.file("7/fdinfo/4999", PIPE.format(7, 1))
    found = descriptors.tick(system, visible=[4999])
    assert isinstance(found, OpenFiles)
    assert found.fds[4999].position == 7
    assert len(asked) <= SLICE + ASKED + 1


def test_one_that_is_not_on_the_screen_has_its_turn(fakeproc: FakeProc) -> None:
    for number in range(ALL + 100):
        fakeproc.fd(7, number, "pipe:[1]", PIPE.format(0, 1))
    descriptors = Descriptors(7)
    ticked(descriptors, fakeproc.system)
    fakeproc.file(f"7/fdinfo/{ALL + 99}", PIPE.format(9, 1))
    for _ in range((ALL + 100) // SLICE + 1):
        found = ticked(descriptors, fakeproc.system)
    assert found.fds[ALL + 99].position == 9


def test_where_nothing_changes_the_same_is_told_and_nothing_is_made_again(fakeproc: FakeProc) -> None:
    clock = Clock()
    fakeproc.fd(7, 0, "pipe:[1]", PIPE.format(0, 1))
    descriptors = Descriptors(7, clock)
    for _ in range(3):  # until all processes have been looked at
        first = ticked(descriptors, fakeproc.system)
        clock.now += 30
    second = ticked(descriptors, fakeproc.system)
    assert first == second
    assert first.fds is second.fds


def test_a_leak_is_told_with_what_leaks(fakeproc: FakeProc) -> None:
    clock = Clock()
    descriptors = Descriptors(7, clock)
    fakeproc.fd(7, 0, "pipe:[1]", PIPE.format(0, 1))
    for number in range(1, 9):
        leak = ticked(descriptors, fakeproc.system).trend.leak
        assert leak is None or number >= 7
        fakeproc.fd(7, number, "anon_inode:[eventpoll]", PIPE.format(0, 20))
        clock.now += 10
    assert leak is not None
    assert leak.grown == (Grown("eventpoll", leak.by),)
    for number in range(1, 9):
        (fakeproc.root / f"7/fd/{number}").unlink()
    assert ticked(descriptors, fakeproc.system).trend.leak is None


def test_a_process_that_is_gone(fakeproc: FakeProc) -> None:
    found = Descriptors(7).tick(fakeproc.system)
    assert isinstance(found, Missing)
    assert found.reason is Reason.GONE


def test_the_limit(fakeproc: FakeProc) -> None:
    header = "Limit                     Soft Limit           Hard Limit           Units     \n"
    fakeproc.file("7/limits", header + "Max open files            1024                 524288               files     \n")
    fakeproc.file("8/limits", header + "Max open files            unlimited            unlimited            files     \n")
    assert soft_limit(fakeproc.system, 7) == 1024
    assert soft_limit(fakeproc.system, 8) is None
    assert isinstance(soft_limit(fakeproc.system, 9), Missing)


def test_the_first_come_soon_and_those_that_somebody_looks_at(fakeproc: FakeProc) -> None:
    for number in range(1500):
        fakeproc.fd(7, number, "pipe:[1]", PIPE.format(0, 1))
    first = ticked(Descriptors(7), fakeproc.system)
    assert [fd.number for fd in first.fds] == list(range(BEGIN))
    assert list(first.rows) == [*first.fds, *range(BEGIN, 1500)]
    assert (first.unread, first.unfinished) == (1500 - BEGIN, True)
    descriptors = Descriptors(7)
    descriptors.tick(fakeproc.system)
    found = descriptors.tick(fakeproc.system, visible=[1499])
    assert isinstance(found, OpenFiles)
    assert found.fds[-1].number == 1499
    for _ in range(2):
        last = ticked(descriptors, fakeproc.system)
    assert (len(last.fds), last.rows, last.unread, last.unfinished) == (1500, (), 0, False)


def test_one_that_is_listed_and_closed_before_it_was_looked_at(fakeproc: FakeProc) -> None:
    fakeproc.fd(7, 0, "pipe:[1]", PIPE.format(0, 1))
    fakeproc.link("7/fd/2", "pipe:[3]")  # without an fdinfo
    found = ticked(Descriptors(7), fakeproc.system)
    assert (found.unread, found.unfinished, found.rows) == (0, False, ())
    assert [fd.number for fd in found.fds] == [0]


def test_of_very_many_only_so_many_are_kept_and_what_is_on_the_screen(fakeproc: FakeProc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.collect.descriptors.MOST", 300)
    monkeypatch.setattr("explorer.collect.descriptors.BESIDE", 10)
    for number in range(600):
        fakeproc.fd(7, number, "pipe:[1]", PIPE.format(0, 1))
    clock = Clock()
    descriptors = Descriptors(7, clock)
    kept = len(ticked(descriptors, fakeproc.system).fds)
    while (found := ticked(descriptors, fakeproc.system)).unfinished:
        assert len(found.fds) > kept
        kept = len(found.fds)
    before = {fd.number for fd in found.fds}
    for start in range(500, 600, 20):
        looked = descriptors.tick(fakeproc.system, visible=range(start, start + 20))
        assert isinstance(looked, OpenFiles)
        numbers = {fd.number for fd in looked.fds}
        assert set(range(start, start + 20)) <= numbers
        assert len(numbers) <= max(len(before), 300) + 30
        clock.now += 1
    last = ticked(descriptors, fakeproc.system)
    assert len(last.fds) + last.unread == len(last.rows) == 600
    assert (last.opened, last.closed, last.unfinished) == (frozenset(), (), False)
    fakeproc.fd(7, 700, "pipe:[9]", PIPE.format(0, 9))
    clock.now += LISTED
    newer = ticked(descriptors, fakeproc.system)
    assert newer.opened == {700}
    assert newer.fds[-1].target == "pipe:[9]"


def test_another_end_that_was_not_seen_at_first_is_found_without_looking(fakeproc: FakeProc) -> None:
    for number in range(ALL + 300):
        fakeproc.fd(7, number, f"pipe:[{number}]", PIPE.format(0, number))
    fakeproc.file("8/comm", "reader\n")
    fakeproc.fd(8, 3, "pipe:[5]", "pos:\t0\nflags:\t01\nmnt_id:\t16\nino:\t5\n")
    fakeproc.file("7/comm", "writer\n")
    system = fakeproc.system
    descriptors = Descriptors(7)
    for _ in range(60):
        found = ticked(descriptors, system)
        if not found.unfinished and not any(fd.unseen for fd in found.fds):
            break
    assert [holder.pid for holder in found.fds[5].peers or found.fds[5].others if holder.pid != 7] == [8]
