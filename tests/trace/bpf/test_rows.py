"""trace/bpf/rows.py: records of the programs are the batch that another engine would have made."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from struct import pack as packed_words
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.decode.syscall import numbers
from explorer.kernel.bpf.lanes import Part
from explorer.model.batch import ARCHES, ROW, UNFINISHED_END, UNKNOWN, Batch, Birth, Kind
from explorer.model.event import Started
from explorer.model.tally import Tally, TallyKey
from explorer.model.use import Use, UseKey
from explorer.trace.bpf import layout
from explorer.trace.bpf import rows as module
from explorer.trace.bpf.rows import PLACES, Names, Raw, packed, with_losses
from explorer.trace.decoded import event_of
from explorer.trace.log import Log
from explorer.trace.payload import Name, Piece, call_of, pack

COLUMNS: Final = ("kinds", *PLACES)
NAMES: Final = {1: b"/etc/passwd", 2: b"socket:[7]", 3: b"/\xff not text\n", 4: b"", 5: b"/" + b"x" * 4000}
UNKNOWN_NAME: Final = 99
CLONE_VM, CLONE_VFORK, CLONE_THREAD = 0x100, 0x4000, 0x10000


@dataclass(frozen=True)
class Record:
    """What a program puts into the ring. ahead, behind: (identity, descriptor, made by the call) before and after the pieces."""

    kind: int = Kind.CALL
    tid: int = 7
    pid: int = 7
    time: int = 0
    took: int = 0
    result: int = 0
    number: int = 0
    lost: int = 0
    arch: int = 0
    cpu: int = 0
    args: tuple[int, ...] = (0,) * 6
    string: int = 32
    ahead: tuple[tuple[int, int, bool], ...] = ()
    behind: tuple[tuple[int, int, bool], ...] = ()
    pieces: tuple[Piece, ...] = ()
    more: bytes = b""

    @property
    def raw(self) -> bytes:
        """As it lies there: a multiple of 8 bytes."""
        head = layout.HEAD.pack(
            self.time & (1 << 64) - 1, self.took & (1 << 64) - 1, self.result, self.tid, self.pid, self.number, self.lost, self.kind,
            self.arch, self.cpu, len(self.ahead) + 8 * len(self.behind), len(self.pieces), self.string, *self.args,
        )  # fmt: skip
        parts = [head, self.more, *(layout.NAME.pack(*name) for name in self.ahead)]
        for address, late, raw in self.pieces:
            parts += (layout.PIECE.pack(address, len(raw), late), raw, bytes(-len(raw) % 8))
        parts += [layout.NAME.pack(*name) for name in self.behind]
        whole = b"".join(parts)
        return whole + bytes(-len(whole) % 8)

    @property
    def payload(self) -> bytes:
        """As any engine has it."""
        if self.kind == Kind.SIGNAL:
            return self.more + bytes(80)
        if self.kind not in {Kind.CALL, Kind.PENDING}:
            return b""
        names: list[Name] = [(fd, made, NAMES[identity]) for identity, fd, made in (*self.ahead, *self.behind) if identity in NAMES]
        return pack(self.args, names, self.pieces, self.string)

    def into(self, batch: Batch, number: int | None = None) -> None:
        """As a row of another engine's. number: of one that tells a birth."""
        batch.add(
            self.kind, self.tid, self.pid, self.time, self.number if number is None else number, self.result, self.took, self.payload,
            self.arch, self.cpu,
        )  # fmt: skip


def ring(records: Sequence[Record]) -> tuple[bytes, list[int]]:
    """As Ring.take gives them."""
    raw, offsets = b"", []
    for record in records:
        raw += packed_words("<II", len(record.raw), 0)
        offsets.append(len(raw))
        raw += record.raw
    return raw, offsets


def raw_of(records: Sequence[Record], names: Names = NAMES) -> Raw:
    return Raw([part(records)], bytes(record.kind for record in records), names)


def part(records: Sequence[Record], origin: int = 0) -> Part:
    """As Ring.take gives them, or Lanes.take, from a lane's middle."""
    raw, offsets = ring(records)
    return Part(raw, origin, [origin + offset for offset in offsets])


