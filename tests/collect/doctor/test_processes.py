"""collect/doctor/processes.py, and all checks together: each is made, changes nothing, and says something."""

import os

import pytest

from explorer.collect.doctor import CHECKS, doctor
from explorer.collect.doctor.processes import refused, visible, yama
from explorer.model.check import Verdict
from explorer.resolve.system import System
from tests.fakeproc import FakeProc


def test_all_of_them(system: System) -> None:
    before = len(os.listdir("/proc/self/fd"))
    found = list(doctor(system))
    assert len(found) == len(CHECKS) == len({check.name for check in found})
    assert all(check.detail for check in found)
    names = {check.name: check for check in found}
    assert names["reads that may hang"].verdict is Verdict.WORKS
    assert names["sockets"].verdict in {Verdict.WORKS, Verdict.PARTLY}
    assert names["process table"].verdict in {Verdict.WORKS, Verdict.PARTLY}
    if os.geteuid() == 0:
        assert names["kernel stacks"].verdict is Verdict.WORKS
    else:
        assert names["kernel stacks"].verdict is Verdict.NOT
        assert names["kernel stacks"].cure
    assert names["tracefs"].verdict is Verdict.FACT
    system.close()
    assert len(os.listdir("/proc/self/fd")) <= before + 1


def test_no_proc_at_all(fakeproc: FakeProc) -> None:
    found = list(doctor(fakeproc.system))
    assert {check.name for check in found if check.verdict is Verdict.NOT} >= {"kernel stacks", "system calls", "reads that may hang"}
    assert visible(fakeproc.system).detail.startswith("0 processes")


def test_yama(fakeproc: FakeProc) -> None:
    assert yama(fakeproc.system) == 0
    fakeproc.file("sys/kernel/yama/ptrace_scope", "2\n")
    assert yama(fakeproc.system) == 2


def test_some_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert refused("x", 3, "3 of 4").verdict is Verdict.PARTLY
    assert refused("x", 0, "0 of 4").cure == "sudo procdive"
