"""Every kind of descriptor beside what lsfd of util-linux 2.41 says of it."""

from pathlib import Path

import pytest

from explorer.collect.files import files
from explorer.model.missing import Missing
from explorer.resolve.system import System
from tests.oracle.lsfd import differences, is_new, said
from tests.specimens.holds import Holds

NAMES = """
    eventfd eventpoll timerfd signalfd pidfd memfd bpf perf io_uring userfaultfd namespace mqueue pipe tcp udp packet vsock mptcp devices
    tun left moved kernel_files secretmem anonymous icmp xdp timers netlinks
"""
PLAIN = NAMES.split()
IN_A_FOLDER = ("inotify", "fanotify", "names", "unix", "seqpacket", "apart")
ON_A_FILE = ("regular", "fifo", "locks", "lease", "loop")


@pytest.mark.oracle("lsfd")
@pytest.mark.parametrize("kind", [*PLAIN, *IN_A_FOLDER, *ON_A_FILE])
def test_as_lsfd_has_it(system: System, tmp_path: Path, kind: str) -> None:
    if not is_new():
        pytest.skip("this lsfd has fewer columns")
    arguments = [str(tmp_path)] if kind in IN_A_FOLDER else [str(tmp_path / "file")] if kind in ON_A_FILE else []
    with Holds(kind, *arguments) as it:
        found = files(system, it.pid)
        assert not isinstance(found, Missing)
        theirs = said(it.pid)
        # It is asked about this process alone, so other holders are no ends to it.
        elsewhere = any(holder.pid != it.pid for fd in found for holder in (*fd.peers, *fd.others) if fd.number > 2)
        without = frozenset({"ENDPOINTS"} if elsewhere else ())
        assert [line for fd in found if fd.number > 2 for line in differences(fd, theirs[fd.number], without)] == []
