"""F7 and F8."""

import subprocess

from explorer.resolve.system import System
from tests.snapshots import table
from tests.ui.prompts.asked import asked, row, shown


async def test_nice_steps_and_y_sets_it(system: System, children: list[subprocess.Popen[bytes]]) -> None:
    one = children[0]
    start = row(one.pid).nice
    async with shown(system, table(row(one.pid))) as (stage, _, pilot):
        await pilot.press("f8")
        await pilot.pause()
        assert asked(stage)[0].startswith(f"─ Nice of {one.pid} sleeper --soundly ")
        assert asked(stage)[1].startswith(f"   {start} → {start + 1}   lower priority")
        await pilot.press("f8", "left_square_bracket", "y")
        await pilot.pause()
        assert row(one.pid).nice == start + 3
        assert stage.said == f"nice {start + 3} for {one.pid} sleeper --soundly"
