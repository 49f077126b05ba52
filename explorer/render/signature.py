"""A system call's signature: its arguments with their C types, and its number on each architecture."""

from explorer.model.signature import Signature
from explorer.render.piece import Line, Role, piece
from explorer.render.width import width

INDENT = "  "


def signature_lines(facts: Signature) -> list[Line]:
    """The call with what it does, a line an argument, its numbers."""
    names = ", ".join(name for name, _ in facts.arguments) if facts.arguments is not None else "…"
    head: list[tuple[str, Role]] = [(facts.name, Role.NAME), (f"({names})", Role.TEXT)]
    if facts.summary:
        head.append((f"  {facts.summary}", Role.SECONDARY))
    out: list[Line] = [tuple(piece(text, role) for text, role in head)]
    if facts.arguments is None:
        out.append((piece(f"{INDENT}no kernel has it any more; what it took is not known", Role.SECONDARY),))
    columns = max((width(name) for name, _ in facts.arguments or ()), default=0)
    for name, kind in facts.arguments or ():
        out.append((piece(f"{INDENT}{name}"), piece(f"{' ' * (columns - width(name))}  {kind}", Role.SECONDARY)))
    out.append((piece(INDENT), piece(" · ".join(f"{arch} {number}" for arch, number in facts.numbers.items()))))
    if facts.others:
        shown = ", ".join(f"{arch} {name}" for arch, name in facts.others.items())
        out.append((piece(f"{INDENT}{facts.number} elsewhere: {shown}", Role.SECONDARY),))
    return out
