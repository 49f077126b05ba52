"""Where each area stands, pure: size and wishes → rectangles."""

from dataclasses import dataclass, replace
from typing import Final, NamedTuple

SMALL: Final = (40, 10)
"""Below this in either direction the tree stands alone, cut."""
WIDE: Final = 110
BESIDE: Final = 160
FULL: Final = 200
LOW: Final = 16
"""Below so many rows one area has the screen at a time (where it is not wide)."""
ROOMY: Final = 34
HIGH: Final = 48
LEAST_TREE: Final = 3
LEAST_PANE: Final = 4
TRACE: Final = 15
"""Lines of the trace area with its header, where they are two fifths of the room or less; of a high screen it has a third."""
LEAST_TRACE: Final = 3
LEAST_UPPER: Final = 6
"""Lines above the trace."""


class Rect(NamedTuple):
    """In cells."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Wishes:
    """zoomed: "", "tree", "first", "second" or "trace". area: the one that has, or had last, the keys. split: rows (columns where wide)
    that the border was moved. panes: "auto", "beside", "above" or "one". bottom: rows that a question wants above the key line.
    over: one area has the whole screen (help). whole: one has all but the first line and the last. trace: there is one;
    split_trace: rows that the border above it was moved. lower: "first" or "trace", which of them has the place that is there for one of
    them."""

    zoomed: str = ""
    area: str = "tree"
    split: int = 0
    panes: str = "auto"
    bottom: int = 0
    over: bool = False
    whole: bool = False
    trace: bool = False
    split_trace: int = 0
    lower: str = "first"


@dataclass(frozen=True, slots=True)
class Plan:
    """None: not on the screen now. rule: the card's first line is a rule across the screen. rules: vertical ones.

    lone: one area at a time, Tab or z shows the next.
    """

    top: Rect | None = None
    tree: Rect | None = None
    card: Rect | None = None
    rule: bool = False
    first: Rect | None = None
    second: Rect | None = None
    trace: Rect | None = None
    rules: tuple[Rect, ...] = ()
    bottom: Rect | None = None
    keys: Rect | None = None
    over: Rect | None = None
    whole: Rect | None = None
    lone: bool = False


def card_rows(rows: int) -> int:
    """How many lines the card has on a screen of so many rows."""
    if rows < LOW:
        return 2
    if rows < ROOMY:
        return 3
    return 4 if rows < HIGH else 6


def arrange(columns: int, rows: int, wishes: Wishes) -> Plan:
    """The plan for a screen of that size. Any size has one, down to one cell."""
    if wishes.over:
        return Plan(over=Rect(0, 0, columns, rows))
    if columns < SMALL[0] or rows < SMALL[1]:
        line = int(rows >= 4)
        bottom = min(wishes.bottom, max(0, rows - line - 1))
        tree = Rect(0, 0, columns, max(1, rows - line - bottom))
        return Plan(
            tree=None if wishes.whole else tree,
            whole=tree if wishes.whole else None,
            bottom=Rect(0, tree.height, columns, bottom) if bottom else None,
            keys=Rect(0, rows - 1, columns, 1) if line else None,
            lone=True,
        )
    keys = Rect(0, rows - 1, columns, 1)
    bottom = min(wishes.bottom, max(0, rows - 6))
    room = Rect(0, 1, columns, rows - 2 - bottom)
    ask = Rect(0, rows - 1 - bottom, columns, bottom) if bottom else None
    top = Rect(0, 0, columns, 1)
    if wishes.whole:
        return Plan(top=top, whole=room, bottom=ask, keys=keys)
    if wishes.zoomed in {"first", "second"} or (wishes.zoomed == "trace" and wishes.trace):
        return _zoomed_pane(columns, rows, bottom, ask, keys, wishes.zoomed)
    narrow = columns < WIDE
    if wishes.zoomed == "tree" or (narrow and (rows < LOW or room.height < card_rows(rows) + 1 + LEAST_TREE)):
        return _lone(top, room, ask, keys, wishes.zoomed or wishes.area, lone=not wishes.zoomed)
    if not narrow:
        trace = _trace_below(rows, room, bottom, wishes) if wishes.trace else None
        if trace is None and wishes.trace and wishes.area == "trace" and not bottom:
            return _lone(top, room, ask, keys, "trace", lone=True)
        if trace is not None:
            room = room._replace(height=trace.y - room.y)
        return replace(_wide(columns, rows, top, room, ask, keys, wishes), trace=trace)
    return _stacked(rows, top, room, ask, keys, wishes, bottom)


def _trace_below(rows: int, room: Rect, bottom: int, wishes: Wishes) -> Rect | None:
    """Across the whole width, its last lines covered by a question; None where there is no room."""
    whole = rows - 2
    height = max(min(TRACE, whole * 2 // 5), whole // 3) - wishes.split_trace
    height = max(LEAST_TRACE, min(height, whole - LEAST_UPPER))
    upper = min(whole - height, room.height)
    left = whole - bottom - upper
    return Rect(0, room.y + upper, room.width, left) if left >= LEAST_TRACE and upper >= LEAST_UPPER else None


def _zoomed_pane(columns: int, rows: int, bottom: int, ask: Rect | None, keys: Rect, which: str) -> Plan:
    """The card's two lines in place of the top line, so that the name stays."""
    pane = Rect(0, 2, columns, max(1, rows - 3 - bottom))
    return Plan(
        card=Rect(0, 0, columns, 2),
        first=pane if which == "first" else None,
        second=pane if which == "second" else None,
        trace=pane if which == "trace" else None,
        bottom=ask,
        keys=keys,
    )


