"""trace/bpf/rows.py: records as they came are what the same rows in columns are."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.model.batch import Batch, Birth, Kind
from explorer.trace.bpf import layout
from explorer.trace.bpf.rows import PLACES, Raw, birth, packed, with_losses
from explorer.trace.payload import call_of, pack
from tests.trace.bpf.records import Record, taken

NAMES = {3: b"/etc/hosts", 5: b"pipe:[77]", 9: b"/srv/\xff"}
IDENTITIES = st.sampled_from([3, 5, 9, 11])
NAMED = st.tuples(IDENTITIES, st.sampled_from([-100, 0, 7, 1023]), st.booleans())
U64 = st.integers(0, (1 << 64) - 1)
PIECES = st.tuples(U64, st.booleans(), st.binary(max_size=40))
RECORDS = st.builds(
    Record,
    kind=st.sampled_from([Kind.CALL] * 6 + [Kind.SIGNAL, Kind.STOPPED, Kind.STARTED, Kind.EXITED, Kind.SUPERSEDED]),
    number=st.integers(-1, 500),
    result=st.integers(-(1 << 63), (1 << 63) - 1),
    tid=st.integers(1, 1 << 22),
    pid=st.integers(1, 1 << 22),
    time=st.integers(0, 1 << 62),
    took=st.integers(-1, 1 << 62),
    arch=st.integers(0, 4),
    cpu=st.integers(0, 1000),
    string=st.integers(0, 4096),
    args=st.tuples(*[U64] * 6),
    names=st.lists(NAMED, max_size=4).map(tuple),
    behind=st.lists(NAMED, max_size=31).map(tuple),
    pieces=st.lists(PIECES, max_size=6).map(tuple),
    data=st.just(bytes(48)),
)


def raw(*records: Record) -> Raw:
    got = taken(*records)
    return Raw(got.raw, got.offsets, bytes(record.kind for record in records), NAMES)


def payload(record: Record) -> bytes:
    """What stands in a batch of columns."""
    if record.kind == Kind.SIGNAL:
        return (record.raw()[layout.HEAD.size :] + bytes(48))[:48] + bytes(80)
    if record.kind != Kind.CALL:
        return b""
    names = [(fd, made, NAMES[identity]) for identity, fd, made in (*record.names, *record.behind) if identity in NAMES]
    return pack(record.args, names, record.pieces, record.string)


def number(record: Record) -> int:
    if record.kind != Kind.STARTED:
        return record.number
    return birth(record.raw(), 0, record.number)


def eager(*records: Record) -> Batch:
    batch = Batch()
    for each in records:
        batch.add(
            each.kind, each.tid, each.pid, each.time, number(each), each.result, each.took, payload(each), each.arch, each.cpu
        )  # fmt: skip
    return batch


def same(one: Batch, other: Batch) -> None:
    """All columns and payloads."""
    assert len(one) == len(other)
    assert one.kinds == other.kinds
    assert [one.payload(row) for row in range(len(one))] == [other.payload(row) for row in range(len(other))]
    for name in PLACES:
        assert getattr(one, name) == getattr(other, name), name


@given(st.lists(RECORDS, max_size=8))
def test_columns_made_when_asked_for_are_those_made_at_once(records: list[Record]) -> None:
    same(raw(*records), eager(*records))
    lazy = raw(*records)
    assert (lazy.blob, lazy.ends) == (eager(*records).blob, eager(*records).ends)
    same(lazy, eager(*records))


@given(st.lists(RECORDS, max_size=6), st.lists(RECORDS, max_size=6), st.booleans(), st.booleans())
def test_more_rows_behind_them(first: list[Record], more: list[Record], looked: bool, plain: bool) -> None:
    one, wanted = raw(*first), eager(*first)
    if looked:
        assert list(one.times) == list(wanted.times)
    one.extend(eager(*more) if plain else raw(*more))
    wanted.extend(eager(*more))
    same(one, wanted)
    for batch in (one, wanted):
        batch.add(Kind.NOTICE, 1, 2, 3, payload=b"words")
    same(one, wanted)
    assert one.size > 0


def test_what_is_no_column_is_no_attribute() -> None:
    with pytest.raises(AttributeError):
        _ = raw(Record()).nothing


def test_looked_at_while_another_thread_adds() -> None:
    whole = raw(*[Record(time=at) for at in range(50)])
    over = threading.Event()
    wrong: list[str] = []

    def look() -> None:
        while not over.is_set():
            rows = len(whole.kinds)
            try:
                if len(whole.times) < min(rows, 50) or whole.payload(0)[:8] != bytes(8):
                    wrong.append("fewer rows than were there")
            except (IndexError, AttributeError) as error:
                wrong.append(repr(error))

    thread = threading.Thread(target=look)
    thread.start()
    for turn in range(200):
        if turn == 150:
            whole.add(Kind.NOTICE, 0, 0, 0)
        whole.extend(raw(Record(), Record(kind=Kind.EXITED)))
    over.set()
    thread.join()
    assert wrong == []
    assert len(whole) == 451


@given(st.lists(st.integers(0, 3), min_size=1, max_size=12))
def test_losses_are_told_where_they_are(lost: list[int]) -> None:
    total, records = 0, []
    for at, more in enumerate(lost):
        total += more
        records.append(Record(time=at, lost=total))
    batch, told = with_losses(raw(*records), 0)
    assert told == total
    rows = list(zip(batch.kinds, batch.results, batch.times, strict=True))
    wanted = []
    for at, more in enumerate(lost):
        wanted += [(Kind.LOST, more, at)] if more else []
        wanted.append((Kind.CALL, 0, at))
    assert rows == wanted


def test_losses_are_counted_beyond_32_bits_and_out_of_order() -> None:
    batch, told = with_losses(raw(Record(lost=5), Record(lost=3), Record(lost=6)), (1 << 32) + 2)
    assert told == (1 << 32) + 6
    assert [result for kind, result in zip(batch.kinds, batch.results, strict=True) if kind == Kind.LOST] == [3, 1]
    whole = raw(Record(lost=7))
    assert with_losses(whole, (1 << 32) + 7) == (whole, (1 << 32) + 7)
    assert with_losses(whole, (1 << 32) + 7)[0] is whole


@pytest.mark.parametrize(
    ("number", "arch", "bits", "wanted"),
    [
        (57, 0, 17, Birth.FORK), (58, 0, 17, Birth.VFORK), (56, 0, 17, Birth.FORK), (56, 0, 0x4111, Birth.VFORK), (56, 0, 0, Birth.CLONE),
        (435, 0, 17, Birth.FORK), (435, 0, 0x4011, Birth.VFORK), (435, 0, 10, Birth.CLONE), (190, 1, 17, Birth.VFORK),
        (2, 1, 17, Birth.FORK), (220, 3, 17, Birth.FORK), (220, 3, 0x4111, Birth.VFORK), (0, 0, 17, Birth.FORK),
    ],
)  # fmt: skip
def test_births(number: int, arch: int, bits: int, wanted: Birth) -> None:
    record = Record(Kind.STARTED, args=(number, arch, bits, 0, 0, 0))
    assert birth(record.raw(), 0, 0) == wanted
    assert birth(record.raw(), 0, 1) == Birth.THREAD
    assert raw(record).numbers[0] == wanted


def test_a_call_of_a_record() -> None:
    record = Record(
        number=0, result=3, args=(7, 0x1000, 3, 0, 0, 0), names=((3, 7, False),), behind=((5, 8, True),), pieces=((0x1000, True, b"abc"),)
    )
    call = call_of(0, 0, 3, packed(record.raw(), 0, NAMES))
    assert (call.fds, call.opened) == ({7: "/etc/hosts"}, {8: "pipe:[77]"})
    assert call.memory.read(0x1000, 9) == b"abc"
    assert call.string == 32