def batch_of(records: Sequence[Record]) -> Batch:
    batch = Batch()
    for record in records:
        record.into(batch)
    return batch


def rows(batch: Batch) -> list[tuple[object, ...]]:
    """All that a batch says of each row."""
    columns = [list(getattr(batch, name)) for name in COLUMNS]
    payloads = [batch.payload(row) for row in range(len(batch))]
    return list(zip(*columns, payloads, strict=True))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 50), st.integers(-1, 50)), max_size=30), st.integers(0, 3))
def test_parts_of_a_look_are_in_the_order_of_their_ends(calls: list[tuple[int, int, int]], joined: int) -> None:
    """Of one part as they were made, whatever their times say; of several looks one after the other."""
    looks = [Raw([], b"", NAMES) for _ in range(joined + 1)]
    tids: list[int] = []
    for number in range(joined + 1):
        parts = []
        for lane in range(4):
            records = [
                Record(tid=lane, pid=row, time=time, took=took)
                for row, (of, time, took) in enumerate(calls)
                if of == lane and row % (joined + 1) == number
            ]
            if records:
                parts.append(part(records, 8 * lane))
        looks[number] = Raw(parts, None, NAMES)
        ends: list[tuple[int, int]] = []
        for each in parts:
            last = -1
            for at in each.places:
                time, took = layout.HEAD.unpack_from(each.raw, at - each.origin)[:2]
                last = max(last, time + (-1 if took >> 63 else took))
                ends.append((last, layout.HEAD.unpack_from(each.raw, at - each.origin)[4]))
        tids += [row for _, row in sorted(ends, key=lambda end: end[0])]
    whole = looks[0]
    for more in looks[1:]:
        _ = list(whole.times)
        whole.extend(more)
    assert list(whole.pids) == tids
    for tid in range(5):
        its = [row for row in whole.pids if calls[row][0] == tid]
        assert whole.touches({tid: its[0] if its else -7}) == bool(its)


I64: Final = st.integers(-(1 << 63), (1 << 63) - 1)
U64: Final = st.integers(0, (1 << 64) - 1)
I32: Final = st.integers(-(1 << 31), (1 << 31) - 1)
IDENTITIES: Final = st.sampled_from([*NAMES, UNKNOWN_NAME])
DESCRIPTORS: Final = st.tuples(IDENTITIES, I32, st.booleans())
PIECES: Final = st.lists(st.tuples(U64, st.booleans(), st.binary(max_size=20)), max_size=3).map(tuple)
RECORDS: Final = st.builds(
    Record,
    kind=st.sampled_from([Kind.CALL, Kind.CALL, Kind.PENDING, Kind.EXITED, Kind.STOPPED, Kind.SUPERSEDED]),
    tid=st.integers(0, (1 << 31) - 1),
    pid=st.integers(0, (1 << 31) - 1),
    time=I64,
    took=I64,
    result=I64,
    number=I32,
    arch=st.integers(0, len(ARCHES) - 1),
    cpu=st.integers(0, (1 << 15) - 1),
    args=st.tuples(*[U64] * 6),
    string=st.integers(0, 0xFFFF),
    ahead=st.lists(DESCRIPTORS, max_size=3).map(tuple),
    behind=st.lists(DESCRIPTORS, max_size=3).map(tuple),
    pieces=PIECES,
)
SIGNALS: Final = st.builds(Record, kind=st.just(Kind.SIGNAL), number=st.integers(1, 64), more=st.binary(min_size=48, max_size=48))
LISTS: Final = st.lists(st.one_of(RECORDS, SIGNALS), max_size=4)


@given(LISTS)
def test_records_are_rows(records: list[Record]) -> None:
    made, expected = raw_of(records), batch_of(records)
    assert len(made) == len(expected)
    assert rows(made) == rows(expected)
    assert (made.ends, made.blob) == (expected.ends, expected.blob)
    assert rows(made) == rows(expected)
    assert {name: type(getattr(made, name)) for name in COLUMNS} == {name: type(getattr(expected, name)) for name in COLUMNS}
    assert [getattr(made, name).typecode for name in PLACES if name != "arches"] == [
        getattr(expected, name).typecode for name in PLACES if name != "arches"
    ]


