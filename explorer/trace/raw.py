"""Rows by the bytes of their payloads, without looking at the rows one by one.

Holds for every engine whose payloads have a process's bytes as they were and numbers little-endian.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from explorer.model.batch import Batch


def holding(batch: Batch, rows: Sequence[int], needles: Iterable[bytes], *, lower: bool = False) -> list[int]:
    """Those rows, ascending, whose payload has one of the needles. lower: whatever the case; the needles are lower-case."""
    if not rows:
        return []
    low, high, ends = rows[0], rows[-1], batch.ends
    begin = ends[low - 1] if low else 0
    blob = batch.blob[begin : ends[high]]
    if lower:
        blob = blob.lower()
    found = set()
    for needle in needles:
        at = blob.find(needle)
        while at >= 0:
            row = bisect_right(ends, begin + at, low, high + 1)
            end = ends[row] - begin
            if at + len(needle) <= end:
                found.add(row)
                at = blob.find(needle, end)
            else:
                at = blob.find(needle, at + 1)
    return [row for row in rows if row in found] if found else []
