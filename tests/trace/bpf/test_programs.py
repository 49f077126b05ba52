"""trace/bpf/programs.py: what is settled is in their memory, and what was loaded to see whether it can be is used once."""

import os
import platform
from collections.abc import Collection, Iterator
from contextlib import closing
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.kernel.bpf.lanes import FEWEST, value_size
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.trace.bpf import layout, programs, table
from explorer.trace.bpf.programs import TABLES, Prepared, Programs, lane_of, loaded
from explorer.trace.tracer import ALL, Capture
from tests.engines.watched import engine, until

RING: Final = 1 << 17
NO: Final = Missing(Reason.UNSUPPORTED, "no programs", "none")


# As they are loaded.


@pytest.fixture(scope="module")
def shared() -> Iterator[Programs]:
    engine("bpf")
    with closing(Programs(RING)) as made:
        yield made


@pytest.fixture
def ours(shared: Programs) -> Programs:
    """Settled to take all."""
    shared.settle(ALL)
    return shared


def rows_of(made: Programs) -> dict[int, bytes]:
    """Those that are on."""
    found = {}
    for place in range(layout.ROWS):
        at = layout.ROWS_AT + place * layout.ROW_SIZE
        if made.memory[at]:
            found[place] = bytes(made.memory[at : at + layout.ROW_SIZE])
    return found


def chosen_of(made: Programs) -> dict[tuple[int, int], int]:
    """(place of a call's row, value of its register) → place of the row for that."""
    found = {}
    for key, value in made.object.items("chosen", 8, 4):
        found[int.from_bytes(key[:4], "little"), int.from_bytes(key[4:], "little")] = int.from_bytes(value, "little")
    return found


def picked(made: Programs) -> set[int]:
    return {int.from_bytes(key, "little") for key in made.object.keys("picked", 4)}


@pytest.mark.root
def test_what_is_to_be_taken_is_written(ours: Programs) -> None:
    ours.settle(
        Capture(
            tids=frozenset({7, 4_000_000}),
            failed=False,
            succeeded=True,
            slower=5_000_000_000,
            fds=frozenset({3, 1}),
            string=77,
            signals=False,
            follow=False,
            what=frozenset({"summary", "access"}),
        )
    )
    numbers = {
        "what": ours.get(layout.WHAT, 4),
        "string": ours.get(layout.STRING, 4),
        "failed": ours.get(layout.FAILED, 4),
        "succeeded": ours.get(layout.SUCCEEDED, 4),
        "slower": ours.get(layout.SLOWER),
        "fds": [ours.get(layout.FDS, 4), ours.get(layout.FDS + 4, 4), ours.get(layout.FDS_COUNT, 4), ours.get(layout.PICKS_FDS, 4)],
        "signals": ours.get(layout.SIGNALS, 4),
        "follow": ours.get(layout.FOLLOW, 4),
        "tids": ours.get(layout.PICKS_TIDS, 4),
    }
    assert numbers == {
        "what": layout.SUMMARY | layout.ACCESS, "string": 77, "failed": 0, "succeeded": 1, "slower": 5_000_000_000, "fds": [1, 3, 2, 1],
        "signals": 0, "follow": 0, "tids": 1,
    }  # fmt: skip
    assert picked(ours) == {7, 4_000_000}


@pytest.mark.root
def test_all_is_taken_again_after_less(ours: Programs) -> None:
    ours.settle(Capture(calls=frozenset(), tids=frozenset({7}), fds=frozenset({3}), failed=False, succeeded=False, slower=9, string=9999))
    assert ours.get(layout.STRING, 4) == 4096
    assert ours.get(layout.SUCCEEDED, 4) == 0
    ours.settle(ALL)
    switches = (
        layout.FAILED,
        layout.SUCCEEDED,
        layout.SLOWER,
        layout.PICKS_TIDS,
        layout.PICKS_FDS,
        layout.FDS_COUNT,
        layout.SIGNALS,
        layout.FOLLOW,
    )
    assert [ours.get(at, 4) for at in switches] == [1, 1, 0, 0, 0, 0, 1, 1]
    assert ours.get(layout.WHAT, 4) == layout.STREAM
    assert ours.get(layout.STRING, 4) == 32
    assert picked(ours) == set()
    assert len(rows_of(ours)) > 700


