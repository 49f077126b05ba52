"""Resource limits with the use beside them."""

from typing import Final

from explorer.decode.constants.limit_names import RESOURCES
from explorer.decode.constants.rlimits import NAMES
from explorer.model.limits import Used
from explorer.model.missing import Missing, Reason
from explorer.render.missing import sentence
from explorer.render.pages import LIMITS
from explorer.render.piece import Line, Piece, Role, piece
from explorer.render.sheet import Row, Sheet
from explorer.render.sizes import size
from explorer.render.times import duration
from explorer.render.width import fit

NEAR: Final = 0.8
COLUMN: Final = 11
LABEL: Final = 19
RESERVED: Final = {"Max realtime priority"}
"""What may be set, not what is used up: never near its limit."""


def sheet(limits: tuple[Used, ...], columns: int) -> Sheet:
    """In the kernel's order; near its limit is marked."""
    near = [used for used in limits if share(used) >= NEAR]
    header = fit((piece(f"{'limit':<{LABEL}}{'used':>{COLUMN}}{'soft':>{COLUMN}}{'hard':>{COLUMN}}  of soft"),), columns)
    words = f"{len(near)} near its limit" if len(near) == 1 else f"{len(near)} near their limits"
    summary: Line = (piece(words, Role.MIND),) if near else ()
    return Sheet(tuple(row(used, columns) for used in limits), header, (), f"{len(near)}!" if near else "", summary)


def row(used: Used, columns: int) -> Row:
    """One limit."""
    return Row(used.limit.name, fit(line(used), columns), lambda inner: details(used, inner), pages=LIMITS)


def line(used: Used) -> Line:
    """`open files   19   1,024   1,048,576   2 %`."""
    limit, part = used.limit, share(used)
    label = limit.name.removeprefix("Max ")
    role = Role.MIND if part >= NEAR else Role.TEXT
    return (
        piece(f"{label:<{LABEL}}", Role.NAME if part >= NEAR else Role.TEXT),
        used_piece(used, role),
        bound(limit.soft, limit.unit),
        bound(limit.hard, limit.unit),
        piece(f"  {percent(part)}" if part >= 0 else "", role),
    )


def percent(part: float) -> str:
    """Whole ones; what is little is not nothing."""
    return "< 1 %" if 0 < part < 0.01 else f"{part:.0%}".replace("%", " %")


def share(used: Used) -> float:
    """Of the soft limit; -1 where there is none, or it is no amount that is used up."""
    soft = used.limit.soft
    if isinstance(used.used, Missing) or not soft or used.limit.name in RESERVED:
        return -1.0
    return used.used / soft


def used_piece(used: Used, role: Role) -> Piece:
    """The figure; a dash where the kernel tells none."""
    if isinstance(used.used, Missing):
        word = "-" if used.used.reason is Reason.UNSUPPORTED else used.used.reason.value
        return piece(f"{word:>{COLUMN}}", Role.SECONDARY)
    return piece(f"{amount(used.used, used.limit.unit):>{COLUMN}}", role)


def bound(value: int | None, unit: str) -> Piece:
    """A limit."""
    text = "unlimited" if value is None else amount(value, unit)
    return piece(f"{text:>{COLUMN}}", Role.SECONDARY if value is None else Role.TEXT)


def amount(value: int, unit: str) -> str:
    """In the unit's own words: 8.0M, 41 s, 1,024."""
    if unit == "bytes":
        return size(value)
    if unit == "seconds":
        return duration(value) if value else "0 s"
    if unit == "us":
        return duration(value / 1e6) if value else "0 s"
    return f"{value:,}"


def details(used: Used, columns: int) -> tuple[Line, ...]:
    """Its name for setrlimit, exact figures, what the figure is."""
    limit = used.limit
    name = NAMES.get(RESOURCES.get(limit.name, -1), "")
    exact = [f"{word} {'unlimited' if value is None else f'{value:,}'}" for word, value in (("soft", limit.soft), ("hard", limit.hard))]
    if not isinstance(used.used, Missing):
        exact.insert(0, f"used {used.used:,}")
    lines: list[Line] = [(Piece("  "), piece(f"{name}: {', '.join(exact)} {limit.unit}".strip()))]
    if used.note:
        lines.append((Piece("  "), piece(used.note, Role.SECONDARY)))
    if isinstance(used.used, Missing) and used.used.reason is not Reason.UNSUPPORTED:
        lines.append((Piece("  "), *sentence(used.used)))
    return tuple(fit(each, columns) for each in lines)
