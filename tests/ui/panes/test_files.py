"""ui/panes/files.py"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.model.files import NoFiles, OpenFiles
from explorer.model.missing import Missing, Reason
from explorer.model.process import ProcessId
from explorer.render.piece import plain
from explorer.resolve.system import System
from explorer.ui.panes.files import FilesPane
from tests.fakeproc import FakeProc
from tests.specimens.holds import Holds


@pytest.fixture
def system() -> Iterator[System]:
    made = System()
    yield made
    made.close()


def process(pid: int) -> ProcessId:
    return ProcessId(pid, int(Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[19]))


def test_rows_of_the_selected_process_and_marks_of_what_changes(system: System, tmp_path: Path) -> None:
    pane = FilesPane()
    with Holds("grows", str(tmp_path / "log")) as it:
        who = process(it.pid)
        facts = pane.fetch(system, who)
        assert isinstance(facts, OpenFiles)
        sheet = pane.sheet(facts, 80)
        row = next(row for row in sheet.rows if row.key == str(it.fd))
        assert (row.mark, row.copy) == (" ", str(tmp_path / "log"))
        assert "log" in plain(row.line)
        it.tell()
        again = pane.fetch(system, who)
        assert isinstance(again, OpenFiles)
        assert next(fd for fd in again.fds if fd.number == it.fd).position == 1000
        assert pane.shell(who) == f"ls -l /proc/{it.pid}/fd"


def test_another_process_starts_anew(system: System) -> None:
    pane = FilesPane()
    with Holds("eventfd") as one, Holds("timerfd") as other:
        pane.fetch(system, process(one.pid))
        facts = pane.fetch(system, process(other.pid))
        assert isinstance(facts, OpenFiles)
        assert (facts.pid, facts.opened, facts.closed) == (other.pid, frozenset(), ())


def test_a_pid_that_means_another_process_shows_none_of_its_files(system: System) -> None:
    with Holds("eventfd") as it:
        who = process(it.pid)
        facts = FilesPane().fetch(system, ProcessId(it.pid, who.start - 1))
        assert isinstance(facts, NoFiles)
        assert isinstance(facts.why, Missing)
        assert facts.why.reason is Reason.GONE
        assert "another process now" in plain(FilesPane().sheet(facts, 80).notes[1])


def test_a_process_that_has_ended(system: System) -> None:
    with Holds("eventfd") as it:
        who = process(it.pid)
    facts = FilesPane().fetch(system, who)
    assert isinstance(facts, NoFiles)
    assert plain(FilesPane().sheet(facts, 80).notes[0]) == "Process gone"


def test_locks_are_a_switch(system: System, tmp_path: Path) -> None:
    pane = FilesPane()
    with Holds("regular", str(tmp_path / "file")) as it:
        facts = pane.fetch(system, process(it.pid))
        assert pane.switches[0].option == "locks"
        assert [row.key for row in pane.sheet(facts, 80, frozenset({"locks"})).rows] == [str(it.fd), str(it.again)] or [
            row.key for row in pane.sheet(facts, 80, frozenset({"locks"})).rows
        ] == [str(it.fd)]


def test_case_25_fdinfo_that_has_only_flags_or_nothing_has_its_row(fakeproc: FakeProc) -> None:
    fakeproc.file("7/stat", f"7 (x) S 1 {'0 ' * 48}\n")
    for number, info in enumerate(("flags:\t02004002\n", "", "pos:\t-1\nflags:\t02\nnew_key:\t1\n")):
        fakeproc.fd(7, number, f"pipe:[{number}]", info)
    pane = FilesPane()
    found = pane.sheet(pane.fetch(fakeproc.system, ProcessId(7, 0)), 80)
    assert [row.key for row in found.rows] == ["0", "1", "2"]
    assert found.rows[2].unfold is not None
    assert any("new_key" in plain(line) for line in found.rows[2].unfold(80))


def test_case_41_size_and_position_together(system: System, tmp_path: Path) -> None:
    pane = FilesPane()
    with Holds("regular", str(tmp_path / "file")) as it:
        found = pane.sheet(pane.fetch(system, process(it.pid)), 120)
        assert re.search(r"9\.8K at 4\.0K", plain(next(row for row in found.rows if row.key == str(it.fd)).line))


def test_what_is_unfolded_is_asked_closely(system: System) -> None:
    pane = FilesPane()
    with Holds("eventfd") as it:
        facts = pane.fetch(system, process(it.pid))
        row = next(row for row in pane.sheet(facts, 80).rows if row.key == str(it.fd))
        assert pane._unfolded == []
        assert row.unfold is not None
        row.unfold(80)
        assert pane._unfolded == [it.fd]
        pane.sheet(facts, 80)
        assert pane._unfolded == []
