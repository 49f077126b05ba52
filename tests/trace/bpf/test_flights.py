"""trace/bpf/flights.py: calls in flight, over a /proc that the test wrote and what the programs would say."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from explorer.decode.syscall import numbers
from explorer.kernel.procfs import Procfs
from explorer.model.batch import ARCHES, UNKNOWN, Batch, Kind
from explorer.trace.bpf import flights
from explorer.trace.bpf.flights import A_WHILE, Flights, Known
from explorer.trace.payload import call_of
from explorer.trace.tracer import ALL, Capture
from tests.fakeproc import FakeProc

X86, I386 = ARCHES.index("x86_64"), ARCHES.index("i386")
READ, OPENAT, POLL = (numbers.numbers("x86_64")[name] for name in ("read", "openat", "poll"))
NOW: Final = 5_000_000_000_000
PID: Final = 7
Row = tuple[int, int, int]


class Machine:
    """Threads and the calls that they sit in; known: what the programs say of them."""

    def __init__(self, root: Path) -> None:
        self.fake = FakeProc(root)
        self.known: dict[int, Known] = {}
        self.flights = Flights(Procfs(str(root)), self.known.get, X86, ALL)
        self.root = root

    def sits(self, tid: int, number: int, args: tuple[int, ...] = (3, 0, 0, 0, 0, 0), pid: int = PID, stack: int = 0x7FFC0000) -> None:
        words = " ".join(f"{arg:#x}" for arg in args)
        self.fake.file(f"{pid}/task/{tid}/syscall", f"{number} {words} {stack:#x} 0x7f0000001000\n")

    def runs(self, tid: int, word: str = "running\n") -> None:
        self.fake.file(f"{PID}/task/{tid}/syscall", word)

    def ends(self, tid: int) -> None:
        folder = self.root / f"{PID}/task/{tid}"
        (folder / "syscall").unlink()
        folder.rmdir()

    def look(self, now: int, attached: int = 0, pids: tuple[int, ...] = (PID,)) -> list[Row]:
        """tid, number, time of each row."""
        batch = self.batch(now, attached, pids)
        return list(zip(batch.tids, batch.numbers, batch.times, strict=True))

    def batch(self, now: int, attached: int = 0, pids: tuple[int, ...] = (PID,)) -> Batch:
        batch = self.flights.look(pids, now, attached)
        assert set(batch.kinds) <= {Kind.PENDING}
        assert set(batch.tooks) <= {UNKNOWN}
        return batch


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    made = Machine(tmp_path)
    yield made
    made.flights.close()


def test_at_attach_all_that_wait_are_told_at_once(machine: Machine) -> None:
    machine.sits(7, READ)
    machine.sits(8, POLL)
    machine.runs(9)
    machine.sits(20, READ, pid=20)
    batch = machine.batch(NOW, NOW, (7, 20))
    assert list(zip(batch.pids, batch.tids, batch.numbers, batch.times, batch.arches, strict=True)) == [
        (7, 7, READ, NOW, X86),
        (7, 8, POLL, NOW, X86),
        (20, 20, READ, NOW, X86),
    ]


def test_later_only_what_lasts_a_while_and_once(machine: Machine) -> None:
    machine.sits(7, READ)
    assert machine.look(NOW) == []
    assert machine.look(NOW + A_WHILE - 1) == []
    assert machine.look(NOW + A_WHILE) == [(7, READ, NOW)]
    assert machine.look(NOW + 2 * A_WHILE) == []
    assert machine.look(NOW + 100 * A_WHILE) == []


def test_what_was_told_at_attach_is_not_told_again(machine: Machine) -> None:
    machine.sits(7, READ)
    assert machine.look(NOW, NOW) == [(7, READ, NOW)]
    assert machine.look(NOW + 2 * A_WHILE) == []


@pytest.mark.parametrize(
    ("number", "args", "stack"),
    [(POLL, (3, 0, 0, 0, 0, 0), 0x7FFC0000), (READ, (4, 0, 0, 0, 0, 0), 0x7FFC0000), (READ, (3, 0, 0, 0, 0, 0), 0x7FFC1000)],
)
def test_another_call_is_as_old_as_it_was_seen(machine: Machine, number: int, args: tuple[int, ...], stack: int) -> None:
    machine.sits(7, READ)
    machine.look(NOW, NOW)
    machine.sits(7, number, args, stack=stack)
    assert machine.look(NOW + 3 * A_WHILE) == []
    assert machine.look(NOW + 4 * A_WHILE) == [(7, number, NOW + 3 * A_WHILE)]


def test_the_same_call_after_it_was_seen_running(machine: Machine) -> None:
    machine.sits(7, READ)
    machine.look(NOW, NOW)
    machine.runs(7)
    assert machine.look(NOW + A_WHILE) == []
    machine.sits(7, READ)
    assert machine.look(NOW + 2 * A_WHILE) == []
    assert machine.look(NOW + 3 * A_WHILE) == [(7, READ, NOW + 2 * A_WHILE)]


def test_age_registers_and_architecture_are_the_programs_where_they_know(machine: Machine) -> None:
    machine.sits(7, 3)
    began = NOW - 3 * A_WHILE
    machine.known[7] = Known(3, (9, 0, 0, 0, 0, 0), I386, began)
    batch = machine.batch(NOW)
    assert (list(batch.times), list(batch.arches)) == ([began], [I386])
    assert call_of(3, I386, None, batch.payload(0)).args == (9, 0, 0, 0, 0, 0)
    assert machine.look(NOW + A_WHILE) == []
    # Another one with the same registers.
    machine.known[7] = Known(3, (9, 0, 0, 0, 0, 0), I386, NOW + A_WHILE)
    assert machine.look(NOW + 2 * A_WHILE - 1) == []
    assert machine.look(NOW + 2 * A_WHILE) == [(7, 3, NOW + A_WHILE)]


def test_where_both_disagree_it_was_two_moments(machine: Machine) -> None:
    machine.sits(7, READ)
    machine.known[7] = Known(POLL, (0,) * 6, X86, NOW - 9 * A_WHILE)
    assert machine.look(NOW) == []
    assert machine.look(NOW + 2 * A_WHILE) == []
    # At attach too: whoever has begun a call since then is in none that began before.
    assert machine.look(NOW + 3 * A_WHILE, NOW + 3 * A_WHILE) == []


@pytest.mark.parametrize("word", ["", "running\n", "-1 0x7ffc0000 0x7f00\n", "0 0x3\n"])
def test_who_is_in_no_call_is_not_told(machine: Machine, word: str) -> None:
    machine.runs(7, word)
    assert machine.look(NOW, NOW) == []
    assert machine.look(NOW + 9 * A_WHILE) == []


def test_processes_that_are_gone_are_nothing(machine: Machine) -> None:
    assert machine.look(NOW, NOW, (1234, 4_000_000)) == []


def test_threads_that_are_gone_are_forgotten(machine: Machine) -> None:
    for tid in range(7, 20):
        machine.sits(tid, READ)
    assert len(machine.look(NOW, NOW)) == 13
    for tid in range(8, 14):
        machine.runs(tid)
    machine.look(NOW + 1)
    for tid in range(8, 20):
        machine.ends(tid)
    machine.look(NOW + 2)
    assert (set(machine.flights._sits), set(machine.flights._told)) == ({7}, {7})
    # One of the same number is another one.
    machine.sits(8, READ)
    assert machine.look(NOW + A_WHILE) == []
    assert machine.look(NOW + 2 * A_WHILE) == [(8, READ, NOW + A_WHILE)]


def test_no_more_than_most_are_looked_at(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flights, "MOST", 5)
    for tid in range(7, 20):
        machine.sits(tid, READ)
    machine.sits(90, READ, pid=90)
    assert [tid for tid, _, _ in machine.look(NOW, NOW, (7, 90))] == [7, 8, 9, 10, 11]
    assert len(machine.flights._sits) == 5


def test_memory_and_descriptors_are_as_they_are_now(machine: Machine) -> None:
    machine.fake.file("7/mem", bytes(0x1000) + b"/etc/passwd\0".ljust(0x1000, b"\0"))
    machine.fake.link("7/task/8/cwd", "/home")
    machine.fake.link("7/task/8/fd/5", "/srv (deleted)")
    for number, (args, name) in enumerate(
        [((-100 & 0xFFFFFFFF, 0x1000, 0, 0, 0, 0), (-100, "/home")), ((5, 0x1000, 0, 0, 0, 0), (5, "/srv (deleted)"))]
    ):
        machine.sits(8, OPENAT, args)
        batch = machine.batch(NOW + number, NOW + number)
        call = call_of(OPENAT, X86, None, batch.payload(0))
        assert (call.args, call.string, call.fds, call.opened) == (args, 32, dict([name]), {})
        assert call.entry is not None
        assert call.entry.read(0x1000, 12) == b"/etc/passwd\0"


def test_descriptors_that_cannot_be_read_have_no_name(machine: Machine) -> None:
    machine.sits(8, READ)
    assert call_of(READ, X86, None, machine.batch(NOW, NOW).payload(0)).fds == {}


@pytest.mark.parametrize(
    ("capture", "told"),
    [
        (Capture(frozenset({"read"})), 1),
        (Capture(frozenset({"write"})), 0),
        (Capture(tids=frozenset({7})), 1),
        (Capture(tids=frozenset({8})), 0),
        (Capture(fds=frozenset({3})), 1),
        (Capture(fds=frozenset({4})), 0),
    ],
)
def test_only_what_is_wanted(machine: Machine, capture: Capture, told: int) -> None:
    machine.sits(7, READ)
    machine.flights.capture = capture
    assert len(machine.look(NOW, NOW)) == told
