"""F9: whom it names, what Enter means, what stands in a signal's way."""

import signal
import subprocess
from dataclasses import replace
from typing import Any

import pytest

from explorer.model.process import ProcessId
from explorer.resolve.system import System
from explorer.ui.prompts.signal import members
from tests.snapshots import table
from tests.ui.prompts.asked import asked, row, shown, until


async def test_f9_preselects_sigterm_and_enter_sends_it(system: System, children: list[subprocess.Popen[bytes]]) -> None:
    one = children[0]
    async with shown(system, table(row(one.pid))) as (stage, _, pilot):
        await pilot.press("f9")
        await pilot.pause()
        title, choices, foot = asked(stage)
        assert title.startswith(f"─ Send to {one.pid} sleeper --soundly   root · since ")
        assert choices.startswith("   ▸15 SIGTERM  9 SIGKILL  1 SIGHUP  2 SIGINT  18 SIGCONT  19 SIGSTOP  … all")
        assert choices.endswith("ignores: PIPE XFSZ")
        assert foot.endswith("Enter sends SIGTERM      Esc leaves it alone")
        await pilot.press("enter")
        await until(pilot, lambda: one.poll() is not None)
        assert one.returncode == -signal.SIGTERM
        await pilot.pause()
        assert stage.asked is None
        assert stage.said == f"SIGTERM sent to {one.pid} sleeper --soundly"


async def test_signals_are_chosen_by_arrows_digits_and_from_all(system: System, children: list[subprocess.Popen[bytes]]) -> None:
    async with shown(system, table(row(children[0].pid))) as (stage, _, pilot):
        await pilot.press("f9", "right")
        await pilot.pause()
        assert "▸9 SIGKILL" in asked(stage)[1]
        await pilot.press("1", "2")
        await pilot.pause()
        assert "▸12 SIGUSR2" in asked(stage)[1]
        assert asked(stage)[2].endswith("Enter sends SIGUSR2      Esc leaves it alone")
        await pilot.press("escape", "f9", *["right"] * 6)
        await pilot.pause()
        assert "▸… all" in asked(stage)[1]
        await pilot.press("enter")
        await pilot.pause()
        assert "▸15 SIGTERM" in asked(stage)[1]
        await pilot.press(*["right"] * 60)
        await pilot.pause()
        assert "▸64 SIGRTMAX" in asked(stage)[1]
        await pilot.press("escape")
        assert children[0].poll() is None


async def test_tagged_ones_are_named_and_the_dead_among_them_said(system: System, children: list[subprocess.Popen[bytes]]) -> None:
    rows = [row(one.pid) for one in children]
    async with shown(system, table(*rows), (140, 24)) as (stage, tree, pilot):
        await pilot.press("space", "space", "space")
        children[1].kill()
        children[1].wait()
        tree.show(table(rows[0], rows[2]))
        await pilot.press("f9")
        await pilot.pause()
        title = asked(stage)[0]
        assert title.startswith("─ Send to 3 tagged: ")
        assert f"{rows[1].id.pid} sleeper --soundly gone" in title
        assert all(str(each.id.pid) in title for each in rows)
        assert "1 of them have ended: nothing is sent to those." in asked(stage)[2]
        await pilot.press("enter")
        await until(pilot, lambda: children[0].poll() is not None and children[2].poll() is not None)
        await pilot.pause()
        assert stage.said.startswith("SIGTERM sent to 2 processes; not ")
        assert f"{rows[1].id.pid}" in stage.said


async def test_the_names_are_frozen_when_the_question_is_asked(system: System, children: list[subprocess.Popen[bytes]]) -> None:
    """The selection may move, the pid be used again: what was named is what is meant."""
    rows = [row(one.pid) for one in children]
    async with shown(system, table(*rows)) as (stage, tree, pilot):
        await pilot.press("f9")
        await pilot.pause()
        tree.show(table(replace(rows[0], argv=("other",)), *rows[1:]))
        tree.select(2)
        assert f"{rows[0].id.pid} sleeper" in asked(stage)[0]
        await pilot.press("enter")
        await until(pilot, lambda: children[0].poll() is not None)
        assert [one.poll() for one in children[1:]] == [None, None]


async def test_a_pid_used_again_is_not_hit(system: System, children: list[subprocess.Popen[bytes]]) -> None:
    was = row(children[0].pid)
    async with shown(system, table(replace(was, id=ProcessId(was.id.pid, was.id.start - 50)))) as (stage, _, pilot):
        await pilot.press("f9", "enter")
        await pilot.pause()
        assert stage.said == f"not {was.id.pid} sleeper --soundly: gone"
        assert children[0].poll() is None


NOTES = [
    ({"state": "T"}, "It is stopped (T): SIGTERM waits until SIGCONT."),
    ({"state": "D"}, "It is blocked in the kernel (D): SIGTERM waits until that ends."),
    ({"state": "Z"}, "It has ended (zombie): only its parent, 0, can take it away."),
    ({"kernel": True}, "It is a kernel thread: no signal ends it."),
]


@pytest.mark.parametrize(("fields", "note"), NOTES)
async def test_what_stands_in_a_signals_way(
    system: System, children: list[subprocess.Popen[bytes]], fields: dict[str, Any], note: str
) -> None:
    async with shown(system, table(row(children[0].pid, **fields)), (120, 24)) as (stage, tree, pilot):
        await pilot.press("K", "f9")
        await pilot.pause()
        assert asked(stage)[2].strip().startswith(note)
        del tree


async def test_what_it_ignores_is_said_of_that_signal(system: System, children: list[subprocess.Popen[bytes]]) -> None:
    async with shown(system, table(row(children[0].pid))) as (stage, _, pilot):
        await pilot.press("f9", "1", "3")
        await pilot.pause()
        assert "It ignores SIGPIPE." in asked(stage)[2]


def test_signals_of_a_set() -> None:
    # Bits 31 and 32 belong to the C library's threads.
    assert members(1 | 1 << 12 | 1 << 31 | 1 << 32 | 1 << 33 | 1 << 63) == [1, 13, 34, 64]
