"""ui/trace/look.py: who may be attached to without a question, who with one, who not at all."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest

from explorer.model.missing import Missing, Reason
from explorer.model.snapshot import Process
from explorer.resolve.system import System
from explorer.trace.tracer import Tracer
from explorer.ui.trace.look import Chosen, Prices, look, tracer_of
from tests.trace.fakes import FakeTracer
from tests.ui.prompts.asked import row


@pytest.fixture(autouse=True)
def _fakes() -> Iterator[None]:
    yield
    FakeTracer.refuses.clear()


@pytest.fixture
def idle() -> Iterator[Process]:
    with subprocess.Popen(["sleep", "60"]) as process:
        yield row(process.pid)
        process.kill()


@pytest.fixture
def spinning() -> Iterator[Process]:
    with subprocess.Popen([sys.executable, "-c", "while 1: pass"]) as process:
        yield row(process.pid)
        process.kill()


class Measured:
    """How often an engine was measured."""

    def __init__(self) -> None:
        self.engines: list[type[Tracer]] = []

    def __call__(self, engine: type[Tracer]) -> float:
        self.engines.append(engine)
        return 0.00013


def chosen(_process: Process) -> Chosen:
    return Chosen(FakeTracer)


class Calm(FakeTracer):
    """Stops nobody."""

    name = "bpf"


def test_an_idle_one_is_safe_and_nothing_is_measured(system: System, idle: Process) -> None:
    measured = Measured()
    looked = look(system, [idle], chosen, Prices(measured))
    assert looked.safe
    assert looked.processes == (idle,)
    assert measured.engines == []


def test_a_busy_one_has_a_price_that_is_measured_once(system: System, idle: Process, spinning: Process) -> None:
    measured = Measured()
    prices = Prices(measured)
    for _ in range(2):
        looked = look(system, [idle, spinning], chosen, prices)
        assert not looked.safe
        assert looked.cost == 0.00013
        assert len(looked.busy) == 2
    assert measured.engines == [FakeTracer]


def test_what_the_table_saw_counts_where_a_moment_saw_nothing(system: System, idle: Process) -> None:
    found = look(system, [replace(idle, cpu=41.0)], lambda _: Chosen(FakeTracer), Prices(Measured()))
    assert not found.safe
    assert [each.cpu for each in found.busy] == [41.0]


def test_one_that_shows_our_screen_is_not_safe(system: System, idle: Process) -> None:
    looked = look(system, [idle], chosen, Prices(), showing=frozenset({idle.id.pid, 1}))
    assert looked.shows == {idle.id.pid}
    assert not looked.safe


def test_who_is_refused_and_who_is_left(system: System, idle: Process, spinning: Process) -> None:
    FakeTracer.refuses[spinning.id.pid] = Missing(Reason.DENIED, "traced by 77 gdb")
    looked = look(system, [spinning, idle], chosen, Prices())
    assert looked.processes == (idle,)
    assert [(process.id.pid, why.detail) for process, why in looked.refused] == [(spinning.id.pid, "traced by 77 gdb")]
    assert look(system, [spinning], chosen, Prices()).engine is None


def test_case_45_we_are_refused_and_so_is_what_works_for_us(system: System, idle: Process) -> None:
    us = row(os.getpid())
    looked = look(system, [us, idle], chosen, Prices(), ours=frozenset({us.id.pid, idle.id.pid}))
    assert looked.engine is None
    assert "procdive itself" in looked.refused[0][1].detail
    assert "works for this procdive" in looked.refused[1][1].detail


def test_case_45_who_traces_us_is_refused(system: System, idle: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its helper is a child of it: both are meant."""
    helper = os.getpid()  # a child of whom we take for the other procdive
    monkeypatch.setattr("explorer.ui.trace.look.tracer_of", lambda _system, _pid: helper)
    monkeypatch.setattr("explorer.ui.trace.look.parents", lambda _system, pid: [idle.id.pid] if pid == helper else [])
    looked = look(system, [idle], chosen, Prices())
    assert looked.refused[0][1].detail.endswith("traces you already: each would wait for the other")


def test_nobody_traces_us(system: System) -> None:
    assert tracer_of(system, "self") == 0
    assert tracer_of(system, 2_000_000_000) == 0


def test_an_engine_that_stops_nobody_asks_nothing_of_a_busy_one(system: System, idle: Process) -> None:
    measured = Measured()
    found = look(system, [replace(idle, cpu=99.0)], lambda _: Chosen(Calm), Prices(measured))
    assert (found.safe, found.stops, found.busy, measured.engines) == (True, False, (), [])
    shown = look(system, [idle], lambda _: Chosen(Calm), Prices(measured), showing=frozenset({idle.id.pid}))
    assert not shown.safe


def test_why_it_is_not_a_better_engine_is_kept(system: System, idle: Process) -> None:
    why = Missing(Reason.DENIED, "no CAP_BPF", "run as root")
    found = look(system, [idle], lambda _: Chosen(FakeTracer, ("bpf", why)), Prices(Measured()))
    assert found.lesser == ("bpf", why)
