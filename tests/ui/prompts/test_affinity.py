"""a."""

import os
import subprocess

import pytest

from explorer.collect.scheduling import affinity
from explorer.resolve.system import System
from explorer.ui.prompts.affinity import spans
from tests.snapshots import table
from tests.ui.prompts.asked import asked, row, shown


async def test_processors_are_switched_and_set(system: System, children: list[subprocess.Popen[bytes]]) -> None:
    mine = sorted(os.sched_getaffinity(0))
    if len(mine) < 2:
        pytest.skip("one processor only")
    one = children[0]
    async with shown(system, table(row(one.pid))) as (stage, _, pilot):
        await pilot.press("a")
        await pilot.pause()
        assert asked(stage)[1].startswith(f"  ▸[{mine[0]}]")
        await pilot.press("space", "y")
        await pilot.pause()
        found = affinity(one.pid)
        assert isinstance(found, frozenset)
        assert mine[0] not in found
        assert found
        assert stage.said.startswith(f"processors {spans(found)} for {one.pid}")


def test_processors_as_a_list() -> None:
    assert spans(frozenset({0, 1, 2, 3, 7})) == "0-3,7"
    assert spans(frozenset()) == ""
