"""i."""

import subprocess

from explorer.collect.scheduling import ioprio
from explorer.resolve.system import System
from explorer.ui.prompts.ioprio import words
from tests.snapshots import table
from tests.ui.prompts.asked import asked, row, shown


async def test_the_io_class_is_chosen_and_set(system: System, children: list[subprocess.Popen[bytes]]) -> None:
    one = children[0]
    async with shown(system, table(row(one.pid))) as (stage, _, pilot):
        await pilot.press("i", *["down"] * 30)
        await pilot.pause()
        assert "→ idle" in asked(stage)[1]
        await pilot.press("y")
        await pilot.pause()
        assert ioprio(one.pid) == (3, 0)
        assert stage.said == f"I/O idle for {one.pid} sleeper --soundly"


def test_classes_in_words() -> None:
    assert [words(0, 0), words(1, 3), words(2, 7), words(3, 5), words(6, 1)] == ["none", "realtime 3", "best-effort 7", "idle", "class 6"]
