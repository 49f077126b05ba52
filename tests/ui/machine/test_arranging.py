"""ui/machine/arranging.py"""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.model.opened import GROUPS, SORTS, Opened
from explorer.ui.machine import arranging
from explorer.ui.machine.arranging import Arranging, anything, grouped
from tests.opened import file, opened


def row(pid: int, number: int, path: str = "/a", size: int = 1) -> Opened:
    return opened(pid, file(number, path, size=size))


def numbers(found: Arranging) -> list[tuple[int, object]]:
    return [(each.owner.process.pid, each.slot[1]) for each in found.rows]


def test_rows_stand_in_order_whenever_they_come() -> None:
    found = Arranging()
    found.change([row(2, 3), row(1, 5)], [])
    found.change([row(1, 4)], [])
    assert numbers(found) == [(1, 4), (1, 5), (2, 3)]


def test_those_that_are_gone_are_not_there_any_more_not_even_one_that_came_in_the_same_step() -> None:
    found = Arranging()
    first, second, third = row(1, 1), row(1, 2), row(1, 3)
    found.change([first, second], [])
    found.change([third], [first, third])
    assert found.rows == [second]
    assert [found.index(each) for each in (first, second, third)] == [-1, 0, -1]


def test_amounts_the_largest_first_and_texts_from_the_end() -> None:
    found = Arranging()
    found.change([row(1, 3, "/b", 10), row(2, 3, "/a", 30), row(3, 3, "/c", 10)], [])
    found.sort("size", descending=True)
    assert numbers(found) == [(2, 3), (1, 3), (3, 3)]
    assert [found.index(each) for each in found.rows] == [0, 1, 2]
    found.sort("target", descending=True)
    assert numbers(found) == [(3, 3), (1, 3), (2, 3)]
    assert [found.index(each) for each in found.rows] == [0, 1, 2]
    found.sort("target", descending=False)
    assert numbers(found) == [(2, 3), (1, 3), (3, 3)]


def test_a_filter_is_asked_a_bit_at_a_time() -> None:
    found = Arranging()
    rows = [row(pid, 3, "/yes" if pid % 2 else "/no") for pid in range(3000)]
    found.change(rows, [])
    found.filter(lambda each: each.target == "/yes", rows)
    assert found.rows == []
    assert not found.work(lambda: True)
    assert 0 < found.tested < 1
    assert numbers(found) == [(pid, 3) for pid in range(arranging.FEW) if pid % 2]
    while not found.work(lambda: True):
        pass
    assert found.tested == 1
    assert len(found.rows) == 1500


def test_what_comes_and_goes_while_the_filter_is_asked() -> None:
    found = Arranging()
    rows = [row(pid, 3) for pid in range(2000)]
    found.filter(anything, rows)
    found.work(lambda: True)
    found.change([row(5000, 3)], [rows[0], rows[1999]])
    while not found.work(lambda: False):
        pass
    assert found.rows[:-1] == rows[1:1999]


@pytest.mark.parametrize("few", [0, 3, 500])
@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3), st.integers(0, 5)), max_size=60), st.sampled_from(list(SORTS)), st.booleans()
)
def test_it_is_as_if_all_had_been_sorted_at_once(few: int, steps: list[tuple[int, int, int]], by: str, descending: bool) -> None:
    before, arranging.FEW = arranging.FEW, few  # type: ignore[misc]
    try:
        found = Arranging()
        found.sort(by, descending)
        there: dict[tuple[int, int], Opened] = {}
        for pid, number, size in steps:
            old, new = there.get((pid, number)), row(pid, number, f"/{size}", size)
            there[pid, number] = new
            found.change([new], [old] if old is not None else [])
        whole = Arranging()
        whole.change(list(there.values()), [])
        whole.sort(by, descending)
        assert found.rows == whole.rows
        assert sorted(map(id, found.rows)) == sorted(map(id, there.values()))
        keys = [SORTS[by](each) for each in found.rows]
        assert keys == sorted(keys, reverse=descending)
        assert [found.index(each) for each in found.rows] == list(range(len(there)))
    finally:
        arranging.FEW = before  # type: ignore[misc]


def test_very_many_are_sorted_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arranging, "PORTION", 10)
    found = Arranging()
    monkeypatch.setattr(arranging, "FEW", 5)
    found.change([row(pid % 7, pid) for pid in range(95)], [])
    assert numbers(found) == sorted((pid % 7, pid) for pid in range(95))
    gone = found.rows[:50]
    found.change([], gone)
    assert numbers(found) == sorted((pid % 7, pid) for pid in range(95))[50:]


def test_groups_the_largest_first() -> None:
    rows = [row(1, 1, "/a"), row(1, 2, "/b"), row(2, 1, "/b")]
    by_target = grouped(rows, "target")
    assert [(group.label, len(group.rows), len(group.pids)) for group in by_target] == [("/b", 2, 2), ("/a", 1, 1)]
    assert [group.label.process.pid for group in grouped(rows, "process")] == [1, 2]  # type: ignore[attr-defined]
    assert grouped(rows, "kind")[0].kinds == {"regular": 3}
    assert all(sum(len(group.rows) for group in grouped(rows, by)) == 3 for by in GROUPS)


def test_one_owner_is_one_group_though_its_rows_were_made_at_different_times() -> None:
    rows = [row(1, 1), row(1, 2)]
    assert rows[0].owner is not rows[1].owner
    assert len(grouped([rows[0], replace(rows[1], rate=1.0)], "process")) == 1
