"""trace/bpf/refusal.py: whom the programs do not trace, over a /proc that the test wrote."""

import os
from pathlib import Path

import pytest

from explorer.kernel.procfs import Procfs
from explorer.model.missing import Missing, Reason
from explorer.model.process import ProcessId
from explorer.model.snapshot import PF_KTHREAD
from explorer.trace.bpf.refusal import refusal
from tests.fakeproc import FakeProc

START = 4711


def stat(fake: FakeProc, pid: int, *, state: str = "S", flags: int = 0, threads: int = 1, comm: str = "specimen") -> None:
    rest = [state, "1", "1", "1", "0", "-1", str(flags), *["0"] * 12, str(START), *["0"] * 30]
    assert rest[19] == str(START)
    fake.file(f"{pid}/stat", f"{pid} ({comm}) {' '.join(rest)}\n")
    for tid in range(pid, pid + threads):
        fake.file(f"{pid}/task/{tid}/stat", "")


def asked(fake: FakeProc, pid: int, start: int = START) -> Missing | None:
    return refusal(Procfs(str(fake.root)), ProcessId(pid, start))


@pytest.mark.parametrize("state", ["S", "R", "D", "T", "t"])
def test_nothing_speaks_against_it(fakeproc: FakeProc, state: str) -> None:
    """Even stopped ones, and those that somebody else traces by ptrace."""
    stat(fakeproc, 700, state=state)
    assert asked(fakeproc, 700) is None


def test_a_process_whose_first_thread_has_ended_goes_on(fakeproc: FakeProc) -> None:
    stat(fakeproc, 700, state="Z", threads=2)
    assert asked(fakeproc, 700) is None


def test_gone(fakeproc: FakeProc) -> None:
    assert asked(fakeproc, 700) == Missing(Reason.GONE, "process 700")


def test_another_one_of_the_same_pid(fakeproc: FakeProc) -> None:
    stat(fakeproc, 700)
    assert asked(fakeproc, 700, START - 1) == Missing(Reason.GONE, "process 700")


def test_a_stat_that_says_nothing(fakeproc: FakeProc) -> None:
    stat(fakeproc, 700)
    for text in ("", "700 (x", "700 (x) S\n"):
        fakeproc.file("700/stat", text)
        assert asked(fakeproc, 700) == Missing(Reason.GONE, "process 700")


def test_a_kernel_thread(fakeproc: FakeProc) -> None:
    stat(fakeproc, 2, flags=PF_KTHREAD | 0x40, comm="kthreadd")
    assert asked(fakeproc, 2) == Missing(Reason.UNSUPPORTED, "2 kthreadd is a kernel thread: it makes no system calls")


@pytest.mark.parametrize("state", ["Z", "X"])
def test_ended_but_not_taken_notice_of(fakeproc: FakeProc, state: str) -> None:
    stat(fakeproc, 700, state=state)
    assert asked(fakeproc, 700) == Missing(Reason.GONE, "700 specimen has ended, its parent has not taken notice")


def test_itself(fakeproc: FakeProc) -> None:
    stat(fakeproc, os.getpid(), comm="procdive")
    why = asked(fakeproc, os.getpid())
    assert why is not None
    assert why.reason is Reason.UNSUPPORTED
    assert why.detail.startswith(f"{os.getpid()} procdive is procdive itself: ")


def test_the_real_one_of_this_test() -> None:
    """What the fake ones look like is what Linux writes."""
    start = int(Path("/proc/self/stat").read_bytes().rpartition(b")")[2].split()[19])
    why = refusal(Procfs(), ProcessId(os.getpid(), start))
    assert why is not None
    assert "procdive itself" in why.detail
