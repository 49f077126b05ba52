"""ui/panes/memory.py"""

import os
from pathlib import Path

import pytest

from explorer.model.absent import Absent
from explorer.model.maps import Memory
from explorer.render.piece import plain
from explorer.resolve.system import System
from explorer.ui.panes.memory import MemoryPane
from tests.ui.panes.test_stack import identity


def test_sizes_only_while_they_are_wanted(system: System) -> None:
    pane, process = MemoryPane(), identity(system, os.getpid())
    facts = pane.fetch(system, process)
    assert isinstance(facts, Memory)
    assert not facts.detailed
    assert pane.shell(process).startswith("pmap -x ")
    pane.sheet(facts, 80, frozenset({"sizes"}))
    facts = pane.fetch(system, process)
    assert isinstance(facts, Memory)
    assert facts.detailed
    assert "Rss" in plain(pane.sheet(facts, 80, frozenset({"sizes"})).header)
    assert pane.shell(process).startswith("pmap -X ")


def test_grouped(system: System) -> None:
    pane, process = MemoryPane(), identity(system, os.getpid())
    facts = pane.fetch(system, process)
    plainly, grouped = pane.sheet(facts, 80), pane.sheet(facts, 80, frozenset({"grouped"}))
    assert len(grouped.rows) < len(plainly.rows)
    assert pane.sheet(facts, 80, frozenset({"grouped"})).rows[0].key == grouped.rows[0].key


def test_a_kernel_thread_has_none(system: System) -> None:
    if not os.path.exists("/proc/2/stat") or b"kthreadd" not in Path("/proc/2/stat").read_bytes():
        pytest.skip("no kernel threads here")
    pane = MemoryPane()
    facts = pane.fetch(system, identity(system, 2))
    assert isinstance(facts, Absent)
    assert [plain(line) for line in pane.sheet(facts, 80).notes] == [
        "Nothing of the kind",
        "  Memory of 2 kthreadd: a kernel thread has no memory.",
        "  Still known   it is sleeping",
    ]


def test_sixty_thousand_mappings_are_drawn_at_once(system: System) -> None:
    """Only the rows on the screen are made."""
    import time
    from dataclasses import replace

    facts = MemoryPane().fetch(system, identity(system, os.getpid()))
    assert isinstance(facts, Memory)
    assert isinstance(facts.maps, tuple)
    many = replace(facts, maps=tuple(replace(facts.maps[0], start=number << 12) for number in range(60_000)))
    start = time.monotonic()
    sheet = MemoryPane().sheet(many, 80)
    assert [plain(sheet.rows[index].line) for index in range(30_000, 30_050)]
    assert time.monotonic() - start < 1
