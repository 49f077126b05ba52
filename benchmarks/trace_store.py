"""Memory and time of a million stored events, beside what is promised."""

import subprocess
import sys

from benchmarks.row import Row

PROMISED = 400.0
"""MB"""
STORE = """
import time
from explorer.trace.log import Log
from tests.traces import nginx
from sys import argv
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4096 / 1e6
log, took = Log(most=1 << 40), 0.0
for first in range(200):
    batch = nginx(5_000, first * 640)
    began = time.perf_counter()
    log.append(batch)
    took += time.perf_counter() - began
    del batch
assert len(log) == 1_000_000
print(resident(), took)
"""


def rows(rounds: int) -> list[Row]:
    memory, took = [], []
    for _ in range(rounds):
        found = subprocess.run([sys.executable, "-c", STORE], capture_output=True, text=True, check=True, timeout=300).stdout.split()
        memory.append(float(found[0]))
        took.append(float(found[1]))
    return [
        Row("a million calls at -s 32, the whole process", "MB", "limit", memory, [PROMISED] * rounds, 1.0),
        Row("storing them in batches of 5,000", "s", "a twentieth of the time that they took at 200,000/s", took, [0.25] * rounds, 1.0),
    ]
