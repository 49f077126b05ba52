"""collect/doctor/sources.py"""

from explorer.collect.doctor.sources import births, handles, reader, sock_diag
from explorer.model.check import Verdict
from explorer.resolve.system import System
from tests.fakeproc import FakeProc


def test_they_say_something(system: System) -> None:
    assert reader(system).verdict is Verdict.WORKS
    assert "answer" in sock_diag(system).detail or sock_diag(system).cure
    assert handles(system).detail


def test_a_reader_that_finds_nothing(fakeproc: FakeProc) -> None:
    assert reader(fakeproc.system).verdict is Verdict.NOT


def test_births_are_tried_for_real(system: System) -> None:
    said = births(system)
    assert said.verdict is Verdict.WORKS or said.cure
    assert said.detail
