"""What stands where something cannot be shown: what, why, what is still known, what helps."""

from collections.abc import Sequence
from typing import Final

from explorer.model.card import Card, Gone
from explorer.model.missing import Missing, Reason
from explorer.render.command import command_words
from explorer.render.executable import executable_line
from explorer.render.now import doing
from explorer.render.piece import Line, Piece, Role, piece
from explorer.render.states import exit_words
from explorer.render.times import clock_moment, duration
from explorer.render.width import fit
from explorer.render.wrap import wrap

KNOWN: Final = Piece("  Still known   ", Role.SECONDARY)
HELPS: Final = Piece("  Helps         ", Role.SECONDARY)
TITLES: Final = {
    Reason.DENIED: "No permission",
    Reason.GONE: "Process gone",
    Reason.TIMED_OUT: "Did not answer",
    Reason.UNSUPPORTED: "Nothing of the kind",
}


def absence(missing: Missing, what: str, columns: int, known: Sequence[str] = ()) -> tuple[Line, ...]:
    """The notes of a pane that cannot be shown. what: whose and which, "Memory of 1302 rsync". known: what can be said all the same."""
    role = Role.MIND if missing.reason in {Reason.DENIED, Reason.TIMED_OUT} else Role.NAME
    said = missing.detail if missing.reason is Reason.UNSUPPORTED else f"{missing.reason.value}: {missing.detail}"
    text = f"{what}: {said}." if missing.detail else f"{what}: {missing.reason.value}."
    lines: list[Line] = [(piece(TITLES[missing.reason], role),)]
    lines += [(piece("  " + part),) for part in wrap(text, columns - 2)]
    for label, parts in ((KNOWN, known), (HELPS, (missing.cure,) if missing.cure else ())):
        words = [part for text in parts for part in wrap(text, max(20, columns - len(label.text)))]
        lines += [(label if index == 0 else Piece(" " * len(label.text)), piece(part)) for index, part in enumerate(words)]
    return tuple(fit(line, columns) for line in lines)


def gone_card(gone: Gone, columns: int, rows: int) -> list[Line]:
    """The card of a process that has ended: who it was, how it ended, what it was last seen in."""
    card = gone.card
    if gone.heir:
        started = f", since {clock_moment(gone.heir_started)}" if gone.heir_started else ""
        head = piece(f"{gone.process.pid} is another process now ({gone.heir}{started}).", Role.MIND)
        lines: list[Line] = [fit((head, piece(f" Yours: gone {clock_moment(gone.ended)}.")), columns)]
    else:
        lines = [fit(ending(gone), columns)]
    if card is None:
        return lines
    if rows >= 3:
        lines.append(fit((Piece("exe ", Role.SECONDARY), *executable_line(card.executable, columns - 4)), columns))
    return [*lines, last_seen(gone, card, columns)]


def ending(gone: Gone) -> Line:
    """`1881 sh -c /opt/thumb.sh       app · ended 14:22:04, exit 127 · lived 0.2 s`."""
    card = gone.card
    how = f"ended {clock_moment(gone.ended)}"
    if card is None:
        return (piece(f"{gone.process.pid} ", Role.NAME), piece(how, Role.MIND))
    if card.exit_code is not None:
        how += f", {exit_words(card.exit_code)}"
    name, rest = command_words(card, longest=200)
    lived = duration(max(0.0, gone.ended - card.started))
    return (
        piece(f"{card.process.pid} {name}", Role.GONE),
        piece(rest, Role.GONE),
        piece(f"   {card.user} · "),
        piece(how, Role.MIND),
        piece(f" · lived {lived}"),
    )


def last_seen(gone: Gone, card: Card, columns: int) -> Line:
    """`now  ended 3 s ago; last seen in execve("/opt/thumb", …)`."""
    head: Line = (Piece("now ", Role.SECONDARY), piece(f"ended {duration(max(0.0, gone.now - gone.ended))} ago", Role.MIND))
    if isinstance(card.now, Missing):
        return fit(head, columns)
    head = (*head, piece("; last seen "))
    thread = card.now.thread
    head = (*head, piece("in ")) if thread.call is not None else head
    return fit((*head, *doing(thread, columns - sum(len(part.text) for part in head))), columns)
