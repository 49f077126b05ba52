"""A tree of real processes on a stage, and the question that a key opened."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from explorer.decode.proc.stat import decode
from explorer.model.missing import Missing
from explorer.model.snapshot import Process, Snapshot
from explorer.resolve.system import System
from explorer.ui.tree import Tree
from tests.snapshots import process
from tests.ui.stage import Stage, drawn


def row(pid: int, **fields: Any) -> Process:
    """The row of a real process."""
    found = decode(Path(f"/proc/{pid}/stat").read_bytes())
    assert not isinstance(found, Missing)
    return process(pid, 0, "sleeper --soundly", start=found.starttime, nice=found.nice, **fields)


@asynccontextmanager
async def shown(system: System, snapshot: Snapshot, size: tuple[int, int] = (100, 24)) -> AsyncIterator[tuple[Stage, Tree, Any]]:
    tree = Tree(id="tree")
    stage = Stage(tree, system)
    async with stage.run_test(size=size) as pilot:
        tree.show(snapshot)
        await pilot.pause()
        yield stage, tree, pilot


def asked(stage: Stage) -> list[str]:
    assert stage.asked is not None
    return drawn(stage.asked)


async def until(pilot: Any, condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        await pilot.pause(0.01)