@given(LISTS, st.permutations([*COLUMNS, "ends", "blob"]))
def test_in_whatever_order_columns_are_looked_at(records: list[Record], order: list[str]) -> None:
    made, expected = raw_of(records), batch_of(records)
    for name in order:
        assert getattr(made, name) == getattr(expected, name)
    assert made.records is None


@given(RECORDS.filter(lambda record: record.kind in {Kind.CALL, Kind.PENDING}))
def test_a_call_comes_out_as_it_went_in(record: Record) -> None:
    call = call_of(record.number, record.arch, record.result, raw_of([record]).payload(0))
    assert (call.number, call.args, call.arch, call.string) == (record.number, record.args, ARCHES[record.arch], record.string)
    assert call.result == (None if record.result == UNFINISHED_END else record.result)
    told = [(fd, made, NAMES[identity]) for identity, fd, made in record.ahead + record.behind if identity in NAMES]
    assert call.fds == {fd: name.decode("utf-8", "surrogateescape") for fd, made, name in told if not made}
    assert call.opened == {fd: name.decode("utf-8", "surrogateescape") for fd, made, name in told if made}


def test_memory_at_both_ends() -> None:
    pieces = ((0x1000, False, b"before\0"), (0x1000, True, b"after.\0"), (0x2000, True, b""))
    call = call_of(0, 0, 0, raw_of([Record(pieces=pieces, ahead=((1, 3, False),), behind=((2, 4, True),))]).payload(0))
    assert call.entry is not None
    assert (call.entry.read(0x1000, 7), call.memory.read(0x1000, 7)) == (b"before\0", b"after.\0")
    assert (call.fds, call.opened) == ({3: "/etc/passwd"}, {4: "socket:[7]"})


@given(st.lists(LISTS, min_size=1, max_size=4), st.data())
def test_together_they_are_what_they_were_alone(lists: list[list[Record]], data: st.DataObject) -> None:
    """Any of both kinds behind any, looked at or not, with another's names or not."""
    makers: dict[str, Callable[[list[Record]], Batch]] = {
        "raw": raw_of,
        "other names": lambda some: raw_of(some, dict(NAMES)),
        "batch": batch_of,
    }
    looks: dict[str, Callable[[Batch], object]] = {
        "no": len,
        "column": lambda batch: batch.times,
        "payload": lambda batch: [batch.payload(row) for row in range(len(batch))],
        "packed": lambda batch: batch.ends,
    }
    whole: Batch | None = None
    so_far: list[Record] = []
    for records in lists:
        made = makers[data.draw(st.sampled_from(sorted(makers)))](records)
        looks[data.draw(st.sampled_from(sorted(looks)))](made)
        if whole is None:
            whole = made
        else:
            before = whole.size
            added = made.size
            whole.extend(made)
            assert not isinstance(whole, Raw) or whole.size == before + added
        so_far += records
        looks[data.draw(st.sampled_from(sorted(looks)))](whole)
        if data.draw(st.booleans()):
            one = Record(time=5, number=39)
            one.into(whole)
            so_far.append(one)
    assert whole is not None
    assert rows(whole) == rows(batch_of(so_far))


def test_records_stay_records_where_all_are() -> None:
    made = raw_of([Record(time=1)])
    made.extend(raw_of([Record(time=2)]))
    assert (list(made.times), as_records(made)) == ([1, 2], True)
    made.extend(batch_of([Record(time=3)]))
    assert (list(made.times), as_records(made)) == ([1, 2, 3], False)


def as_records(batch: Raw) -> bool:
    return batch.records is not None


