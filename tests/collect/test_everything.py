"""collect/everything.py: a Held for each process, whatever becomes of it."""

import os
import sys
from pathlib import Path

import pytest

from explorer.collect import everything as module
from explorer.collect.everything import everything, one_by_one
from explorer.collect.files import files
from explorer.model.held import USUAL, Held, Wanted
from explorer.model.missing import Missing, Reason
from explorer.resolve.system import System
from tests.fakeproc import FakeProc
from tests.loopback import until
from tests.processes import HELD, Processes
from tests.specimens.holds import Holds

STAT = "{pid} ({comm}) S 1 1 1 0 -1 {flags} " + "0 " * 12 + "4711 " + "0 " * 30 + "\n"


def held(system: System, pid: int, wanted: Wanted = USUAL) -> Held:
    (found,) = everything(system, [pid], wanted)
    return found


def test_what_files_says_with_whose_it_is(system: System) -> None:
    with Holds("pipe") as it:
        found = held(system, it.pid)
        comm = Path(f"/proc/{it.pid}/comm").read_text().strip()
        assert (found.process.pid, found.comm, found.uid) == (it.pid, comm, os.geteuid())
        assert found.process.start > 0
        assert found.fds == files(system, it.pid)
        assert found.keepings == ()


def test_places_and_mapped_where_wanted(system: System, processes: Processes, tmp_path: Path) -> None:
    process = processes.python(f"import sys; {HELD}", cwd=tmp_path)
    found = held(system, process.pid, Wanted(fds=False, places=True, mapped=True))
    assert found.fds == ()
    ways = [keeping.how for keeping in found.keepings]
    assert ways[:3] == ["cwd", "root", "exe"]
    assert set(ways[3:]) == {"mapped"}
    assert found.unmapped is None


def test_all_processes_by_pid_and_the_specimen_among_them(system: System) -> None:
    with Holds("eventfd") as it:
        found = list(everything(system, wanted=Wanted(peers=False)))
        pids = [one.process.pid for one in found]
        assert pids == sorted(set(pids))
        assert {it.pid, it.partner, os.getpid()} <= set(pids)


def test_one_that_is_gone_says_so_where_it_was_named(system: System, processes: Processes) -> None:
    process = processes.start(sys.executable, "-ISc", "")
    process.wait()
    found = held(system, process.pid)
    assert isinstance(found.fds, Missing)
    assert found.fds.reason is Reason.GONE


def test_a_kernel_thread_holds_nothing(fakeproc: FakeProc) -> None:
    fakeproc.file("7/stat", STAT.format(pid=7, comm="kworker/0:1", flags=0x00200000))
    found = held(fakeproc.system, 7, Wanted(places=True, mapped=True))
    assert (found.comm, found.process.start, found.fds, found.keepings, found.unmapped) == ("kworker/0:1", 4711, (), (), None)


def test_a_zombie_is_still_there(system: System, processes: Processes) -> None:
    process = processes.start(sys.executable, "-ISc", "")
    until(lambda: ") Z " in Path(f"/proc/{process.pid}/stat").read_text(), "a zombie")
    found = held(system, process.pid, Wanted(places=True))
    assert found.comm.startswith("python")
    assert found.fds == () or isinstance(found.fds, Missing)
    assert found.keepings == ()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look")
def test_of_another_user_denied(system: System) -> None:
    found = held(system, 1)
    assert isinstance(found.fds, Missing)
    assert found.fds.reason is Reason.DENIED
    assert found.uid == 0


def test_no_proc_at_all(fakeproc: FakeProc) -> None:
    fakeproc.root /= "none"
    (found,) = everything(fakeproc.system)
    assert isinstance(found.fds, Missing)


def test_of_many_one_look_at_all_links_says_who_holds_what(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FEW", 0)
    with Holds("shared_listener") as it:
        found = {held.process.pid: held for held in one_by_one(system, [it.pid, *it.workers], USUAL, 0)}
        assert not isinstance(found[it.pid].fds, Missing)
        (listening,) = (fd for fd in found[it.pid].fds if fd.number == it.fd)  # type: ignore[union-attr]
        assert {holder.pid for holder in listening.others} == set(it.workers)
        assert len(listening.others) == 5
        assert listening.unseen is None


@pytest.mark.root
@pytest.mark.parametrize("named", [False, True])
def test_whom_the_kernel_shows_to_no_program_proc_tells(system: System, monkeypatch: pytest.MonkeyPatch, named: bool) -> None:
    """As a hardened kernel does with its first process; in its place among the others, and nobody twice."""
    walk = pytest.importorskip("explorer.collect.walk")
    monkeypatch.setattr(module, "FEW", 0)
    with Holds("pipe") as it, Holds("pipe") as gone:
        made = walk.Walk.__init__

        def hides(self: object, *args: object) -> None:
            made(self, *args)
            self._tasks.pop(it.pid)  # type: ignore[attr-defined]
            self.hidden |= {it.pid}  # type: ignore[attr-defined]

        monkeypatch.setattr(walk.Walk, "__init__", hides)
        wanted = [os.getpid(), it.pid, gone.pid] if named else None
        gone.__exit__()
        told = sorted(int(number) for number in os.listdir(f"/proc/{it.pid}/fd"))
        found = [held for held in everything(system, wanted) if held.process.pid]
    pids = [held.process.pid for held in found]
    assert pids == sorted(set(pids))
    assert {os.getpid(), it.pid} <= set(pids)
    assert (gone.pid in pids) == named
    held = next(held for held in found if held.process.pid == it.pid)
    assert not isinstance(held.fds, Missing)
    assert [fd.number for fd in held.fds] == told


def test_who_was_not_looked_at_in_time_is_said(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENT", 0.0)
    unseen = module.looked_at(system, [os.getpid(), 1]).holders.unseen()
    assert unseen is not None
    assert (unseen.reason, unseen.detail) == (Reason.TIMED_OUT, "2 processes not looked at within 0 s")
