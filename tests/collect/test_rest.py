"""Who is at rest, by schedstat."""

from collections.abc import Iterator

import pytest

from explorer.collect.rest import RESTLESS, Rest, counted
from explorer.kernel.held import Held
from explorer.resolve.system import System
from tests.fakeproc import FakeProc
from tests.processes import HELD, Processes


@pytest.fixture
def held() -> Iterator[Held]:
    made = Held(100)
    yield made
    made.close()


@pytest.fixture
def rest(fakeproc: FakeProc, held: Held) -> Rest:
    fakeproc.file("self/schedstat", "5 5 5\n")
    for pid in (7, 8, 9):
        runs(fakeproc, pid, 1)
    return Rest(fakeproc.system, held)


def runs(fakeproc: FakeProc, pid: int, times: int) -> None:
    fakeproc.file(f"{pid}/schedstat", f"{1000 * times} 0 {times}\n")


def test_who_does_not_run_stays_at_rest(rest: Rest, fakeproc: FakeProc) -> None:
    assert sorted(rest.lay([7, 8])) == [7, 8]
    assert rest.pids == {7, 8}
    runs(fakeproc, 8, 2)
    assert rest.slept([7, 8, 9]) == ({7}, {8}, set())
    assert rest.pids == {7}, "9 was not laid, 8 has run"


def test_only_those_that_are_asked_for_are_looked_at(rest: Rest, fakeproc: FakeProc) -> None:
    rest.lay([7, 8])
    runs(fakeproc, 8, 2)
    assert rest.slept([7]) == ({7}, set(), set())
    assert rest.pids == {7, 8}


def test_one_that_is_gone(rest: Rest, fakeproc: FakeProc, held: Held) -> None:
    rest.lay([7])
    held.release(-7)
    (fakeproc.root / "7/schedstat").unlink()
    assert rest.slept([7]) == (set(), set(), {7})
    assert rest.pids == set()
    assert rest.lay([7]) == []


def test_who_is_laid_twice_is_read_once(rest: Rest) -> None:
    assert rest.lay([7]) == [7]
    assert rest.lay([7]) == []
    assert rest.pids == {7}


def test_the_restless_are_not_laid_again_until_forgiven(rest: Rest, fakeproc: FakeProc) -> None:
    for times in range(RESTLESS):
        assert rest.lay([7]) == [7]
        runs(fakeproc, 7, times + 2)
        assert rest.slept([7]) == (set(), {7}, set())
    assert rest.lay([7]) == []
    rest.forgive([7])
    assert rest.lay([7]) == [7]


def test_what_was_woken_is_not_held_open(rest: Rest, held: Held, fakeproc: FakeProc) -> None:
    rest.lay([7])
    (fakeproc.root / "7/schedstat").unlink()
    assert rest.slept([7]) == ({7}, set(), set()), "the open file still answers"
    rest.wake([7])
    assert rest.lay([7]) == [], "it was closed, and cannot be opened again"


@pytest.mark.parametrize(("text", "counts"), [("0 0 0\n", False), (None, False), ("812 3 1\n", True)])
def test_a_kernel_that_does_not_count_lays_nobody(fakeproc: FakeProc, held: Held, text: str | None, counts: bool) -> None:
    runs(fakeproc, 7, 1)
    if text is not None:
        fakeproc.file("self/schedstat", text)
    assert counted(fakeproc.system) is counts
    assert Rest(fakeproc.system, held).lay([7]) == ([7] if counts else [])


def test_a_living_one_that_wakes(system: System, held: Held, processes: Processes) -> None:
    rest = Rest(system, held)
    if not counted(system):
        pytest.skip("this kernel does not count in schedstat")
    child = processes.python(HELD)
    rest.lay([child.pid])
    assert child.stdin is not None
    child.stdin.close()
    child.wait()
    assert rest.slept([child.pid]) == (set(), set(), {child.pid})
