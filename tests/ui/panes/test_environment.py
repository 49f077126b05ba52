"""ui/panes/environment.py"""

import os

import pytest

from explorer.decode.secret import MASK
from explorer.model.absent import Absent
from explorer.render.piece import plain
from explorer.resolve.system import System
from explorer.ui.panes.environment import EnvironmentPane, Facts
from tests.processes import HELD, Processes
from tests.ui.panes.test_stack import identity


def test_one_key_shows_the_one_in_this_process_only(system: System, processes: Processes) -> None:
    env = {"DB_PASSWORD": "hunter2", "API_TOKEN": "abc"}
    pane = EnvironmentPane()
    mine, other = (identity(system, processes.python("import sys; " + HELD, env=env).pid) for _ in range(2))
    facts = pane.fetch(system, mine)
    assert isinstance(facts, Facts)
    sheet = pane.sheet(facts, 80)
    rows = {plain(row.line).partition("=")[0]: row for row in sheet.rows}
    assert MASK in plain(rows["DB_PASSWORD"].line)
    switch = pane.switches[0]
    assert switch.key == "r"
    option = switch.option.replace("{row}", rows["DB_PASSWORD"].key)
    shown = [plain(row.line) for row in pane.sheet(facts, 80, frozenset({option})).rows]
    assert "DB_PASSWORD=hunter2" in shown
    assert "abc" not in "".join(shown)
    elsewhere = [plain(row.line) for row in pane.sheet(pane.fetch(system, other), 80, frozenset({option})).rows]
    assert "hunter2" not in "".join(elsewhere)
    assert pane.shell(mine) == f"tr '\\0' '\\n' </proc/{mine.pid}/environ"


@pytest.mark.root
def test_denied_says_what_helps(system: System, processes: Processes, monkeypatch: pytest.MonkeyPatch) -> None:
    from explorer.model.missing import Missing, Reason
    from explorer.ui.panes import environment

    monkeypatch.setattr(environment, "environment", lambda *_: Missing(Reason.DENIED, "/proc/7/environ", "run as root"))
    facts = EnvironmentPane().fetch(system, identity(system, os.getpid()))
    assert isinstance(facts, Absent)
    notes = "\n".join(plain(line) for line in EnvironmentPane().sheet(facts, 80).notes)
    assert "No permission" in notes
    assert "Helps" in notes