def _lone(top: Rect, room: Rect, ask: Rect | None, keys: Rect, area: str, *, lone: bool) -> Plan:
    """One area, and the card in two lines below it, the first of them a rule."""
    card = 2 if room.height >= 2 + LEAST_TREE else 0
    rect = room._replace(height=room.height - card)
    return Plan(
        top=top,
        tree=rect if area not in {"first", "second", "trace"} else None,
        first=rect if area == "first" else None,
        second=rect if area == "second" else None,
        trace=rect if area == "trace" else None,
        card=Rect(0, rect.y + rect.height, room.width, card) if card else None,
        rule=True,
        bottom=ask,
        keys=keys,
        lone=lone,
    )


def _wide(columns: int, rows: int, top: Rect, room: Rect, ask: Rect | None, keys: Rect, wishes: Wishes) -> Plan:
    if columns < BESIDE:
        tree = max(54, min(70, (columns * 47 + 50) // 100))
    elif columns < FULL:
        tree = 48
    else:
        tree = 60
    tree = max(30, min(columns - 44, tree + 2 * wishes.split))
    right = Rect(tree + 1, room.y, columns - tree - 1, room.height)
    card = min(card_rows(rows), max(2, room.height - LEAST_PANE))
    below = right._replace(y=right.y + card, height=right.height - card)
    rules = [Rect(tree, room.y, 1, room.height)]
    panes = wishes.panes if wishes.panes != "auto" else "beside" if columns >= BESIDE else "one"
    if panes == "beside" and right.width < 80:
        panes = "above"
    first, second = below, None
    if panes == "beside":
        half = (below.width - 1) // 2
        width = half if columns >= FULL else max(half, min(64, below.width - 45))
        first = below._replace(width=width)
        second = below._replace(x=below.x + width + 1, width=below.width - width - 1)
        rules.append(Rect(below.x + width, below.y, 1, below.height))
    elif panes == "above" and below.height >= 2 * LEAST_PANE:
        first, second = _above(below)
    return Plan(
        top=top,
        tree=Rect(0, room.y, tree, room.height),
        card=right._replace(height=card),
        first=first,
        second=second,
        rules=tuple(rules),
        bottom=ask,
        keys=keys,
    )


def _stacked(rows: int, top: Rect, room: Rect, ask: Rect | None, keys: Rect, wishes: Wishes, bottom: int) -> Plan:
    card = card_rows(rows) + 1
    left = room.height - card
    tree = (left + bottom) // 2 + wishes.split
    tree = max(LEAST_TREE, min(tree, left - LEAST_PANE if left >= LEAST_PANE + LEAST_TREE else left))
    pane = Rect(0, room.y + tree + card, room.width, left - tree)
    first: Rect | None = pane if pane.height > 0 else None
    second = None
    if wishes.trace and wishes.lower == "trace":
        first = None
    elif wishes.panes == "above" and pane.height >= 2 * LEAST_PANE:
        first, second = _above(pane)
    return Plan(
        top=top,
        tree=Rect(0, room.y, room.width, tree),
        card=Rect(0, room.y + tree, room.width, card),
        rule=True,
        first=first,
        second=second,
        trace=pane if wishes.trace and wishes.lower == "trace" and pane.height > 0 else None,
        bottom=ask,
        keys=keys,
    )


def _above(room: Rect) -> tuple[Rect, Rect]:
    upper = max(LEAST_PANE, room.height * 3 // 5)
    return room._replace(height=upper), room._replace(y=room.y + upper, height=room.height - upper)
