"""The screen with an engine that tells of a process whose paths, buffers and descriptors want to be obeyed: `python -m … [OPTIONS]`."""

import sys
import time

from explorer.model.batch import Batch, Kind
from explorer.trace.payload import pack
from explorer.ui.trace import tracing
from explorer.ui.trace.look import Chosen
from tests.trace.fakes import FakeTracer
from tests.ui.program import WORDS, main

RAW = WORDS.encode("utf-8", "surrogateescape")
CWD = (1 << 64) - 100


def hostile() -> Batch:
    """A path, a buffer, a descriptor's name, a notice, each with it."""
    batch, now = Batch(), time.monotonic_ns()
    path = pack((CWD, 0x10, 0x800, 0, 0, 0), [(-100, False, b"/" + RAW)], [(0x10, False, b"/srv/" + RAW + b"\0")])
    batch.add(Kind.CALL, 812, 812, now, 257, -2, 5000, path)
    buffer = pack((5, 0x20, len(RAW), 0, 0, 0), [(5, False, b"/tmp/" + RAW)], [(0x20, False, RAW)])
    batch.add(Kind.CALL, 812, 812, now + 1000, 1, len(RAW), 5000, buffer)
    batch.add(Kind.NOTICE, 812, 812, now + 2000, payload=b"a child " + RAW)
    batch.add(Kind.CALL, 812, 812, now + 3000, 257, 7, 5000, pack((CWD, 0x10, 0, 0, 0, 0), [(7, True, RAW)], [(0x10, False, RAW + b"\0")]))
    return batch


class Hostile(FakeTracer):
    """Tells it at once."""

    def __init__(self) -> None:
        super().__init__()
        self.tell(hostile())


if __name__ == "__main__":
    tracing.best = lambda _process: Chosen(Hostile)  # type: ignore[assignment]
    sys.exit(main())
