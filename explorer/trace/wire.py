"""What a tracer beside us sends: frames of rows, and of words."""

import json
import sys
from array import array
from collections.abc import Iterator
from dataclasses import asdict
from struct import Struct
from typing import Any, Final

from explorer.model.batch import ROW, Batch
from explorer.trace.tracer import Capture

HEAD: Final = Struct("=cxxxIQ")
"""R rows or W words; how many rows; bytes after the columns"""
ROWS, WORDS = b"R", b"W"
TYPES: Final = "hiiiqqqQ"
assert sys.byteorder == "little"


class Broken(Exception):
    """What came is no frame."""


def rows_frame(batch: Batch) -> bytes:
    """A batch."""
    columns = (batch.cpus, batch.numbers, batch.tids, batch.pids, batch.times, batch.tooks, batch.results, batch.ends)
    return b"".join(
        (
            HEAD.pack(ROWS, len(batch), len(batch.blob)),
            batch.kinds,
            batch.arches,
            *(column.tobytes() for column in columns),
            batch.blob,
        )
    )


def words_frame(**words: Any) -> bytes:
    """Something said once, as JSON."""
    raw = json.dumps(words).encode()
    return HEAD.pack(WORDS, 0, len(raw)) + raw


def frames(held: bytearray) -> Iterator[Batch | dict[str, Any]]:
    """The whole frames of what has come, taken away from it. Raises Broken."""
    while len(held) >= HEAD.size:
        kind, rows, size = HEAD.unpack_from(held)
        if kind not in {ROWS, WORDS}:
            raise Broken
        end = HEAD.size + rows * ROW + size
        if len(held) < end:
            return
        raw = bytes(memoryview(held)[HEAD.size : end])
        del held[:end]
        if kind == ROWS:
            yield batch_of(raw, rows)
        else:
            words: dict[str, Any] = json.loads(raw)
            yield words


def batch_of(raw: bytes, rows: int) -> Batch:
    """The rows of a frame."""
    columns: list[array[int]] = []
    at = 2 * rows
    for kind in TYPES:
        column = array(kind)
        end = at + rows * column.itemsize
        column.frombytes(raw[at:end])
        columns.append(column)
        at = end
    cpus, numbers, tids, pids, times, tooks, results, ends = columns
    kinds, arches, blob = bytearray(raw[:rows]), bytearray(raw[rows : 2 * rows]), bytearray(raw[at:])
    return Batch(kinds, arches, cpus, numbers, tids, pids, times, tooks, results, ends, blob)


def capture_words(capture: Capture) -> dict[str, Any]:
    """A Capture as JSON has it."""
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in asdict(capture).items()}


def capture_of(words: dict[str, Any]) -> Capture:
    """And back."""
    named: dict[str, Any] = {name: frozenset(value) if isinstance(value, list) else value for name, value in words.items()}
    return Capture(**named)
