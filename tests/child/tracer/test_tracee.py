"""child/tracer/tracee.py: what is known of a thread."""

import pytest

from explorer.child.tracer.tracee import Flight, place, process_of, sits_in, start_of, state_of, tracer_of
from tests.loopback import until
from tests.processes import Processes
from tests.tracing import identity


def test_of_a_process(processes: Processes) -> None:
    pid = processes.start("sleep", "60").pid
    assert (process_of(pid), tracer_of(pid), start_of(pid)) == (pid, 0, identity(pid).start)
    until(lambda: state_of(pid) == "S", "it to sleep")
    sits = until(lambda: sits_in(pid, 0), "the call that it sits in")
    assert sits is not None
    assert sits[0] in {35, 115, 230}
    assert len(sits[1]) == 6


def test_of_nobody() -> None:
    assert (process_of(4_000_000), tracer_of(4_000_000), start_of(4_000_000), state_of(4_000_000), sits_in(4_000_000, 0)) == (
        0,
        0,
        -1,
        "",
        None,
    )


@pytest.mark.parametrize(
    ("number", "args", "goes_on"),
    [(7, (1, 2, 3, 4, 5, 6), True), (219, (0,) * 6, True), (7, (1, 2, 3, 4, 5, 7), False), (8, (1, 2, 3, 4, 5, 6), False)],
)
def test_a_call_that_goes_on(number: int, args: tuple[int, ...], goes_on: bool) -> None:
    assert Flight(1, 7, 0, (1, 2, 3, 4, 5, 6), 0).goes_on(number, args) is goes_on


def test_x32_by_its_bit() -> None:
    assert [place(0, 1), place(0, 0x40000001), place(1, 0x40000001)] == [0, 2, 1]