@pytest.mark.root
def test_more_descriptors_than_there_is_room_for_are_not_chosen_among(ours: Programs) -> None:
    ours.settle(Capture(fds=frozenset(range(layout.PICKED))))
    assert (ours.get(layout.FDS_COUNT, 4), ours.get(layout.PICKS_FDS, 4)) == (layout.PICKED, 1)
    ours.settle(Capture(fds=frozenset(range(layout.PICKED + 1))))
    assert ours.get(layout.PICKS_FDS, 4) == 0
    assert ours.get(layout.GENERATION, 4) > 0
    ours.settle(Capture(fds=frozenset()))
    assert (ours.get(layout.FDS_COUNT, 4), ours.get(layout.PICKS_FDS, 4)) == (0, 1)


@pytest.mark.root
def test_threads_are_looked_up_anew_after_each_change(ours: Programs) -> None:
    before = ours.get(layout.GENERATION, 4)
    ours.settle(ALL)
    ours.settle(Capture(tids=frozenset({7})))
    assert ours.get(layout.GENERATION, 4) == before + 2


@pytest.mark.root
@pytest.mark.parametrize("calls", [None, frozenset({"ioctl", "execve", "read", "socketcall"}), frozenset({"getpid"}), frozenset()])
@pytest.mark.parametrize("verbose", [False, True])
def test_the_table_is_in_their_memory(ours: Programs, calls: frozenset[str] | None, verbose: bool) -> None:
    ours.settle(Capture(calls=calls, verbose=verbose))
    found, chosen = rows_of(ours), chosen_of(ours)
    expected: dict[int, bytes] = {}
    led: set[tuple[int, int]] = set()
    for second, arch in enumerate(TABLES[platform.machine()]):
        for row in table.rows(arch, bool(second), calls, verbose):
            place = second * layout.CALLS + row.number
            if row.chosen is not None:
                led.add((place, row.chosen))
                place = chosen[place, row.chosen]
                assert place >= 2 * layout.CALLS
            assert place not in expected
            expected[place] = row.raw
    assert {place: raw for place, raw in found.items() if place < 2 * layout.CALLS or place in chosen.values()} == expected
    assert chosen.keys() == led


@pytest.mark.root
def test_processes_that_are_marked(ours: Programs) -> None:
    assert list(ours.marked()) == []
    ours.mark(7, layout.OURS)
    ours.mark(70_000, layout.UNTIL_EXEC)
    assert sorted(ours.marked()) == [7, 70_000]
    assert [ours.memory[layout.MAYBE + pid % layout.PIDS] for pid in (7, 70_000, 8)] == [1, 1, 0]
    assert ours.object.lookup("targets", (70_000).to_bytes(4, "little"), 4) == layout.UNTIL_EXEC.to_bytes(4, "little")
    ours.mark(70_000, layout.OURS)
    assert ours.object.lookup("targets", (70_000).to_bytes(4, "little"), 4) == layout.OURS.to_bytes(4, "little")
    ours.forget(7)
    ours.forget(7)
    assert list(ours.marked()) == [70_000]
    ours.forget(70_000)
    assert list(ours.marked()) == []


@pytest.mark.root
def test_names_that_were_told_are_told_again(ours: Programs) -> None:
    first, last = layout.SEEN_AT, layout.SEEN_AT + 8 * (layout.SEEN - 1)
    for at in (first, last):
        ours.put(at, 4711, 8)
    ours.put(layout.MAYBE + layout.PIDS - 1, 1, 1)
    row = bytes(ours.memory[layout.ROWS_AT : layout.ROWS_AT + layout.ROW_SIZE])
    ours.tell_again()
    assert not any(ours.memory[layout.SEEN_AT : layout.ROWS_AT])
    # Nothing beside it.
    assert ours.get(layout.MAYBE + layout.PIDS - 1, 1) == 1
    assert ours.memory[layout.ROWS_AT : layout.ROWS_AT + layout.ROW_SIZE] == row
    ours.put(layout.MAYBE + layout.PIDS - 1, 0, 1)


@pytest.mark.root
def test_numbers_below_nothing_are_written_as_they_are_read_by_them(ours: Programs) -> None:
    ours.put(layout.FDS, -100)
    assert ours.get(layout.FDS, 4) == (1 << 32) - 100
    assert ours.get(layout.FDS + 4, 4) == int.from_bytes(ours.memory[layout.FDS + 4 : layout.FDS + 8], "little")


