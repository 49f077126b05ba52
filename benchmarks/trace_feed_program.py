"""The explorer with an engine that tells nginx's calls at a given rate, for benchmarks/trace_feed.py: `python -m … RATE`."""

import os
import sys
import threading
import time
from array import array
from collections.abc import Iterator, Sequence
from typing import ClassVar

from explorer.cli.start import start
from explorer.model.batch import Batch
from explorer.model.missing import Missing
from explorer.model.process import ProcessId
from explorer.model.trace import Call
from explorer.trace.payload import call_of
from explorer.trace.tracer import Capture
from tests.traces import nginx

BEAT = 0.05
MADE = 8
"""Batches that are made once and told in turn, with new times."""
RATE = int(sys.argv[1]) if len(sys.argv) > 1 else 0


class Feed:
    """A Tracer."""

    name: ClassVar[str] = "ptrace"
    COUNTS: ClassVar[frozenset[str]] = frozenset()

    def __init__(self) -> None:
        self.epoch = time.time_ns() - time.monotonic_ns()
        self._over = threading.Event()
        size = int(RATE * BEAT)
        self._made = [nginx(size, first * size // 8) for first in range(MADE)] if size else []
        # A number of as many 64-bit digits as a batch has rows: all times become later in one addition.
        offsets = [array("q", [time - batch.times[0] for time in batch.times]) for batch in self._made]
        self._offsets = [int.from_bytes(column.tobytes(), "little") for column in offsets]
        self._ones = int.from_bytes(array("q", [1] * size).tobytes(), "little")

    @classmethod
    def unusable(cls, target: ProcessId | None = None) -> Missing | None:  # noqa: ARG003
        return None

    def attach(self, targets: Sequence[ProcessId], capture: Capture) -> None:
        pass

    def start(self, command: Sequence[str], capture: Capture) -> int:  # noqa: ARG002
        return os.getpid()

    def capture(self, capture: Capture) -> None:
        pass

    def batches(self) -> Iterator[Batch]:
        """Every 50 ms the next one."""
        due, turn = time.monotonic(), 0
        while not self._over.is_set():
            due += BEAT
            time.sleep(max(0.0, due - time.monotonic()))
            if not self._made:
                yield Batch()
                continue
            made, offsets = self._made[turn % MADE], self._offsets[turn % MADE]
            turn += 1
            times = array("q")
            times.frombytes((offsets + (time.monotonic_ns() - 50_000_000) * self._ones).to_bytes(8 * len(made), "little"))
            yield Batch(
                made.kinds[:], made.arches[:], made.cpus[:], made.numbers[:], made.tids[:], made.pids[:],
                times, made.tooks[:], made.results[:], made.ends[:], made.blob[:],
            )  # fmt: skip

    def detach(self) -> None:
        self._over.set()

    def call_of(self, number: int, arch: int, result: int | None, payload: bytes) -> Call:
        return call_of(number, arch, result, payload)


def main() -> int:
    from explorer.ui.open import open_screen
    from explorer.ui.trace import tracing
    from explorer.ui.trace.look import Chosen

    tracing.best = lambda _process: Chosen(Feed)  # type: ignore[assignment]
    return start(sys.argv[2:], open_screen)


if __name__ == "__main__":
    sys.exit(main())