def test_names_that_were_told_anew_are_not_mixed_up() -> None:
    """After too many of them a new table begins; an identity may be another file there."""
    first = raw_of([Record(ahead=((1, 3, False),))], {1: b"/old"})
    first.extend(raw_of([Record(ahead=((1, 3, False),)), Record(ahead=((2, 3, False),))], {1: b"/new", 2: b"/other"}))
    assert [call_of(0, 0, 0, first.payload(row)).fds[3] for row in range(3)] == ["/old", "/new", "/other"]


def test_a_name_that_comes_later_is_there_as_long_as_nobody_looked() -> None:
    names: dict[int, bytes] = {}
    made = raw_of([Record(ahead=((1, 3, False),))], names)
    assert call_of(0, 0, 0, made.payload(0)).fds == {}
    names[1] = b"/etc/passwd"
    assert call_of(0, 0, 0, made.payload(0)).fds == {3: "/etc/passwd"}


def test_what_was_counted_is_the_latest() -> None:
    tallies = {TallyKey(7, 7, 0, 0): Tally(1)}
    uses = {UseKey(7, b"/x"): Use(1)}
    for other in (raw_of([Record()]), batch_of([Record()])):
        made = raw_of([Record()])
        other.tallies, other.uses = tallies, uses
        made.extend(other)
        assert (made.tallies, made.uses) == (tallies, uses)
        made.extend(raw_of([Record()]))
        assert (made.tallies, made.uses) == (tallies, uses)


@given(LISTS)
def test_its_size_stays_whatever_is_looked_at(records: list[Record]) -> None:
    made = raw_of(records)
    size = made.size
    assert size >= sum(len(record.raw) for record in records)
    for name in (*COLUMNS, "ends", "blob"):
        getattr(made, name)
        assert made.size == size
    made.add(Kind.CALL, 1, 1, 1, payload=b"12345")
    assert made.size == size + ROW + 5


@given(st.lists(st.tuples(st.booleans(), LISTS), max_size=6))
def test_a_log_of_both_kinds_knows_its_size(lists: list[tuple[bool, list[Record]]]) -> None:
    log = Log()
    for as_raw, records in lists:
        log.append(raw_of(records) if as_raw else batch_of(records))
        assert log.size == sum(chunk.rows.size for chunk in log.chunks)


def test_an_attribute_that_no_batch_has_is_refused() -> None:
    with pytest.raises(AttributeError):
        raw_of([]).nonsense  # noqa: B018


@pytest.mark.parametrize("arch", ARCHES)
@pytest.mark.parametrize("more", [0, CLONE_VM, CLONE_VM | CLONE_VFORK])
def test_how_a_process_was_born(arch: str, more: int) -> None:
    """By the call that its parent was in; number is that of the record: whether it is a thread."""
    place = ARCHES.index(arch)
    # The kernel has no table of ours for 32-bit arm; its numbers are those of i386.
    table = numbers.numbers({"x32": "x86_64", "arm": "i386"}.get(arch, arch))
    bit = numbers.X32_BIT if arch == "x32" else 0

    def born(call: str, signal: int = 17, flags: int = more, thread: bool = False) -> int:
        args = (table[call] | bit, place, flags | signal, 0, 0, 0)
        return raw_of([Record(Kind.STARTED, result=8, number=thread, args=args)]).numbers[0]

    by_flags = Birth.VFORK if more & CLONE_VFORK else Birth.FORK
    assert born("clone") == born("clone3") == by_flags
    assert born("clone", 0) == born("clone3", 10) == (Birth.VFORK if more & CLONE_VFORK else Birth.CLONE)
    assert born("clone", 0, CLONE_THREAD, thread=True) == Birth.THREAD
    if "fork" in table:
        # Their registers say nothing.
        assert born("fork") == Birth.FORK
        assert born("vfork") == Birth.VFORK


def test_a_birth_by_an_unknown_call() -> None:
    assert raw_of([Record(Kind.STARTED, args=(0, 0, 17, 0, 0, 0))]).numbers[0] == Birth.FORK


