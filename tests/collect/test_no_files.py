"""collect/no_files.py"""

import os
from pathlib import Path

from explorer.collect.no_files import no_files, replaced
from explorer.model.missing import Missing, Reason
from explorer.model.process import ProcessId
from explorer.resolve.system import System

DENIED = Missing(Reason.DENIED, "/proc/2/fd")


def start(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[19])


def test_what_is_still_known_of_ours(system: System) -> None:
    found = no_files(system, ProcessId(os.getpid(), start(os.getpid())), DENIED)
    assert found.comm == Path("/proc/self/comm").read_text().strip()
    assert found.slots >= 64
    assert not found.kernel_thread
    assert not found.gave_up
    assert found.user


def test_a_kernel_thread(system: System) -> None:
    for name in filter(str.isdigit, os.listdir("/proc")):
        flags = int(Path(f"/proc/{name}/stat").read_bytes().rpartition(b")")[2].split()[6])
        if flags & 0x00200000:
            assert no_files(system, ProcessId(int(name), start(int(name))), None).kernel_thread
            return


def test_a_pid_that_was_used_again(system: System) -> None:
    pid = os.getpid()
    assert replaced(system, ProcessId(pid, start(pid))) is None
    other = replaced(system, ProcessId(pid, start(pid) - 1))
    assert other is not None
    assert other.reason is Reason.GONE
    assert "another process now" in other.detail
    gone = replaced(system, ProcessId(1 << 22, 1))
    assert gone is not None
    assert gone.reason is Reason.GONE


def test_nothing_can_be_read(system: System) -> None:
    found = no_files(system, ProcessId(1 << 22, 1), Missing(Reason.GONE, "x"))
    assert (found.comm, found.slots, found.kernel_thread) == ("", 0, False)
