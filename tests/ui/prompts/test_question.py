"""What all questions have in common: they name whom they are about, and nothing happens unasked."""

import os
import subprocess
from pathlib import Path

import pytest

from explorer.collect.scheduling import affinity, ioprio
from explorer.model.missing import Missing, Reason
from explorer.render.piece import plain
from explorer.resolve.system import System
from explorer.ui.messages import Ask
from explorer.ui.prompts.question import named, outcome
from tests.snapshots import process, table
from tests.ui.prompts.asked import asked, row, shown


@pytest.mark.parametrize("key", ["f9", "k", "f7", "f8", "right_square_bracket", "left_square_bracket", "i", "a"])
async def test_no_single_key_changes_anything(system: System, children: list[subprocess.Popen[bytes]], key: str) -> None:
    one = children[0]
    before = (Path(f"/proc/{one.pid}/stat").read_text().split()[18], ioprio(one.pid), affinity(one.pid))
    async with shown(system, table(row(one.pid))) as (stage, _, pilot):
        for no in ("escape", "n", *(() if key in {"f9", "k"} else ("enter",))):
            await pilot.press(key)
            await pilot.pause()
            assert f"{one.pid} sleeper" in asked(stage)[0]
            await pilot.press(no)
            await pilot.pause()
            assert stage.asked is None
        assert one.poll() is None
        assert (Path(f"/proc/{one.pid}/stat").read_text().split()[18], ioprio(one.pid), affinity(one.pid)) == before


async def test_one_that_ended_is_not_asked_about(system: System) -> None:
    gone = process(2_000_000, 0, "gone")
    async with shown(system, table(gone)) as (stage, tree, pilot):
        tree.show(table(process(1, 0, "init")))
        await pilot.press("f9")
        await pilot.pause()
        assert not [message for message in stage.heard if isinstance(message, Ask)]
        assert stage.said == "2000000: ended already, nothing to change"


@pytest.mark.parametrize("size", [(20, 5), (40, 10), (80, 24), (200, 50)])
@pytest.mark.parametrize("key", ["f9", "f8", "i", "a", "w", "u", "f6"])
async def test_every_question_is_drawn_at_every_size(system: System, size: tuple[int, int], key: str) -> None:
    hostile = process(os.getpid(), 0, ["\x1b[31mX", "[/red]", "\n" * 30, "y" * 5000], user="\x1b]0;x\x07")
    async with shown(system, table(hostile), size) as (stage, _, pilot):
        await pilot.press(key)
        await pilot.pause()
        assert all(line.isprintable() for line in asked(stage))
        await pilot.press("escape")
        await pilot.pause()
        assert stage.asked is None


def test_what_came_of_it_is_said_of_each_that_was_spared() -> None:
    one, two = process(5, 1, "a"), process(6, 1, "b")
    denied = Missing(Reason.DENIED, "signal 15 to 6", "root may")
    assert plain(outcome("SIGTERM sent to", [(one, None)])) == "SIGTERM sent to 5 a"
    assert plain(outcome("SIGTERM sent to", [(one, None), (two, denied)])) == "SIGTERM sent to 5 a; not 6 b: denied, root may"
    many = [(process(pid, 1, "x"), denied) for pid in range(10)]
    assert plain(outcome("SIGTERM sent to", many)).endswith("; and 7 more not")


def test_a_long_command_is_cut_in_its_middle() -> None:
    short = named(process(5, 1, ["java", "-x" * 50, "com.shop.Main"]), 30)
    assert short.startswith("5 java -x")
    assert short.endswith("com.shop.Main")
    assert len(short) == 30
