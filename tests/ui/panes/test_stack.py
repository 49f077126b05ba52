"""ui/panes/stack.py"""

import os

from explorer.model.missing import Missing, Reason
from explorer.model.process import ProcessId
from explorer.model.stack import Stacks
from explorer.render.piece import plain
from explorer.resolve.system import System
from explorer.ui.panes import PANES
from explorer.ui.panes.stack import StackPane
from tests.render.stacks import BACKUP
from tests.specimens.waits import Waits


def identity(system: System, pid: int) -> ProcessId:
    return ProcessId(pid, int(system.proc.read(pid, "stat").rpartition(b")")[2].split()[19]))


def test_it_is_registered_under_b() -> None:
    assert StackPane in PANES
    assert (StackPane.key, StackPane.name) == ("b", "Stack")


def test_rows_that_were_drawn_are_read_first() -> None:
    system = System()
    with Waits("crowd", "300") as it:
        pane, process = StackPane(), identity(system, it.pid)
        facts = pane.fetch(system, process)
        assert isinstance(facts, Stacks)
        sheet = pane.sheet(facts, 80)
        drawn = [plain(sheet.rows[index].line).split()[0] for index in range(250, 260)]
        again = pane.fetch(system, process)
        assert isinstance(again, Stacks)
        looked = {str(one.tid): one.looked for one in again.threads}
        assert all(looked[key] > facts.taken for key in drawn)
        assert pane.shell(process) == f"cat /proc/{it.pid}/task/*/{{syscall,stack}}"
    system.close()


def test_grouped_is_a_switch() -> None:
    assert [(switch.key, switch.option) for switch in StackPane.switches] == [("t", "grouped")]
    assert len(StackPane().sheet(BACKUP, 80).rows) == len(StackPane().sheet(BACKUP, 80, frozenset({"grouped"})).rows) == 4


def test_what_is_not_there() -> None:
    system = System()
    facts = StackPane().fetch(system, ProcessId(os.getpid(), 1))
    assert isinstance(facts, Missing)
    assert facts.reason is Reason.GONE
    assert plain(StackPane().sheet(facts, 80).notes[0]).endswith("gone")
    system.close()


def test_of_a_process_that_has_ended_it_shows_what_was_read_last() -> None:
    system, pane = System(), StackPane()
    with Waits("sleep", "100") as it:
        process = identity(system, it.pid)
        facts = pane.fetch(system, process)
        assert isinstance(facts, Stacks)
    assert pane.fetch(system, process) is facts
    system.close()
