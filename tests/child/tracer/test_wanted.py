"""child/tracer/wanted.py: Capture as what the loop asks at each stop."""

from explorer.child.tracer.wanted import Wanted
from explorer.trace.tracer import ALL, Capture

NO = (0,) * 6


def test_everything() -> None:
    wanted = Wanted(ALL)
    assert wanted.begins(0, 0, NO)
    assert wanted.whose(7, 8)
    assert wanted.ends(-2, 0)
    assert wanted.ends(0, 0)
    assert not wanted.picky


def test_by_name_on_each_architecture() -> None:
    wanted = Wanted(Capture(frozenset({"read", "connect"})))
    assert wanted.begins(0, 0, NO)
    assert wanted.begins(3, 1, NO)
    assert not wanted.begins(0, 1, NO)
    assert wanted.begins(0x40000000, 2, NO)
    assert not wanted.begins(1, 0, NO)


def test_calls_of_i386_that_stand_for_several() -> None:
    wanted = Wanted(Capture(frozenset({"connect", "semget"})))
    assert wanted.begins(102, 1, (3, 0, 0, 0, 0, 0))
    assert not wanted.begins(102, 1, (1, 0, 0, 0, 0, 0))
    assert wanted.begins(117, 1, (2, 0, 0, 0, 0, 0))
    assert not wanted.begins(117, 1, (1, 0, 0, 0, 0, 0))


def test_by_thread_or_process() -> None:
    wanted = Wanted(Capture(tids=frozenset({7, 20})))
    assert wanted.whose(7, 1)
    assert wanted.whose(21, 20)
    assert not wanted.whose(8, 1)


def test_by_how_it_went() -> None:
    assert [Wanted(Capture(failed=False)).ends(result, 0) for result in (-2, 0, 5)] == [False, True, True]
    assert [Wanted(Capture(succeeded=False)).ends(result, 0) for result in (-2, 0, -4097)] == [True, False, False]
    assert [Wanted(Capture(slower=10)).ends(0, took) for took in (9, 10)] == [False, True]
    assert Wanted(Capture(slower=10)).picky
