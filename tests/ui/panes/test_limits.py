"""ui/panes/limits.py"""

import os

from explorer.model.absent import Absent
from explorer.model.process import ProcessId
from explorer.render.piece import plain
from explorer.resolve.system import System
from explorer.ui.panes.limits import LimitsPane
from tests.ui.panes.test_stack import identity


def test_all_of_them(system: System) -> None:
    pane, process = LimitsPane(), identity(system, os.getpid())
    sheet = pane.sheet(pane.fetch(system, process), 80)
    assert len(sheet.rows) >= 16
    assert plain(sheet.rows[7].line).startswith("open files")
    assert pane.shell(process) == f"prlimit -p {os.getpid()}"


def test_gone(system: System) -> None:
    facts = LimitsPane().fetch(system, ProcessId(1 << 22, 1))
    assert isinstance(facts, Absent)
    assert "Process gone" in plain(LimitsPane().sheet(facts, 80).notes[0])
