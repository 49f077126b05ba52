"""ui/panes/overview.py"""

import os

from explorer.model.absent import Absent
from explorer.model.process import ProcessId
from explorer.render.piece import plain
from explorer.render.sheet import Sheet
from explorer.resolve.system import System
from explorer.ui.panes import PANES
from explorer.ui.panes.overview import OverviewPane
from tests.ui.panes.test_stack import identity


def words(sheet: Sheet) -> dict[str, str]:
    return {row.key: plain(row.line) for row in sheet.rows}


def test_places_in_the_row_of_tabs() -> None:
    assert [(pane.key, pane.name) for pane in PANES] == [
        ("l", "Files"), ("b", "Stack"), ("o", "Overview"), ("v", "Memory"), ("e", "Environment"), ("L", "Limits"),
    ]  # fmt: skip


def test_rates_from_the_second_look_on(system: System) -> None:
    pane, process = OverviewPane(), identity(system, os.getpid())
    first = words(pane.sheet(pane.fetch(system, process), 80))
    assert "of a core" not in first["cpu"]
    sum(range(300_000))
    second = words(pane.sheet(pane.fetch(system, process), 80))
    assert "% of a core" in second["cpu"]
    other = words(pane.sheet(pane.fetch(system, identity(system, os.getppid())), 80))
    assert "of a core" not in other["cpu"]
    assert pane.shell(process) == f"cat /proc/{os.getpid()}/status"


def test_gone(system: System) -> None:
    pane = OverviewPane()
    facts = pane.fetch(system, ProcessId(1 << 22, 1))
    assert isinstance(facts, Absent)
    assert "Process gone" in plain(pane.sheet(facts, 80).notes[0])
