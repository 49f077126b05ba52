"""How far a process is in a file, in words and as a bar: `▌ 43% +18M/s 15 s left`."""

from typing import Final

from explorer.decode.fd.path import PathFd
from explorer.decode.fd.regular import Regular
from explorer.model.fd import Fd
from explorer.model.missing import Missing
from explorer.model.progress import Progress
from explorer.render.fd_paths import locks
from explorer.render.piece import Line, Piece, Role, piece
from explorer.render.sizes import size
from explorer.render.times import duration

FULL, HALF, EMPTY = "█", "▌", "─"
BARS: Final = (12, 6, 4)
"""Columns of a bar, the longest first."""
LEAST_RATE: Final = 0.5
LONGEST: Final = 100 * 86400
"""Seconds beyond which it is of no use to say how long it will take."""


def at_end(fd: Fd) -> bool:
    """Whether it only reads, and has read all that there is: it is done, or waits for more."""
    return isinstance(fd, Regular) and fd.access == "r" and fd.unanswered is None and fd.position == fd.size > 0


def moving(fd: Fd, progress: Progress | None) -> tuple[Line, ...]:
    """The detail of a file in which the position moves, or that is read to its end; () where there is nothing to say of that."""
    lines = where_it_is(fd, progress)
    held = piece(locks(fd), Role.MIND) if isinstance(fd, PathFd) and fd.locks else None
    return (*(spaced(line, held) for line in lines), *lines) if held is not None else lines


def where_it_is(fd: Fd, progress: Progress | None) -> tuple[Line, ...]:
    """The same, of locks nothing."""
    if progress is not None and progress.share is not None and progress.position < progress.size and progress.rate >= LEAST_RATE:
        return under_way(progress)
    if at_end(fd):
        assert isinstance(fd, Regular)
        all_of_it, end = piece(size(fd.size)), piece("at its end", Role.SECONDARY)
        if progress is not None and progress.rate >= LEAST_RATE:
            follows = piece(speed(progress.rate), Role.NEW)
            return tuple(spaced(*some) for some in ((all_of_it, end, follows), (end, follows), (all_of_it, follows), (follows,)))
        return spaced(all_of_it, end), (end,), (all_of_it,)
    if progress is None or abs(progress.rate) < LEAST_RATE:
        return ()
    where, now = piece(f"at {size(progress.position)}"), piece(speed(progress.rate), Role.NEW)
    # Others may append too, so the end is not where it stands.
    if progress.size and progress.size != progress.position and "O_APPEND" not in fd.flag_names:
        return spaced(piece(size(progress.size)), where, now), spaced(where, now), (now,)
    return spaced(piece(size(progress.size or progress.position)), now), (now,)


def under_way(progress: Progress) -> tuple[Line, ...]:
    """With a bar, and the time left, as much of it as there is room for."""
    assert progress.share is not None
    total, share, now = piece(size(progress.size)), piece(percent(progress.share)), piece(speed(progress.rate), Role.NEW)
    time = left(progress)
    bars = tuple(bar(progress.share, columns) for columns in BARS)
    lines = [spaced(total, bars[0], share, now, time), spaced(bars[0], share, now, time), spaced(bars[1], share, now, time)]
    lines += [spaced(bars[2], share, now, time), spaced(share, now, time)]
    lines += [spaced(share, time if progress.falls_behind else now), spaced(share)]
    return tuple(lines)


def left(progress: Progress, words: str = "") -> Piece:
    """15 s; that it will never be there."""
    if progress.falls_behind:
        return piece("falls behind", Role.MIND)
    seconds = progress.left
    return piece("" if seconds is None or seconds > LONGEST else f"{duration(seconds)}{words}")


def bar(share: float, columns: int) -> Line:
    """█████▌──── of so many columns; full only where all of it is done."""
    halves = min(2 * columns - 1, int(2 * columns * share)) if share < 1 else 2 * columns
    done = FULL * (halves // 2) + HALF * (halves % 2)
    return tuple(part for part in (Piece(done, Role.NEW), Piece(EMPTY * (columns - len(done)), Role.RULE)) if part.text)


def percent(share: float) -> str:
    """43%; 100% only where all of it is done."""
    return f"{min(99, int(100 * share)) if share < 1 else 100}%"


def speed(rate: float) -> str:
    """+18K/s, -4K/s"""
    return f"{'+' if rate > 0 else ''}{size(round(rate))}/s"


def spaced(*parts: Piece | Line) -> Line:
    """With a space between them; empty ones are left out."""
    out: list[Piece] = []
    for part in parts:
        pieces = (part,) if isinstance(part, Piece) else part
        if any(each.text for each in pieces):
            out += [Piece(" "), *pieces] if out else pieces
    return tuple(out)


def unfolded(fd: Fd, progress: Progress | None) -> tuple[tuple[str, Line], ...]:
    """What unfolding the row says of it: key and value."""
    if progress is None or abs(progress.rate) < LEAST_RATE or isinstance(fd.position, Missing):
        return (("progress", (piece("at the end of the file: done, or waiting for more"),)),) if at_end(fd) else ()
    told = [f"{round(progress.rate):+,} bytes/s"]
    if progress.growth >= LEAST_RATE:
        told.append(f"the file grows by {round(progress.growth):,} bytes/s")
    rows: list[tuple[str, Line]] = []
    if progress.share is not None:
        done = bar(progress.share, BARS[0])
        rows.append(("progress", spaced(done, piece(f"{progress.position:,} of {progress.size:,} bytes, {percent(progress.share)}"))))
        time = left(progress, " left")
        told += [time.text] if time.text else []
    rows.append(("speed", (piece(" · ".join(told)),)))
    return tuple(rows)
