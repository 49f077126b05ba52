"""collect/waits/uninterruptible.py: processes in D."""

import time
from dataclasses import replace

import pytest

from explorer.collect.glance import Glance
from explorer.collect.waits.blocked import Blocked
from explorer.collect.waits.uninterruptible import find
from explorer.model.missing import Missing, Reason
from explorer.model.stack import Doing, Frame, Thread
from explorer.model.trace import Syscall, Value
from explorer.resolve.system import System
from tests.collect.threads import thread_of
from tests.fakeproc import FakeProc
from tests.specimens.hung import Hung

FSYNC = Syscall("fsync", (("fd", Value(9, "9", (), "fd", "/mnt/nas/backup.tar")),))
STUCK = Thread(7, "pool-1", "D", doing=Doing.CALL, call=FSYNC, wchan="nfs_wait_bit")


@pytest.mark.root
def test_one_that_hangs_costs_no_more_than_its_deadline(system: System) -> None:
    with Hung() as hung:
        begun = time.monotonic()
        jammed = thread_of(system, hung.pids["jammed"], ready=lambda one: one.state == "D")
        assert time.monotonic() - begun < 5
        assert jammed.waits is not None
        assert jammed.waits.text.startswith("blocked in the kernel, no signal reaches it: in ")
        assert jammed.call is not None


def test_the_mount_of_its_descriptor(fakeproc: FakeProc) -> None:
    fakeproc.file("7/fdinfo/9", "pos:\t0\nflags:\t0100001\nmnt_id:\t40\nino:\t5\n")
    fakeproc.file("7/mountinfo", "1 1 8:1 / / rw - ext4 /dev/sda1 rw\n40 1 0:50 / /mnt/nas rw - nfs4 nas:/export rw\n")
    glance = Glance(fakeproc.system, 7)
    wait = find(Blocked(glance, STUCK, (9, 0, 0, 0, 0, 0)))
    assert wait is not None
    assert wait.text == "blocked in the kernel, no signal reaches it: nfs4 on nas:/export"

    killable = replace(STUCK, frames=(Frame("rpc_wait_bit_killable", 0x44, 0x90, "sunrpc"),))
    wait = find(Blocked(glance, killable, (9, 0, 0, 0, 0, 0)))
    assert wait is not None
    assert wait.text == "blocked in the kernel, only SIGKILL reaches it: nfs4 on nas:/export"


def test_without_a_file_the_function_of_the_kernel(fakeproc: FakeProc) -> None:
    bare = Thread(7, "x", "D", doing=Missing(Reason.DENIED), wchan="nfs_wait_bit")
    wait = find(Blocked(Glance(fakeproc.system, 7), bare, ()))
    assert wait is not None
    assert wait.text == "blocked in the kernel, no signal reaches it: in nfs_wait_bit"
    assert find(Blocked(Glance(fakeproc.system, 7), replace(bare, state="S"), ())) is None
