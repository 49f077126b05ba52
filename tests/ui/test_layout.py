"""Sizes become rectangles: SCREENS.md's figures, and never an overlap or a cell outside."""

import itertools

import pytest

from explorer.ui.layout import Plan, Rect, Wishes, arrange

NAMES = ("top", "tree", "card", "first", "second", "trace", "bottom", "keys", "over")


def rects(plan: Plan) -> list[Rect]:
    return [rect for name in NAMES if (rect := getattr(plan, name)) is not None] + list(plan.rules)


def test_80x24_is_top_tree_rule_card_tabs_pane_keys() -> None:
    plan = arrange(80, 24, Wishes())
    assert plan.top == Rect(0, 0, 80, 1)
    assert plan.tree == Rect(0, 1, 80, 9)
    assert plan.card == Rect(0, 10, 80, 4)
    assert plan.rule
    assert plan.first == Rect(0, 14, 80, 9)
    assert plan.keys == Rect(0, 23, 80, 1)


def test_140x40_has_the_tree_at_the_left_in_47_per_cent() -> None:
    plan = arrange(140, 40, Wishes())
    assert plan.tree == Rect(0, 1, 66, 38)
    assert plan.rules == (Rect(66, 1, 1, 38),)
    assert plan.card == Rect(67, 1, 73, 4)
    assert plan.first == Rect(67, 5, 73, 34)
    assert plan.second is None


def test_160x45_has_two_panes_beside_each_other() -> None:
    plan = arrange(160, 45, Wishes())
    assert plan.tree is not None
    assert plan.first is not None
    assert plan.second is not None
    assert (plan.tree.width, plan.first.width, plan.second.width) == (48, 64, 46)


def test_from_200_columns_both_panes_are_equally_wide() -> None:
    plan = arrange(200, 50, Wishes())
    assert plan.first is not None
    assert plan.second is not None
    assert plan.first.width == plan.second.width
    assert plan.card is not None
    assert plan.card.height == 6


def test_40x10_has_one_area_and_a_card_of_two_lines() -> None:
    plan = arrange(40, 10, Wishes())
    assert (plan.tree, plan.card, plan.first, plan.lone) == (Rect(0, 1, 40, 6), Rect(0, 7, 40, 2), None, True)
    other = arrange(40, 10, Wishes(area="first"))
    assert (other.tree, other.first) == (None, plan.tree)


def test_below_40x10_the_tree_stands_alone() -> None:
    for columns, rows in ((38, 10), (200, 9), (1, 1)):
        plan = arrange(columns, rows, Wishes())
        assert plan.tree is not None
        assert plan.top is plan.card is plan.first is None


@pytest.mark.parametrize(("zoomed", "shown"), [("tree", {"top", "tree", "card", "keys"}), ("first", {"card", "first", "keys"})])
def test_zoom_gives_one_area_the_screen_and_keeps_the_card(zoomed: str, shown: set[str]) -> None:
    for size in ((80, 24), (200, 50)):
        plan = arrange(*size, Wishes(zoomed=zoomed))
        assert {name for name in NAMES if getattr(plan, name) is not None} == shown
        assert plan.card is not None
        assert plan.card.height == 2


@pytest.mark.parametrize(("rows", "upper", "lines"), [(40, 23, 14), (45, 28, 14)])
def test_a_trace_stands_below_across_the_whole_width(rows: int, upper: int, lines: int) -> None:
    plan = arrange(140, rows, Wishes(trace=True))
    assert plan.tree is not None
    assert plan.tree.height == upper
    assert plan.trace == Rect(0, 1 + upper, 140, 1 + lines)
    moved = arrange(140, rows, Wishes(trace=True, split_trace=3))
    assert moved.tree is not None
    assert moved.tree.height == upper + 3
    farthest = arrange(140, rows, Wishes(trace=True, split_trace=200))
    assert farthest.trace is not None
    assert farthest.trace.height == 3


