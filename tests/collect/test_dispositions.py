"""What a process does with signals."""

import os
import signal

from explorer.collect.dispositions import dispositions
from explorer.model.missing import Missing, Reason
from explorer.resolve.system import System
from tests.fakeproc import FakeProc


def test_of_ourselves() -> None:
    found = dispositions(System(), os.getpid())
    assert not isinstance(found, Missing)
    assert not isinstance(found.ignored, Missing)
    ignored = {number for number in range(1, 65) if found.ignored >> (number - 1) & 1}
    known = {number for number in signal.valid_signals() if signal.getsignal(number) is signal.SIG_IGN}
    assert {int(number) for number in known} <= ignored


def test_a_status_without_signals_says_so_of_each(fakeproc: FakeProc) -> None:
    fakeproc.file("7/status", "Name:\tx\nSigIgn:\t0000000000001000\n")
    found = dispositions(fakeproc.system, 7)
    assert not isinstance(found, Missing)
    assert found.ignored == 1 << 12
    assert isinstance(found.blocked, Missing)


def test_of_nobody(fakeproc: FakeProc) -> None:
    found = dispositions(fakeproc.system, 7)
    assert isinstance(found, Missing)
    assert found.reason is Reason.GONE