@given(st.lists(st.sampled_from(["row", "birth", "thread"]), max_size=6), st.booleans())
def test_births_among_others(what: list[str], look_first: bool) -> None:
    kinds = {
        "row": Record(number=3),
        "birth": Record(Kind.STARTED, result=8, args=(57, 0, 17, 0, 0, 0)),
        "thread": Record(Kind.STARTED, result=8, number=1),
    }
    numbers_of = {"row": 3, "birth": int(Birth.FORK), "thread": int(Birth.THREAD)}
    made = raw_of([kinds[each] for each in what])
    if look_first:
        assert len(made.ends) == len(what)
    assert list(made.numbers) == [numbers_of[each] for each in what]
    assert [made.payload(row) for row, each in enumerate(what) if each != "row"] == [b""] * sum(each != "row" for each in what)
    for row, each in enumerate(what):
        if each != "row":
            event = event_of(made, row, 0, call_of).what
            assert isinstance(event, Started)


def test_a_signals_information_is_of_the_kernels_size() -> None:
    siginfo = packed_words("<iiiiii", 15, 0, 0, 0, 4711, 1000).ljust(48, b"\x01")
    made = raw_of([Record(Kind.SIGNAL, number=15, more=siginfo)])
    assert made.payload(0) == siginfo + bytes(80)
    assert len(made.payload(0)) == 128


def test_more_names_and_pieces_than_most_are_left_away_and_the_rest_is_whole() -> None:
    most = Record(
        ahead=((1, 3, False),) * 7, behind=((2, 4, True),) * 31, pieces=tuple((0x1000 * n, n % 2 == 1, bytes([n]) * 5) for n in range(255))
    )
    payload = packed(*at(most), NAMES)
    assert payload == most.payload
    assert call_of(0, 0, 0, payload).opened == {4: "socket:[7]"}


def at(record: Record) -> tuple[bytes, int]:
    raw, offsets = ring([record])
    return raw, offsets[0]


@given(RECORDS, st.integers(0, 400), st.binary(max_size=400))
def test_numbers_that_a_stranger_chose_change_only_what_is_said(record: Record, cut: int, noise: bytes) -> None:
    """Registers, results, addresses, descriptors, and bytes of memory are a stranger's: any of them is a row."""
    made = raw_of([replace(record, pieces=((record.args[0], True, noise), (record.args[1], False, noise[:cut])))])
    assert call_of(made.numbers[0], made.arches[0], made.results[0], made.payload(0)).arch == ARCHES[record.arch]
    assert len(made.ends) == 1


# Lost ones.


@dataclass
class Stream:
    """Records, and what they say of losses. before: lost before the first one."""

    before: int
    gaps: list[int]
    records: list[Record] = field(default_factory=list)

    def __post_init__(self) -> None:
        lost = self.before
        for number, gap in enumerate(self.gaps):
            lost += gap
            self.records.append(Record(time=number, number=number, lost=lost & 0xFFFFFFFF, ahead=((1, 3, False),)))


STREAMS: Final = st.builds(
    Stream,
    st.one_of(st.integers(0, 5), st.integers((1 << 32) - 5, (1 << 32) + 5), st.integers(0, 1 << 40)),
    # Of half of what 32 bits count it could not be said which way they went.
    st.lists(st.one_of(st.just(0), st.integers(0, 5), st.just((1 << 29) - 1)), min_size=1, max_size=7),
)


@given(STREAMS)
def test_losses_are_in_their_place_and_none_is_forgotten(stream: Stream) -> None:
    whole, lost = with_losses(raw_of(stream.records), stream.before)
    assert lost == stream.before + sum(stream.gaps)
    expected: list[tuple[int, int]] = []
    for number, gap in enumerate(stream.gaps):
        expected += [(Kind.LOST, gap)] * bool(gap) + [(Kind.CALL, number)]
    found = [(kind, whole.results[row] if kind == Kind.LOST else whole.numbers[row]) for row, kind in enumerate(whole.kinds)]
    assert found == expected
    losses = [row for row, kind in enumerate(whole.kinds) if kind == Kind.LOST]
    assert all((whole.tids[row], whole.pids[row], whole.tooks[row], whole.payload(row)) == (0, 0, UNKNOWN, b"") for row in losses)
    assert list(whole.times) == sorted(whole.times)
    assert [whole.payload(row) for row, kind in enumerate(whole.kinds) if kind == Kind.CALL] == [
        record.payload for record in stream.records
    ]


