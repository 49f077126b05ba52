"""collect/usage.py"""

import os

import psutil

from explorer.collect.status import status
from explorer.collect.usage import usage
from explorer.model.missing import Missing
from explorer.model.overview import Usage
from explorer.model.process import TICKS
from explorer.model.rates import rates
from explorer.resolve.place import Place, place
from explorer.resolve.system import System
from tests.fakeproc import FakeProc
from tests.resolve.test_place import STAT


def of(system: System, pid: int) -> Usage:
    at = place(system, pid)
    assert isinstance(at, Place)
    return usage(system, at, status(system, at))


def test_as_psutil_has_it(system: System) -> None:
    before = psutil.Process().cpu_times()
    found = of(system, os.getpid())
    after = psutil.Process().cpu_times()
    assert before.user <= found.utime / TICKS <= after.user
    assert isinstance(found.memory, dict)
    assert found.memory["VmRSS"] > 1 << 20
    assert isinstance(found.io, dict)
    assert found.io["rchar"] > 0


def test_two_samples_make_rates(system: System) -> None:
    first = of(system, os.getpid())
    with open("/dev/zero", "rb") as zero:
        zero.read(1 << 20)
    second = of(system, os.getpid())
    found = rates(first, second)
    assert found is not None
    assert found.io["rchar"] * found.seconds >= 1 << 20


def test_nothing_known(fakeproc: FakeProc) -> None:
    fakeproc.file("12/stat", STAT.format(state="S", flags=0))
    found = of(fakeproc.system, 12)
    assert isinstance(found.io, Missing)
    assert isinstance(found.memory, Missing)
