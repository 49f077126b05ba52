"""What is asked before another process is changed: whom it names, what Enter means, and that nothing happens unasked."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from explorer.collect.scheduling import affinity, ioprio
from explorer.decode.proc.stat import decode
from explorer.model.missing import Missing
from explorer.model.process import ProcessId
from explorer.model.snapshot import Process, Snapshot
from explorer.resolve.system import System
from explorer.ui.messages import Ask
from explorer.ui.prompts.affinity import spans
from explorer.ui.prompts.signal import members
from explorer.ui.tree import Tree
from tests.snapshots import process, table
from tests.ui.stage import Stage, drawn


@pytest.fixture
def system() -> Iterator[System]:
    made = System()
    yield made
    made.close()


@pytest.fixture
def children() -> Iterator[list[subprocess.Popen[bytes]]]:
    """Three that sleep, and ignore SIGPIPE and SIGXFSZ, as every Python does."""
    program = "import time; print('ready', flush=True); time.sleep(60)"
    started = [subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) for _ in range(3)]
    for one in started:
        assert one.stdout is not None
        one.stdout.readline()
    yield started
    for one in started:
        one.kill()
        one.wait()
        assert one.stdout is not None
        one.stdout.close()


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


async def test_one_that_ended_is_not_asked_about(system: System) -> None:
    gone = process(2_000_000, 0, "gone")
    async with shown(system, table(gone)) as (stage, tree, pilot):
        tree.show(table(process(1, 0, "init")))
        await pilot.press("f9")
        await pilot.pause()
        assert not [message for message in stage.heard if isinstance(message, Ask)]
        assert stage.said == "2000000: ended already, nothing to change"


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


def test_sets_in_words() -> None:
    assert spans(frozenset({0, 1, 2, 3, 7})) == "0-3,7"
    # Bits 31 and 32 belong to the C library's threads.
    assert members(1 | 1 << 12 | 1 << 31 | 1 << 32 | 1 << 33 | 1 << 63) == [1, 13, 34, 64]


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
