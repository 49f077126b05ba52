"""The engine is one that tells what a test gives it."""

import time
from collections.abc import Iterator

import pytest

from explorer.ui.trace.look import Chosen
from tests.trace.fakes import FakeTracer


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[FakeTracer]]:
    """FakeTracer.made: those that were made, newest last."""
    monkeypatch.setattr("explorer.ui.trace.tracing.best", lambda _process: Chosen(FakeTracer))
    yield FakeTracer
    for tracer in FakeTracer.made:
        tracer.detach()
    FakeTracer.made.clear()
    FakeTracer.refuses.clear()
    FakeTracer.hold = None


@pytest.fixture
def utc(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same time zone everywhere."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
