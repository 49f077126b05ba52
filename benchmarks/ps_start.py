"""`procdive ps` from start to end with 200 processes on the machine, beside the start of a Python that imports psutil."""

import subprocess
import sys
import time

from benchmarks.row import Row
from benchmarks.screen import PROCDIVE
from benchmarks.sleepers import Sleepers

SIZE = 200


def milliseconds(argv: tuple[str, ...]) -> float:
    start = time.monotonic()
    subprocess.run(argv, stdout=subprocess.DEVNULL, check=True)
    return (time.monotonic() - start) * 1000


def rows(rounds: int) -> list[Row]:
    ours, theirs = [], []
    with Sleepers(SIZE):
        for _ in range(max(rounds, 21)):
            ours.append(milliseconds((*PROCDIVE, "ps")))
            theirs.append(milliseconds((sys.executable, "-c", "import psutil")))
    return [Row(f"procdive ps, {SIZE} processes", "ms", "python -c 'import psutil'", ours, theirs, 3.0)]