@given(STREAMS, st.integers(1, 8))
def test_losses_between_batches(stream: Stream, step: int) -> None:
    lost, shown = stream.before, 0
    for start in range(0, len(stream.records), step):
        whole, lost = with_losses(raw_of(stream.records[start : start + step]), lost)
        shown += sum(whole.results[row] for row, kind in enumerate(whole.kinds) if kind == Kind.LOST)
    assert shown == sum(stream.gaps) == lost - stream.before


def test_where_nothing_was_lost_records_stay_as_they_are() -> None:
    made = raw_of([Record(lost=5), Record(lost=5)])
    assert with_losses(made, 5) == (made, 5)
    assert with_losses(made, (1 << 32) + 5) == (made, (1 << 32) + 5)
    empty = raw_of([])
    assert with_losses(empty, 3) == (empty, 3)
    looked = raw_of([Record(lost=5)])
    assert len(looked.ends) == 1
    assert with_losses(looked, 3) == (looked, 3)


def test_two_processors_in_another_order_than_they_counted() -> None:
    whole, lost = with_losses(raw_of([Record(lost=2), Record(lost=1), Record(lost=3)]), 0)
    assert lost == 3
    assert [(kind, result) for kind, result in zip(whole.kinds, whole.results, strict=True) if kind == Kind.LOST] == [
        (Kind.LOST, 2),
        (Kind.LOST, 1),
    ]


# While another thread adds.


@pytest.mark.parametrize("packs", [False, True], ids=["records", "payloads"])
def test_one_looks_while_another_adds(packs: bool) -> None:
    """What is there when one looks is there, and the same, whatever comes meanwhile."""
    step = [Record(Kind.STARTED, time=1, tid=4, args=(57, 0, 17, 0, 0, 0)), Record(time=2, number=3, tid=5, ahead=((1, 3, False),))]
    payloads = [record.payload for record in step]
    made = raw_of(step)
    wrong: list[object] = []
    begun, over = threading.Event(), threading.Event()
    there = len(made)

    def look() -> None:
        rounds = 0
        try:
            while not over.is_set() or not rounds:
                count = there
                if packs and rounds % 3 == 2:
                    assert len(made.ends) >= 2
                assert list(made.times[:count]) == [1, 2] * (count // 2)
                assert list(made.tids[:count]) == [4, 5] * (count // 2)
                assert list(made.numbers[:2]) == [Birth.FORK, 3]
                assert [made.payload(row) for row in (0, 1, count - 1)] == [*payloads, payloads[1]]
                rounds += 1
                begun.set()
        except BaseException as error:  # noqa: BLE001
            wrong.append(error)
        finally:
            begun.set()

    lookers = [threading.Thread(target=look) for _ in range(2)]
    for looker in lookers:
        looker.start()
    assert begun.wait(20)
    for _ in range(150):
        made.extend(raw_of(step))
        there += len(step)
    over.set()
    for looker in lookers:
        looker.join(20)
    assert wrong == []
    assert rows(made) == rows(_births(step)) * 151


def test_a_column_that_is_looked_at_for_the_first_time_while_rows_are_added(monkeypatch: pytest.MonkeyPatch) -> None:
    made = raw_of([Record(time=1, tid=4)])
    assert list(made.times) == [1]
    column_of = module.column_of

    def looked(*args: Any) -> Any:
        monkeypatch.setattr(module, "column_of", column_of)
        assert list(made.tids) == [4]
        return column_of(*args)

    monkeypatch.setattr(module, "column_of", looked)
    made.extend(raw_of([Record(time=2, tid=5)]))
    assert (list(made.times), list(made.tids)) == ([1, 2], [4, 5])


def _births(step: list[Record]) -> Batch:
    batch = Batch()
    for record in step:
        record.into(batch, Birth.FORK if record.kind == Kind.STARTED else None)
    return batch
