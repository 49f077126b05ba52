"""How many descriptors a process has, beside how many it may have, and whether they become more."""

from collections.abc import Sequence
from typing import Final

from explorer.model.files import OpenFiles
from explorer.model.missing import Missing
from explorer.model.trend import Grown, Leak
from explorer.render.piece import Line, Piece, Role, piece, plain
from explorer.render.times import duration
from explorer.render.width import fit, width

NEAR: Final = 0.9
"""The share of the limit from which on it is near."""
LONGEST: Final = 30 * 86400
"""Seconds beyond which it is of no use to say when the limit will be reached."""


def count(files: OpenFiles) -> int:
    """How many are open."""
    return len(files.fds) + files.unread


def summary(files: OpenFiles) -> Line:
    """19 of 1,024  +12 in 60 s"""
    open_now = f"{count(files):,}"
    if isinstance(files.limit, Missing):
        said = piece(f"{open_now} open")
    elif files.limit is None:
        said = piece(f"{open_now} open, no limit")
    else:
        said = piece(f"{open_now} of {files.limit:,}", Role.MIND if near_limit(files) else Role.TEXT)
    trend = files.trend
    if not trend.by:
        return (said,)
    role = Role.MIND if trend.leak is not None else Role.SECONDARY
    return said, piece(f"  {trend.by:+,} in {trend.seconds:.0f} s", role)


def near_limit(files: OpenFiles) -> bool:
    """Whether few more may be opened."""
    return isinstance(files.limit, int) and count(files) >= NEAR * files.limit


def warnings(files: OpenFiles, columns: int) -> tuple[Line, ...]:
    """What somebody must know who looks for why it fails, or soon will: above the rows, for the last line is not on every screen."""
    out: list[Line] = []
    if near_limit(files) and isinstance(files.limit, int):
        more = files.limit - count(files)
        left = f"{more:,} more may be opened" if more > 0 else "no more may be opened"
        out.append((piece(f"{left}: {count(files):,} of {files.limit:,}", Role.MIND), piece(", then EMFILE", Role.SECONDARY)))
    if (leak := files.trend.leak) is not None:
        out += leaking(leak, count(files), files.limit, columns)
    return tuple(fit(line, columns) for line in out)


def leaking(leak: Leak, open_now: int, limit: int | Missing | None, columns: int) -> tuple[Line, ...]:
    """`Grows steadily: +36 in 60 s, at its limit in 80 min: mostly tcp to 10.0.0.5:5432`, in two lines where one is too long."""
    head = [piece(f"Grows steadily: {leak.by:+,} in {minutes(leak.seconds)}", Role.MIND)]
    if isinstance(limit, int) and limit > open_now:
        seconds = (limit - open_now) / leak.rate
        if seconds <= LONGEST:
            head.append(piece(f", at its limit in {duration(seconds)}", Role.SECONDARY))
    if not leak.grown:
        return (tuple(head),)
    what = piece(mostly(leak.grown, leak.by))
    one = (*head, Piece(": "), what)
    return (one,) if width(plain(one)) <= columns else (tuple(head), (Piece("  "), what))


def mostly(grown: Sequence[Grown], by: int) -> str:
    """`all regular in /tmp`, `mostly tcp to 10.0.0.5:5432`, `pipe +12, eventfd +10`"""
    first = grown[0]
    if first.by >= by:
        return f"all {named(first)}"
    if 2 * first.by > by:
        return f"mostly {named(first)}"
    return ", ".join(f"{named(each)} {each.by:+,}" for each in grown)


def named(grown: Grown) -> str:
    """tcp to 10.0.0.5:5432"""
    return " ".join(filter(None, (grown.kind, grown.how, grown.target)))


def minutes(seconds: float) -> str:
    """60 s, 7 min, 70 min: never "1 h" for one and a half."""
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