@pytest.mark.root
def test_a_thread_that_is_in_no_call_of_theirs(ours: Programs) -> None:
    pidfd = os.pidfd_open(os.getpid())
    try:
        assert ours.flight(os.getpid(), pidfd) is None
    finally:
        os.close(pidfd)


@pytest.mark.root
def test_they_are_as_long_as_they_are_held() -> None:
    engine("bpf")
    made = Programs(RING)
    assert made.size == RING
    assert made.object.entries("ring") == RING // (1 if made.lanes is None else programs.RARE)
    assert len(made.memory) >= layout.SIZE
    found = made.object.ids()
    assert len(found[0]) > 3
    made.close()
    made.close()
    assert made.object.ids()[0] == []


@pytest.mark.root
def test_a_kernel_without_storage_by_task_keeps_it_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    engine("bpf")
    monkeypatch.setattr(platform, "release", lambda: "5.10.0-28-amd64")
    with closing(Programs(RING)) as made:
        assert not made.modern
        assert made.object.tables.keys() >= {"flights_by_tid", "stashes_by_tid", "tallied_by_tid"}
        assert not made.object.tables.keys() & {"flights", "stashes", "tallied"}
        assert made.flight(os.getpid(), -1) is None
        made.object.update("flights_by_tid", (7).to_bytes(4, "little"), bytes(programs.FLIGHT_SIZE))
        assert made.flight(7, -1) == bytes(programs.FLIGHT_SIZE)


@pytest.mark.root
def test_pids_of_a_namespace_are_translated(monkeypatch: pytest.MonkeyPatch, ours: Programs) -> None:
    own = os.stat("/proc/self/ns/pid").st_ino
    assert ours.get(layout.NESTED, 4) == (own != programs.FIRST_PIDS)
    monkeypatch.setattr(programs, "FIRST_PIDS", 1)
    with closing(Programs(RING)) as made:
        assert (made.get(layout.NESTED, 4), made.get(layout.NAMESPACE, 4)) == (1, own)


# What is loaded, and what is kept.


class Fake:
    """In the place of Programs. why: they are refused."""

    made: list["Fake"] = []
    why: Missing | None = None

    def __init__(self, ring: int) -> None:
        if Fake.why is not None:
            raise Unreadable(Fake.why)
        self.size = ring
        self.captures: list[Capture] = []
        self.closed = 0
        Fake.made.append(self)

    def settle(self, capture: Capture) -> None:
        self.captures.append(capture)

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> type[Fake]:
    monkeypatch.setattr(programs, "Programs", Fake)
    monkeypatch.setattr(programs, "unsupported", lambda: None)
    monkeypatch.setattr(Fake, "made", [])
    monkeypatch.setattr(Fake, "why", None)
    return Fake


def test_what_was_tried_is_given_once(fake: type[Fake]) -> None:
    prepared = Prepared()
    assert prepared.unusable(RING) is None
    assert prepared.unusable(RING) is None
    assert len(fake.made) == 1
    assert fake.made[0].captures == [ALL]
    given: list[object] = [prepared.take(RING), prepared.take(RING)]
    assert given == fake.made
    assert [each.closed for each in fake.made] == [0, 0]
    prepared.drop()
    assert [each.closed for each in fake.made] == [0, 0]


def test_one_of_another_size_is_let_go(fake: type[Fake]) -> None:
    prepared = Prepared()
    assert prepared.unusable(RING) is None
    assert prepared.take(2 * RING).size == 2 * RING
    assert [(each.size, each.closed) for each in fake.made] == [(RING, 1), (2 * RING, 0)]


def test_nobody_came_for_them(fake: type[Fake], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "KEPT_FOR", 0.01)
    prepared = Prepared()
    assert prepared.unusable(RING) is None
    until(lambda: fake.made[0].closed, "them to be let go of")
    assert prepared.unusable(RING) is None
    assert len(fake.made) == 2
    until(lambda: fake.made[1].closed, "them to be let go of")


def test_who_was_taken_is_not_let_go_of_later(fake: type[Fake], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "KEPT_FOR", 60.0)
    prepared = Prepared()
    assert prepared.unusable(RING) is None
    timer = prepared._timer
    assert timer is not None
    prepared.take(RING)
    until(lambda: not timer.is_alive(), "the timer's end")
    assert fake.made[0].closed == 0


