"""What the trace area says where it has no lines: what it waits for, what hides everything, why nothing could be traced."""

from typing import TYPE_CHECKING

from explorer.model.event import Unfinished
from explorer.model.missing import Missing
from explorer.render.missing import sentence
from explorer.render.piece import Line, Role, piece, plain
from explorer.render.times import clock_moment
from explorer.render.trace_line import sits_in
from explorer.render.width import fit
from explorer.render.wrap import wrap
from explorer.trace.view import View

if TYPE_CHECKING:
    from explorer.ui.trace.session import Session


def notes(session: "Session", view: View, columns: int) -> tuple[Line, ...]:
    """Lines of at most so many columns."""
    return tuple(fit((piece("  "), *line), columns) for line in _notes(session, view, columns))


def _notes(session: "Session", view: View, columns: int) -> list[Line]:
    if session.state == "refused":
        return refusal(session, columns - 2)
    if session.state == "attaching":
        return [(piece(f"attaches to {session.label} …"),)]
    if session.running and "stream" not in session.capture.what and not len(session.log):
        return [
            (piece(f"attached {clock_moment(session.since)}: only counts are taken, no lines"),),
            (piece("Enter takes lines too.", Role.SECONDARY),),
        ]
    if len(session.log) and not len(view):
        words = piece(view.wish.describe(), Role.MIND)
        if view.progress < 1:
            return [(piece(f"looks through {len(session.log):,} rows for  "), words, piece(f"  {view.progress:.0%}", Role.SECONDARY))]
        return [(piece(f"{session.log.calls:,} calls, none match  "), words, piece("      Esc clears the filter", Role.SECONDARY))]
    return nothing_yet(session, view, columns - 2)


def refusal(session: "Session", columns: int) -> list[Line]:
    """Who, why, and what helps."""
    why = session.why
    if not isinstance(why, Missing):
        return [(piece(f"{session.label}: ", Role.NAME), piece(why))]
    said = plain(sentence(Missing(why.reason, why.detail)))
    lines: list[Line] = [(piece(text, Role.MIND),) for text in wrap(f"{session.label}: {said}", columns)]
    if why.cure:
        lines += [
            (piece("Helps   " if not at else " " * 8, Role.SECONDARY), piece(text)) for at, text in enumerate(wrap(why.cure, columns - 8))
        ]
    return lines


def nothing_yet(session: "Session", view: View, columns: int) -> list[Line]:
    """Attached, and no call yet: what the process sits in."""
    head = f"attached {clock_moment(session.since)} · {session.log.calls:,} calls"
    if session.state in {"ended", "opened"}:
        why = session.why if isinstance(session.why, str) else ""
        return [(piece(f"{head}{' · ' + why if why else ''}"),)]
    flying = next(iter(view.flying()), None)
    if flying is None or not isinstance(flying.what, Unfinished):
        return [(piece(head),), (piece("The next line comes with its next system call.", Role.SECONDARY),)]
    begin = f"{head} · {flying.tid} sits in "
    call = sits_in(flying.what.call, max(20, columns - len(begin)))
    return [(piece(begin), piece(call, Role.NAME)), (piece("The next line comes when that returns.", Role.SECONDARY),)]
