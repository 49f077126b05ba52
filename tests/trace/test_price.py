"""trace/price.py: what a call costs under an engine, and when that cannot be told."""

from explorer.model.missing import Missing, Reason
from explorer.trace.price import CALLS, more, price, untraced
from explorer.trace.tracer import Capture, Refused
from tests.trace.fakes import FakeTracer, calls, exited

DENIED = Missing(Reason.DENIED, "no child may be traced here")


class Priced(FakeTracer):
    """Its calls begin 100 µs after one another."""

    def start(self, command: object, capture: Capture) -> int:
        batch = calls(CALLS)
        for row in range(CALLS):
            batch.times[row] = row * 100_000
        self.tell(calls(30, number=9))
        self.tell(batch)
        self.tell(exited(4242, 0))
        self.end()
        return 4242


class Denied(FakeTracer):
    """Starts nothing."""

    def start(self, command: object, capture: Capture) -> int:
        raise Refused(DENIED)


def test_the_price_is_what_a_call_takes_more() -> None:
    found = price(Priced)
    assert isinstance(found, float)
    assert 50e-6 < found <= 100e-6
    assert FakeTracer.made[-1].detached


def test_an_engine_that_does_not_start_has_none() -> None:
    assert price(Denied) is DENIED


def test_too_few_calls_say_nothing() -> None:
    assert isinstance(more(list(range(10))), Missing)


def test_it_is_never_below_nothing() -> None:
    assert more([0] * CALLS) == 0.0
    assert 0 < untraced() < 1e-3
