"""The header of the trace area: which traces there are and how the shown one is looked at, what came, what is missing, what is hidden,
whether it goes on."""

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from explorer.render.piece import Line, Piece, Role, piece, plain
from explorer.render.width import cut, fit, width
from explorer.trace.tracer import ALL, Capture

Tab = Literal["trace", "summary", "access"]
WHAT: Final = {"summary": "counts of calls", "access": "use of files"}
TABS: Final[dict[Tab, tuple[str, str]]] = {"trace": ("t", "Trace"), "summary": ("c", "Summary"), "access": ("a", "Access")}
"""The key that opens each, and its name."""
NARROW: Final = 100
LEAST_RULE: Final = 2
NAMED: Final = 3
"""So many calls are named before they are counted."""


class Told(NamedTuple):
    """What the header says. rate: calls a second, None where nothing comes any more. newer: events that came since the pause, None
    while it goes on; held: likewise where it is a table. hidden: what the filter says; shown, of: rows, of 0 where they are not counted.
    wrong: what is no filter. ended: how, "" while it runs. cost: share of one core that watching takes, None where that is not known.
    cost_all: the engine's own part is in it. since: from when on a table counts, "" for lines."""

    engine: str
    rate: float | None
    calls: int
    failed: int
    lost: int
    capture: str
    hidden: str
    shown: int
    of: int
    newer: int | None
    state: str
    ended: str
    wrong: str = ""
    looking: float = 1.0
    search: str = ""
    cost: float | None = None
    cost_all: bool = True
    since: str = ""
    held: bool = False


class Place(NamedTuple):
    """Where a tab stands, and which trace and tab it is."""

    start: int
    end: int
    which: int
    tab: Tab


def header(names: Sequence[str], chosen: int, told: Told, columns: int, tab: Tab = "trace") -> tuple[Line, list[Place]]:
    """The line, at most so many columns, and where each tab is. names: of the traces; tab: of the chosen one."""
    for short in range(6):
        right = _right(told, columns, short)
        left, places = _tabs(names, chosen, tab, short, letters=columns >= NARROW and not short)
        gap = columns - width(plain(left)) - width(plain(right)) - 2
        if gap >= LEAST_RULE:
            break
    if gap >= 1:
        return (*left, piece(" " + "─" * gap + " ", Role.RULE), *right), places
    state = right[-1:]
    rest = fit((*left, piece(" ─ ", Role.RULE), *right[:-2]), max(0, columns - width(plain(state)) - 1))
    return fit((*rest, piece(" "), *state), columns), places


def _tabs(names: Sequence[str], chosen: int, tab: Tab, short: int, letters: bool) -> tuple[Line, list[Place]]:
    """A tab a trace, for the chosen one all three; where room is scarce only pids, then only the chosen tab."""
    every = short < 4
    shown: list[tuple[int, Tab]] = []
    for index in range(len(names)) if every else (chosen,):
        shown += [(index, each) for each in (TABS if every else (tab,))] if index == chosen else [(index, "trace")]
    parts: list[Piece] = [piece(" ")]
    places: list[Place] = []
    at = 1
    for index, each in shown:
        letter, name = TABS[each]
        if each == "trace" or not every:
            name = cut(f"{name} {names[index]}", 30)
            name = " ".join(name.split(" ")[:2]) if short >= 2 else name
        if len(parts) > 1:
            parts.append(piece("   " if short < 1 else " "))
            at += len(parts[-1].text)
        here = index == chosen and each == tab
        letter = f"{letter} " if letters and index == chosen and not here else ""
        parts += [piece(letter + name, Role.TITLE)] if here else [piece(letter, Role.NAME), piece(name, Role.SECONDARY)]
        size = width(letter + name)
        places.append(Place(at, at + size, index, each))
        at += size
    return tuple(parts), places


def _right(told: Told, columns: int, short: int) -> Line:
    """From full words to the least that must be said."""
    narrow = columns < NARROW or short > 0
    facts = [piece(told.engine)] if told.engine and not narrow else []
    if told.rate is None:
        facts.append(piece(f"{told.calls:,} calls"))
    else:
        facts.append(piece(f"{few(told.rate)}/s" if narrow else f"{told.rate:,.0f} calls/s"))
    if short < 3:
        facts.append(piece(f"{told.failed:,} failed"))
    if short < 3 or told.lost:
        facts.append(piece(f"{told.lost:,} lost", Role.MIND if told.lost else Role.TEXT))
    found = _filter(told, short)
    if short >= 5 and found:
        facts = []
    if told.cost is not None and not narrow:
        facts.append(piece(f"costs {'' if told.cost_all else '≥'}{told.cost:.1%}"))
    if told.capture and short < 5:
        facts.append(piece(cut(told.capture, 60 if short < 2 else 20), Role.MIND))
    out: list[Piece] = []
    for fact in facts:
        out += [piece(" · "), fact] if out else [fact]
    gap = piece("  " if short < 2 else " ")
    out += [gap, *found] if found else []
    out += [gap, piece(cut(told.search, 30), Role.MIND)] if told.search else []
    out += [gap, piece(f"since {told.since}", Role.SECONDARY)] if told.since and short < 4 else []
    return (*out, gap, _state(told))


def _filter(told: Told, short: int) -> list[Piece]:
    if told.wrong:
        return [piece(cut(told.wrong, 60 if short < 2 else 24), Role.FAILED)]
    if not told.hidden:
        return [piece("no filter")] if short < 4 and not told.since else []
    share = "" if told.looking >= 1 else f" · {told.looking:.0%}"
    words = cut(told.hidden, 60 if short < 1 else 30 if short < 3 else 16)
    label = "filter " if short < 5 else ""
    count = f"  {told.shown:,} of {told.of:,}{share}" if short < 4 else f" {told.shown:,}"
    return [piece(f"{label}{words}", Role.MIND), piece(count if told.of else "", Role.MIND)]


def _state(told: Told) -> Piece:
    if told.held:
        return piece("‖ held still")
    if told.newer is not None:
        return piece(f"‖ paused, {told.newer:,} newer")
    if told.state == "live":
        return piece("● live", Role.NEW)
    if told.state == "attaching":
        return piece("attaching")
    if told.state == "opened":
        return piece("from a file")
    return piece(told.ended or told.state, Role.MIND if told.state == "refused" else Role.TEXT)


def few(number: float) -> str:
    """12.4K."""
    return f"{number:.0f}" if number < 1000 else f"{number / 1000:.1f}K" if number < 999_950 else f"{number / 1e6:.1f}M"


def captured(capture: Capture) -> str:
    """What of everything an engine takes; empty where it takes all."""
    out = []
    if capture.calls is not None:
        names = sorted(capture.calls)
        out.append(",".join(names) if len(names) <= NAMED else f"{len(names)} calls")
    if not capture.succeeded:
        out.append("failed")
    if not capture.failed:
        out.append("successful")
    if capture.slower:
        out.append(f"slower than {capture.slower / 1e6:g} ms")
    for word, items in (("fd", capture.fds), ("thread", capture.tids)):
        if items is not None:
            out.append(f"{word} {','.join(map(str, sorted(items)[:NAMED]))}")
    if "stream" not in capture.what:
        out.append(" and ".join(WHAT[what] for what in ("summary", "access") if what in capture.what) or "nothing")
    if not capture.signals:
        out.append("no signals")
    if not capture.follow:
        out.append("no children")
    if capture.string != ALL.string:
        out.append(f"{capture.string} bytes a buffer")
    return f"takes only {', '.join(out)}" if out else ""
