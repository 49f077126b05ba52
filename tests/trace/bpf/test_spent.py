"""trace/bpf/spent.py: what a measured moment says of the time around it."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.kernel.bpf.stats import Runs
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.trace.bpf.spent import EVERY, Spent


class Kernel:
    """Programs that take a share of a processor, measured while somebody asks for it."""

    def __init__(self, share: float = 0.0, refuses: bool = False) -> None:
        self.share, self.refuses = share, refuses
        self.now, self.nanoseconds, self.open, self.missed = 100.0, 0.0, 0, 0

    def clock(self) -> float:
        return self.now

    def go_on(self, seconds: float) -> None:
        self.now += seconds
        if self.open:
            self.nanoseconds += seconds * 1e9 * self.share

    def measuring(self) -> "Kernel":
        if self.refuses:
            raise Unreadable(Missing(Reason.DENIED, "measuring"))
        self.open += 1
        return self

    def close(self) -> None:
        self.open -= 1

    def runs(self, programs: Sequence[int]) -> Runs:
        assert programs == [7]
        return Runs(int(self.nanoseconds), 1, self.missed)

    def spent(self) -> Spent:
        return Spent([7], clock=self.clock, measuring=self.measuring, told=self.runs)  # type: ignore[arg-type]


@given(st.floats(0, 8), st.integers(1, 200))
def test_a_steady_share_is_what_is_told(share: float, looks: int) -> None:
    kernel = Kernel(share)
    spent = kernel.spent()
    for _ in range(looks):
        spent.begin()
        kernel.go_on(0.05)
        spent.end()
        assert kernel.open == 0
        kernel.go_on(0.01)
    assert spent.seconds is not None
    told = share * (kernel.now - 100.0)
    assert spent.seconds == pytest.approx(told, abs=share * (EVERY + 0.2) + 1e-6)
    assert spent.seconds <= told + 1e-6


def test_it_is_measured_for_a_moment_every_second_only() -> None:
    kernel = Kernel(0.5)
    spent = kernel.spent()
    measured = 0
    for _ in range(100):
        spent.begin()
        measured += kernel.open
        kernel.go_on(0.05)
        spent.end()
    assert 4 <= measured <= 6


def test_runs_that_were_left_out_are_told() -> None:
    kernel = Kernel()
    spent = kernel.spent()
    spent.begin()
    kernel.missed = 3
    kernel.go_on(0.05)
    spent.end()
    assert spent.missed == 3


def test_a_kernel_that_does_not_measure_is_asked_once() -> None:
    kernel = Kernel(refuses=True)
    spent = kernel.spent()
    for _ in range(3):
        spent.begin()
        spent.end()
    assert spent.seconds is None
    spent.close()


def test_let_go_in_the_middle() -> None:
    kernel = Kernel(1.0)
    spent = kernel.spent()
    spent.begin()
    assert kernel.open == 1
    spent.close()
    spent.close()
    assert kernel.open == 0
    spent.end()
    assert spent.seconds == 0.0
