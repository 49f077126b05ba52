"""What works here, on a screen of its own."""

from dataclasses import replace
from typing import Final

from explorer.model.check import Check, Verdict
from explorer.render.piece import Line, Piece, Role, piece
from explorer.render.wrap import wrap

LABEL: Final = 22
WORDS: Final = {Verdict.WORKS: "yes", Verdict.PARTLY: "partly", Verdict.NOT: "no", Verdict.FACT: "-"}
ROLES: Final = {Verdict.WORKS: Role.NEW, Verdict.PARTLY: Role.MIND, Verdict.NOT: Role.FAILED, Verdict.FACT: Role.SECONDARY}
FACTS: Final = "Nothing of procdive needs these:"


def check_lines(check: Check, columns: int) -> tuple[Line, ...]:
    """What was tried, whether it works, what came of it; below, what would help, and what it depends on."""
    lines = list(own_lines(check, columns))
    for part in check.parts:
        lines += own_lines(replace(part, name=f"  {part.name}"), columns)
    return tuple(lines)


def own_lines(check: Check, columns: int) -> tuple[Line, ...]:
    """Without what it depends on."""
    room = max(30, columns - LABEL - 8)
    first, *more = wrap(check.detail, room)
    head = (piece(f"{check.name:<{LABEL}}"), piece(f"{WORDS[check.verdict]:<7}", ROLES[check.verdict]), piece(" " + first))
    blank = Piece(" " * (LABEL + 8))
    lines = [head, *((blank, piece(text)) for text in more)]
    return (*lines, *((blank, piece(text, Role.SECONDARY)) for text in (wrap(f"would help: {check.cure}", room) if check.cure else ())))