def test_a_question_stands_in_place_of_the_trace() -> None:
    plan = arrange(140, 40, Wishes(trace=True, bottom=6))
    assert plan.tree is not None
    assert plan.tree.height == 23
    assert plan.trace == Rect(0, 24, 140, 9)
    assert arrange(140, 40, Wishes(trace=True, bottom=14)).trace is None


def test_narrow_the_trace_is_a_pane() -> None:
    plan = arrange(80, 24, Wishes(trace=True))
    assert (plan.trace, plan.first) == (None, Rect(0, 14, 80, 9))
    plan = arrange(80, 24, Wishes(trace=True, lower="trace"))
    assert (plan.trace, plan.first) == (Rect(0, 14, 80, 9), None)
    assert arrange(40, 10, Wishes(trace=True, area="trace")).trace == Rect(0, 1, 40, 6)
    assert arrange(80, 24, Wishes(trace=True, zoomed="trace")).trace == Rect(0, 2, 80, 21)


def test_without_a_trace_nothing_of_it_is_there() -> None:
    for size in ((140, 40), (80, 24), (40, 10)):
        assert arrange(*size, Wishes(lower="trace", split_trace=5)).trace is None


def test_wide_and_low_it_is_one_area_at_a_time() -> None:
    plan = arrange(140, 10, Wishes(trace=True, area="trace"))
    assert plan.trace is not None
    assert plan.lone
    assert arrange(140, 10, Wishes(trace=True, area="tree")).trace is None


def test_a_question_leaves_tree_and_card_visible_at_80x24() -> None:
    plan = arrange(80, 24, Wishes(bottom=6))
    assert plan.bottom == Rect(0, 17, 80, 6)
    assert plan.tree is not None
    assert plan.card is not None
    assert plan.tree.height >= 3


def test_nothing_overlaps_and_nothing_is_outside_at_any_size() -> None:
    wishes = [
        Wishes(zoomed, area, split, panes, bottom, trace=area == "trace" or zoomed == "trace", split_trace=split, lower=area)
        for zoomed, area, split, panes, bottom in itertools.product(
            ("", "tree", "first", "second", "trace"), ("tree", "first", "trace"), (-9, 0, 9), ("auto", "beside", "above"), (0, 9)
        )
    ]
    widths = (1, 5, 39, 40, 60, 80, 109, 110, 159, 160, 199, 200, 300)
    heights = (1, 3, 4, 9, 10, 15, 16, 24, 34, 48, 70)
    for columns, rows in itertools.product(widths, heights):
        for wish in wishes:
            plan = arrange(columns, rows, wish)
            taken: set[tuple[int, int]] = set()
            for x, y, width, height in rects(plan):
                assert width > 0
                assert height > 0
                assert x >= 0
                assert y >= 0
                assert x + width <= columns
                assert y + height <= rows
                corners = {(x, y), (x + width - 1, y), (x, y + height - 1), (x + width - 1, y + height - 1)}
                assert not corners & taken, (columns, rows, wish, plan)
                taken |= {(column, row) for column in (x, x + width - 1) for row in range(y, y + height)}
                taken |= {(column, row) for row in (y, y + height - 1) for column in range(x, x + width)}


def test_one_area_in_the_place_of_all_others_leaves_the_first_line_and_the_last() -> None:
    plan = arrange(80, 24, Wishes(whole=True, zoomed="first", trace=True))
    assert (plan.top, plan.whole, plan.keys) == (Rect(0, 0, 80, 1), Rect(0, 1, 80, 22), Rect(0, 23, 80, 1))
    assert (plan.tree, plan.card, plan.first, plan.trace) == (None, None, None, None)
    asked = arrange(80, 24, Wishes(whole=True, bottom=5))
    assert (asked.whole, asked.bottom) == (Rect(0, 1, 80, 17), Rect(0, 18, 80, 5))
    small = arrange(30, 5, Wishes(whole=True))
    assert (small.whole, small.tree, small.keys) == (Rect(0, 0, 30, 4), None, Rect(0, 4, 30, 1))
