"""trace/bpf/counts.py: what the programs counted, from memory that lies as theirs does."""

from collections.abc import Iterator, Mapping
from typing import Final, cast

from hypothesis import given
from hypothesis import strategies as st

from explorer.kernel.bpf.object import Object
from explorer.model.tally import BUCKETS, Tallies, Tally, TallyKey
from explorer.model.use import Use, UseKey
from explorer.trace.bpf import counts, layout

U64: Final = st.integers(0, (1 << 64) - 1)


class Maps:
    """An Object's maps, as dictionaries of bytes."""

    def __init__(self, errors: Mapping[tuple[int, int, int], int] = {}, uses: Mapping[tuple[int, int], tuple[int, ...]] = {}) -> None:
        self.tables = {
            "errors": {
                layout.ERROR_KEY.pack(identity, pid, error): counts.COUNT.pack(count) for (identity, pid, error), count in errors.items()
            },
            "uses": {layout.USE_KEY.pack(pid, 0, identity): layout.USE.pack(*use) for (pid, identity), use in uses.items()},
        }

    def items(self, name: str, key_size: int, value_size: int) -> Iterator[tuple[bytes, bytes]]:
        for key, value in self.tables[name].items():
            assert (len(key), len(value)) == (key_size, value_size)
            yield key, value

    @property
    def object(self) -> Object:
        return cast(Object, self)


class Memory:
    """struct settings, bar what is of no matter here. given: tallies that the programs gave out."""

    def __init__(self, given: int = 0) -> None:
        self.raw = bytearray(layout.SIZE)
        self.given(given)

    def given(self, count: int) -> None:
        self.raw[layout.NEXT_TALLY : layout.NEXT_TALLY + 4] = count.to_bytes(4, "little")

    def tally(self, place: int, key: TallyKey, tally: Tally) -> None:
        at = layout.TALLIES_AT + place * layout.TALLY_SIZE
        failed = sum(tally.errors.values())
        layout.TALLY.pack_into(
            self.raw, at, key.pid, key.tid, key.number, key.arch, tally.count, failed, tally.total, tally.least, tally.most
        )
        counts.COUNTS.pack_into(self.raw, at + layout.TALLY.size, *tally.buckets)

    @property
    def view(self) -> memoryview:
        return memoryview(self.raw)


KEYS: Final = st.builds(
    TallyKey, st.integers(0, (1 << 31) - 1), st.integers(0, (1 << 31) - 1), st.integers(0, 4), st.integers(0, (1 << 31) - 1)
)
ERRORS: Final = st.dictionaries(st.integers(1, 4095), st.integers(1, 1 << 40), max_size=3)
TALLIES: Final = st.builds(
    Tally,
    st.integers(1, 1 << 40),
    ERRORS,
    U64,
    U64,
    U64,
    st.lists(st.integers(0, (1 << 32) - 1), min_size=BUCKETS, max_size=BUCKETS),
)
MEMORY: Final = Memory()


@given(st.dictionaries(KEYS, TALLIES, max_size=5))
def test_tallies_are_what_was_counted(expected: Tallies) -> None:
    MEMORY.given(len(expected))
    failed = {}
    for place, (key, tally) in enumerate(expected.items(), 1):
        MEMORY.tally(place, key, tally)
        failed.update({(place, 0, error): count for error, count in tally.errors.items()})
    assert counts.tallies(Maps(failed).object, MEMORY.view) == expected


def test_a_tally_that_was_given_out_but_not_used_yet_is_none() -> None:
    memory = Memory(2)
    memory.tally(2, TallyKey(7, 7, 0, 1), Tally(1))
    assert list(counts.tallies(Maps().object, memory.view)) == [TallyKey(7, 7, 0, 1)]


def test_those_behind_what_was_given_out_are_not_looked_at() -> None:
    memory = Memory(1)
    memory.tally(0, TallyKey(6, 6, 0, 1), Tally(1))
    memory.tally(1, TallyKey(7, 7, 0, 1), Tally(1))
    memory.tally(2, TallyKey(8, 8, 0, 1), Tally(1))
    assert list(counts.tallies(Maps().object, memory.view)) == [TallyKey(7, 7, 0, 1)]


def test_more_given_out_than_there_is_room_for() -> None:
    """The programs go on counting how many they wanted."""
    for wanted in (layout.TALLIES - 1, layout.TALLIES, layout.TALLIES + 5, 0xFFFFFFFF):
        memory = Memory(wanted)
        memory.tally(layout.TALLIES - 1, TallyKey(7, 7, 0, 1), Tally(1))
        assert list(counts.tallies(Maps().object, memory.view)) == [TallyKey(7, 7, 0, 1)]


def test_errors_belong_to_whom_they_happened() -> None:
    found = counts.errors(Maps({(1, 0, 2): 5, (1, 0, 13): 1, (2, 0, 2): 7, (0xFEDC, 9, 11): 3, (0xFEDC, 8, 11): 4}).object)
    assert found == {(1, 0): {2: 5, 13: 1}, (2, 0): {2: 7}, (0xFEDC, 9): {11: 3}, (0xFEDC, 8): {11: 4}}


def test_uses_have_names_and_errors() -> None:
    maps = Maps(
        {(11, 7, 5): 2, (11, 8, 5): 9, (12, 7, 32): 1}, {(7, 11): (1, 2, 3, 4, 5, 6, 7), (7, 12): (0, 0, 1, 0, 0, 9, 8), (8, 11): (1,) * 7}
    )
    assert counts.uses(maps.object, {11: b"/a", 12: b"/\xff"}) == {
        UseKey(7, b"/a"): Use(1, 2, 3, 4, 5, {5: 2}, 6, 7),
        UseKey(7, b"/\xff"): Use(0, 0, 1, 0, 0, {32: 1}, 9, 8),
        UseKey(8, b"/a"): Use(1, 1, 1, 1, 1, {5: 9}, 1, 1),
    }


def test_two_identities_of_one_name_are_one_row() -> None:
    maps = Maps({(11, 7, 5): 2, (12, 7, 5): 3, (12, 7, 9): 1}, {(7, 11): (1, 10, 2, 20, 3, 100, 50), (7, 12): (4, 40, 5, 50, 6, 200, 40)})
    assert counts.uses(maps.object, {11: b"/a", 12: b"/a"}) == {UseKey(7, b"/a"): Use(5, 50, 7, 70, 9, {5: 5, 9: 1}, 300, 50)}


def test_what_has_no_name_yet_waits_for_it() -> None:
    maps = Maps({}, {(7, 11): (1,) * 7})
    assert counts.uses(maps.object, {}) == {}
    assert counts.uses(maps.object, {11: b"/a"}) == {UseKey(7, b"/a"): Use(1, 1, 1, 1, 1, {}, 1, 1)}
