"""How long the calls of a summary's row took, drawn: a line for each power of two."""

from typing import Final

from explorer.model.summary import Counted, quantiles, span
from explorer.model.tally import BUCKETS
from explorer.render.piece import Line, Piece, Role, piece
from explorer.render.summary import SECOND, bits
from explorer.render.times import duration
from explorer.render.width import fit

FULL, HALF = "█", "▌"
WIDEST: Final = 60
"""Columns of the longest bar."""
USED: Final = 34
"""Columns before the bars."""


def histogram(row: Counted, columns: int = 0) -> list[Line]:
    """Two lines that say what it is, then one for each bucket from the first to the last that has calls, at most columns wide (0: 94).

    The bars are of the number of calls; no bucket that has one is without a bar.
    """
    columns = columns or USED + WIDEST
    buckets, timed = row.tally.buckets, row.timed
    filled = [bucket for bucket, count in enumerate(buckets) if count]
    lines = [fit(line, columns) for line in head(row)]
    most = max(buckets)
    room = max(1, min(WIDEST, columns - USED))
    for bucket in range(filled[0], filled[-1] + 1) if filled else ():
        count = buckets[bucket]
        halves = max(1, round(2 * room * count / most)) if count else 0
        share = f"{100 * count / timed:.1f}%"
        drawn = Piece(FULL * (halves // 2) + HALF * (halves % 2), Role.SECONDARY if row.waits else Role.NAME)
        said = f"{between(bucket):>17}"
        lines.append(fit((piece(f"{said} {count:>8} {share:>6} "), drawn) if count else (piece(said),), columns))
    return lines


def head(row: Counted) -> list[Line]:
    """Which call and how often; its usual times."""
    mark = f" {bits(row.arch)}" if bits(row.arch) else ""
    failed = f", {row.errors} failed" if row.errors else ""
    lines: list[Line] = [(piece(row.name, Role.NAME), piece(f"{mark}: {row.calls} call{'' if row.calls == 1 else 's'}{failed}"))]
    if row.timed:
        times = zip(("p50", "p95", "p99"), quantiles(row.tally), strict=True)
        usual = ", ".join(f"~{name} {duration(time / SECOND)}" for name, time in times)
        rough = "~" if row.rough else ""
        least, most = (rough + duration(time / SECOND) for time in (row.tally.least, row.tally.most))
        lines.append((piece(f"min {least}, {usual}, max {most}"),))
    return lines


def between(bucket: int) -> str:
    """1 µs – 2 µs."""
    low, high = span(bucket)
    if bucket == BUCKETS - 1:
        return f"{duration(low / SECOND)} …"
    return f"{duration(low / SECOND)} – {duration((high + 1) / SECOND)}"
