"""What an engine costs the process that it traces: measured on a child of our own, never on the target."""

import os
import sys
import threading
import time
from collections import Counter
from itertools import pairwise
from typing import Final

from explorer.model.batch import Kind
from explorer.model.missing import Missing, Reason
from explorer.trace.tracer import Capture, Refused, Tracer

CALLS: Final = 400
PROGRAM: Final = f"import os\nfor _ in range({CALLS}): os.getppid()"
DEADLINE: Final = 5.0
"""Seconds after which a measurement that does not end is given up."""


def price(engine: type[Tracer]) -> float | Missing:
    """Seconds that a call takes longer under this engine. Takes some tenths of a second; ends what it started."""
    tracer = engine()
    calls: list[tuple[int, int]] = []
    alarm = threading.Timer(DEADLINE, tracer.detach)
    alarm.daemon = True
    try:
        tracer.start((sys.executable, "-I", "-S", "-c", PROGRAM), Capture(signals=False))
    except Refused as refused:
        return refused.missing
    alarm.start()
    try:
        for batch in tracer.batches():
            calls += [(batch.numbers[row], batch.times[row]) for row, kind in enumerate(batch.kinds) if kind == Kind.CALL]
    finally:
        alarm.cancel()
        tracer.detach()
    often = Counter(number for number, _ in calls).most_common(1)
    return more([begun for number, begun in calls if number == often[0][0]])


def more(begun: list[int]) -> float | Missing:
    """From when the calls began (ns): a traced one's length less that of one of ours, in seconds."""
    if len(begun) < CALLS // 2:
        return Missing(Reason.UNSUPPORTED, "the price of a call could not be measured")
    gaps = sorted(after - before for before, after in pairwise(begun))
    return max(0.0, gaps[len(gaps) // 2] / 1e9 - untraced())


def untraced() -> float:
    """Seconds that the same loop takes for a call in a process that nobody traces."""
    start = time.perf_counter()
    for _ in range(CALLS):
        os.getppid()
    return (time.perf_counter() - start) / CALLS
