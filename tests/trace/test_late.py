"""trace/late.py: who was born while a list was made, and that both engines take these."""

import subprocess
import sys
from pathlib import Path

import pytest

from explorer.model.batch import Kind
from explorer.model.process import ProcessId
from explorer.trace.late import late
from explorer.trace.tracer import Capture
from tests.engines.watched import NAMES, Watched, identity, until
from tests.fakeproc import FakeProc

LOOPS = """
import os, sys, time
if os.fork():
    sys.stdin.read()
elif os.fork():
    while True: os.getppid(), time.sleep(0.01)
else:
    while True: os.getpgid(0), time.sleep(0.01)
"""


def test_children_that_are_young_enough(fakeproc: FakeProc) -> None:
    for pid, parent, start in ((1, 0, 0), (10, 1, 500), (11, 10, 500), (12, 10, 499), (13, 11, 900), (14, 1, 900)):
        fakeproc.file(f"{pid}/stat", f"{pid} (a) b) S {parent} " + "0 " * 17 + f"{start} " + "0 " * 30)
    fakeproc.file("15/stat", "no such thing")
    (fakeproc.root / "16").mkdir()
    proc = fakeproc.system.proc
    assert late(proc, {10}, 500) == [ProcessId(11, 500)]
    assert late(proc, {10}, 499) == [ProcessId(11, 500), ProcessId(12, 499)]
    assert late(proc, {10, 11}, 500) == [ProcessId(13, 900)]
    assert late(proc, set(), 0) == []


def below(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.parametrize("name", NAMES)
def test_descendants_of_before_the_attach(name: str) -> None:
    """A child and its child, neither of them told to the engine; born in time, or too early."""
    with subprocess.Popen([sys.executable, "-ISc", LOOPS], stdin=subprocess.PIPE) as process:
        child = until(lambda: below(process.pid), "a child")[0]
        grandchild = until(lambda: below(child), "a grandchild")[0]
        start = identity(process.pid).start
        try:
            with Watched(name, [process.pid], capture=Capture(since=start)) as watched:
                until(lambda: {"getppid", "getpgid"} <= {line.split("(")[0] for line in watched.lines(Kind.CALL)}, "calls of both")
            assert {tid for batch in watched.batches for tid in batch.tids} >= {child, grandchild}
            with Watched(name, [process.pid], capture=Capture(since=identity(grandchild).start + 1)) as watched:
                until(lambda: watched.batches, "a batch")
            assert not {tid for batch in watched.batches for tid in batch.tids} & {child, grandchild}
        finally:
            for pid in (grandchild, child):
                subprocess.run(["kill", "-KILL", str(pid)], check=True)
            process.communicate()
