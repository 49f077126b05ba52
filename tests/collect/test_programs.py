"""collect/programs.py"""

import struct
import subprocess
import threading

import pytest

from explorer.collect import programs as module
from explorer.collect.programs import A_SECOND, KEPT, Programs
from explorer.decode.netlink.proc_events import EXEC
from explorer.model.birth import UNSEEN
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.resolve.system import System
from tests.decode.netlink.test_proc_events import datagram
from tests.fakeproc import FakeProc
from tests.loopback import until
from tests.namespaces import first_pids


def execed(pid: int, when: int = 5) -> bytes:
    return datagram(EXEC, struct.pack("=ii", pid, pid), when)


def test_who_is_there_is_read_and_who_is_gone_says_so(fakeproc: FakeProc) -> None:
    fakeproc.file("20/comm", "cron\x1b\n")
    fakeproc.file("20/cmdline", b"cron\0-f\0")
    programs = Programs(fakeproc.system)
    programs.take([execed(20), execed(21), b"odd"])
    assert (programs.found[20].comm, programs.found[20].argv, programs.found[20].when) == ("cron\x1b", ("cron", "-f"), 5)
    assert programs.found[21].comm == programs.found[21].argv == UNSEEN


def test_no_more_than_so_many_are_looked_at_and_kept(fakeproc: FakeProc) -> None:
    for pid in (3, 2999):
        fakeproc.file(f"{pid}/comm", "x\n")
    programs = Programs(fakeproc.system)
    programs.take([execed(pid) for pid in range(3000 - 2 * KEPT, 3000)])
    assert len(programs.found) == KEPT
    assert programs.found[2999].comm == "x"
    programs.take([execed(3)])
    assert programs.found[3].comm == UNSEEN
    assert A_SECOND < KEPT


def test_where_the_kernel_does_not_tell_it_ends_at_once(fakeproc: FakeProc, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise Unreadable(Missing(Reason.DENIED))

    monkeypatch.setattr(module, "Connector", refuse)
    Programs(fakeproc.system).run()


@first_pids
@pytest.mark.root
def test_a_program_is_read_as_soon_as_it_is_started(system: System) -> None:
    programs = Programs(system)
    thread = threading.Thread(target=programs.run)
    thread.start()
    try:
        child: list[subprocess.Popen[bytes]] = []

        def seen() -> bool:
            """The thread may not listen yet when the first is started."""
            child.append(subprocess.Popen(["sleep", "0.1"]))
            child[-1].wait()
            return any(programs.found[each.pid].argv == ("sleep", "0.1") for each in child if each.pid in programs.found)

        until(seen, "the command line of one that lived a tenth of a second")
    finally:
        programs.stop()
        thread.join(5)
    assert not thread.is_alive()
