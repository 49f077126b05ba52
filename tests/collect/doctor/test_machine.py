"""collect/doctor/machine.py"""

import os

from explorer.collect.doctor.machine import kernel, privileges
from explorer.model.check import Verdict
from explorer.resolve.system import System
from tests.fakeproc import FakeProc


def test_kernel(system: System) -> None:
    found = kernel(system)
    assert os.uname().release in found.detail
    assert found.verdict in {Verdict.WORKS, Verdict.PARTLY}


def test_privileges(fakeproc: FakeProc) -> None:
    fakeproc.file("self/status", "CapEff:\t000001ffffffffff\n")
    assert privileges(fakeproc.system).verdict is Verdict.WORKS
    fakeproc.file("self/status", "CapEff:\t000001fffeffffff\n")
    found = privileges(fakeproc.system)
    assert found.verdict is Verdict.PARTLY
    assert "all capabilities but CAP_SYS_RESOURCE" in found.detail
    fakeproc.file("self/status", "")
    assert "no capabilities" in privileges(fakeproc.system).detail
