"""Sorting groups of siblings, and which of them are sorted anew."""

from dataclasses import replace

import pytest

from explorer.model.family import Family, family
from explorer.model.order import LARGEST_FIRST, SORTS, STEADY, Groups, arranged, flat, order, reorder, shifted
from explorer.model.process import ProcessId
from explorer.model.snapshot import Process
from tests.model.test_tree import process, snapshot

FEW = (process(1, 0), process(2, 1, cpu=3.0), process(3, 1, cpu=9.0), process(4, 1, cpu=3.0), process(5, 2, cpu=1.0), process(6, 2))


def people(*rows: Process, ended: tuple[Process, ...] = ()) -> Family:
    return family(snapshot(*rows, ended=ended), kernel=True)[0]


def test_every_group_in_order_and_ties_by_pid() -> None:
    assert order(people(*FEW), "cpu", True) == {None: [1], 1: [3, 2, 4], 2: [5, 6]}
    assert order(people(*FEW), "cpu", False) == {None: [1], 1: [2, 4, 3], 2: [6, 5]}
    assert order(people(*FEW), "pid", True) == {None: [1], 1: [4, 3, 2], 2: [6, 5]}


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_orders_by_its_own_figure(sort: str) -> None:
    small = replace(FEW[0], id=ProcessId(8, 5), argv=("a",), tty="pts/1", user="a", state="D")
    large = replace(FEW[0], id=ProcessId(9, 6), ppid=1, argv=("b",), tty="pts/2", user="b", state="S", cpu=2.0, rss=small.rss + 1, vsize=1,
                    utime=0, stime=3, threads=2, nice=1, priority=21)  # fmt: skip
    everyone = people(process(1, 0), small, large)
    assert arranged([8, 9], everyone, sort, False) == [8, 9]
    assert arranged([8, 9], everyone, sort, True) == [9, 8]


def test_what_stands_in_the_tables_is_a_sort() -> None:
    assert SORTS.keys() >= LARGEST_FIRST
    assert SORTS.keys() >= STEADY
    assert SORTS["command"](process(7, 1, name="seven")) == "seven"


def test_all_as_one_group_with_the_ended_in_their_place() -> None:
    everyone = people(*FEW, ended=(process(4, 1, 2, cpu=9.0),))
    assert flat(everyone, "pid", False) == [1, 2, 3, ProcessId(4, 2), 4, 5, 6]
    assert flat(everyone, "cpu", True) == [3, ProcessId(4, 2), 2, 4, 5, 1, 6]


def again(*rows: Process, sort: str = "cpu") -> tuple[Groups, bool, Groups]:
    """The order taken over from that of FEW, whether anything moved, and the order of FEW."""
    first, second = snapshot(*FEW), snapshot(*rows)
    old, _, _ = family(first, True)
    ordered = order(old, sort, True)
    now, dirty, changed = family(second, True, old, first)
    fresh, moved = reorder(now, sort, True, old, ordered, dirty, changed)
    assert fresh == order(now, sort, True)
    return fresh, moved, ordered


def test_only_the_group_in_which_a_figure_changed_is_sorted_anew() -> None:
    fresh, moved, ordered = again(*FEW[:4], replace(FEW[4], cpu=0.0), replace(FEW[5], cpu=5.0))
    assert moved
    assert fresh[2] == [6, 5]
    assert fresh[1] is ordered[1]


def test_another_figure_that_moves_nobody() -> None:
    fresh, moved, _ = again(*FEW[:2], replace(FEW[2], cpu=8.0), *FEW[3:])
    assert not moved
    assert fresh[1] == [3, 2, 4]


def test_a_figure_that_is_not_sorted_by() -> None:
    first = snapshot(*FEW)
    old = family(first, True)[0]
    now, dirty, changed = family(snapshot(*FEW[:5], replace(FEW[5], rss=1)), True, old, first)
    ordered = order(old, "cpu", True)
    assert reorder(now, "cpu", True, old, ordered, dirty, changed) == (ordered, False)
    assert reorder(now, "cpu", True, old, ordered, dirty, changed)[0] is ordered


def test_a_group_that_is_no_more() -> None:
    fresh, moved, _ = again(*FEW[:4])
    assert moved
    assert 2 not in fresh


def test_shifted_are_those_whose_figure_is_another_one() -> None:
    old, now = people(*FEW), people(*FEW[:2], replace(FEW[2], cpu=1.0), process(9, 1, cpu=7.0))
    assert shifted(now, "cpu", old, [2, 3, 4, 9]) == [3]
    assert shifted(now, "rss", old, [2, 3, 4, 9]) == []
    assert all(shifted(now, sort, old, [3]) == [] for sort in STEADY)