def test_why_not_is_said_as_often_as_one_asks(fake: type[Fake], monkeypatch: pytest.MonkeyPatch) -> None:
    prepared = Prepared()
    monkeypatch.setattr(fake, "why", NO)
    assert prepared.unusable(RING) == prepared.unusable(RING) == NO
    # What is lacking says more.
    lacking = Missing(Reason.DENIED, "CAP_BPF", "run as root")
    monkeypatch.setattr(programs, "unsupported", lambda: lacking)
    assert prepared.unusable(RING) == lacking
    with pytest.raises(Unreadable):
        prepared.take(RING)
    monkeypatch.setattr(fake, "why", None)
    assert prepared.unusable(RING) is None
    prepared.drop()


def test_they_that_cannot_be_filled_are_not_kept(fake: type[Fake], monkeypatch: pytest.MonkeyPatch) -> None:
    prepared = Prepared()

    def refused(self: Fake, capture: Capture) -> None:
        raise Unreadable(NO)

    monkeypatch.setattr(fake, "settle", refused)
    assert prepared.unusable(RING) == NO
    assert prepared.unusable(RING) == NO
    assert [each.closed for each in fake.made] == [1, 1]


@given(st.integers(0, 1 << 30), st.integers(1, 4096))
def test_lanes_are_powers_of_two_and_not_too_many_bytes(room: int, processors: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(platform, "machine", lambda: "x86_64")
        size = lane_of(room, processors)
    assert size & size - 1 == 0
    if size:
        assert FEWEST <= size <= max(FEWEST, room // 2)
        assert size * processors <= max(room, programs.LEAST * processors)
    else:
        assert room < FEWEST


def test_without_an_object_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> bytes:
        assert name == "tracer"
        raise Unreadable(NO)

    monkeypatch.setattr(programs, "compiled", absent)
    monkeypatch.setattr(programs, "unsupported", lambda: None)
    assert Prepared().unusable(RING) == NO


@pytest.mark.parametrize(
    ("release", "ways"),
    [
        ("5.8.0", [0]),
        ("5.10.0-28-amd64", [0]),
        ("5.11.0", [1, 0]),
        ("6.1.0-13-arm64", [1, 0]),
        ("6.12-rc1", [3, 1, 0]),
        ("10.0.1", [3, 1, 0]),
    ],
)
@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_newer_kernels_may_do_it_the_older_way_too(machine: str, release: str, ways: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """The first refusal is what is said. 3: with lanes, only where processors keep the order of what they store."""
    tried: list[tuple[int, Collection[str]]] = []
    if machine == "aarch64":
        ways = [way for way in ways if way < 3]

    def refused(raw: bytes, *, constants: bytes, sizes: dict[str, int], without: Collection[str], values: dict[str, int]) -> Any:
        modern, _, mask = programs.HAS.unpack(constants)
        assert set(without) >= set(programs.BY_TID if modern else programs.STORAGE)
        assert not set(without) & set(programs.STORAGE if modern else programs.BY_TID)
        lane = lane_of(RING, 4) if mask else 0
        assert mask == max(0, lane - 1)
        assert sizes == {"ring": RING // programs.RARE if lane else RING, "lanes": 4}
        assert values == {"lanes": value_size(lane)}
        way = modern + 2 * bool(lane)
        tried.append((way, without))
        raise Unreadable(Missing(Reason.UNSUPPORTED, f"way {way}"))

    monkeypatch.setattr(programs, "Object", refused)
    monkeypatch.setattr(programs, "compiled", lambda name: b"")
    monkeypatch.setattr(platform, "release", lambda: release)
    monkeypatch.setattr(platform, "machine", lambda: machine)
    monkeypatch.setattr(programs, "of_processors", lambda: 4)
    with pytest.raises(Unreadable) as why:
        loaded(RING)
    assert list(dict.fromkeys(way for way, _ in tried)) == ways
    assert len(set(tried)) == len(tried)
    assert why.value.missing.detail == f"way {ways[0]}"
    monkeypatch.setattr(programs, "unsupported", lambda: None)
    assert Prepared().unusable(RING) == why.value.missing
