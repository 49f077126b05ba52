"""trace/bpf/table.py: what the decoder says of each call is what the programs are told."""

from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.decode.syscall import numbers
from explorer.decode.syscall.reach import BY_RESULT, ONE, Reach, Span, reach
from explorer.trace.access.plan import BOTH, READ, WRITTEN, told
from explorer.trace.bpf import layout, table
from explorer.trace.bpf.programs import TABLES
from explorer.trace.bpf.table import DEEP, rows

ARCHES: Final = ("x86_64", "i386", "aarch64", "arm")
FOLDS: Final = {"socketcall", "ipc"}


class Taken(NamedTuple):
    """A row as the programs read it. spans: each with whether it is taken late."""

    on: int
    fds: tuple[int, ...]
    places: tuple[int, int, int]
    makes: int
    flags: int
    choosing: int
    mask: int
    spans: tuple[tuple[Span, bool], ...]


KINDS: Final = {number: kind for kind, number in table.KINDS.items()}
INSIDE: Final = {number: kind for kind, number in layout.INSIDE.items()}


def taken(raw: bytes) -> Taken:
    on, count, one, two, three, makes, flags, spans, choosing, mask = layout.ROW.unpack_from(raw)
    found = []
    for number in range(spans):
        place, kind, items, when, size, most, floor, head, fds, late, pad = layout.SPAN.unpack_from(
            raw, layout.ROW.size + number * layout.SPAN.size
        )
        assert pad == 0
        items = {layout.ONE: ONE, layout.BY_RESULT: BY_RESULT}.get(items, items)
        found.append((Span(place, KINDS[kind], size, items, most, floor, head, when, INSIDE[fds]), bool(late)))
    assert not any(raw[layout.ROW.size + spans * layout.SPAN.size :])
    return Taken(on, (one, two, three)[:count], (one, two, three), makes, flags, choosing, mask, tuple(found))


@cache
def whole(arch: str, verbose: bool = False) -> dict[tuple[int, int | None], Taken]:
    """All rows, by number and chosen value."""
    found = {}
    for row in rows(arch, False, None, verbose):
        assert len(row.raw) == layout.ROW_SIZE
        assert (row.number, row.chosen) not in found
        found[row.number, row.chosen] = taken(row.raw)
    return found


def of(name: str, arch: str = "x86_64", chosen: int | None = None) -> Taken:
    return whole(arch)[numbers.numbers(arch)[name], chosen]


def reaches(arch: str) -> Iterator[tuple[int, int | None, str, Reach]]:
    """Number, chosen value, name and reach of everything that there is."""
    for number in range(layout.CALLS):
        name, found = numbers.names(arch).get(number, ""), reach(number, arch)
        yield number, None, name, found
        for value, one in (found.chosen[2] if found.chosen else {}).items():
            yield number, value & 0xFFFFFFFF, name, one


@pytest.mark.parametrize("arch", ARCHES)
def test_each_number_and_each_value_has_a_row_and_no_other(arch: str) -> None:
    assert whole(arch).keys() == {(number, chosen) for number, chosen, _, _ in reaches(arch)}
    assert max(numbers.names(arch), default=0) < layout.CALLS - 1
    for (number, chosen), row in whole(arch).items():
        choice = reach(number, arch).chosen
        assert row.on == 1
        if chosen is None and choice is not None:
            assert (row.choosing, row.mask) == (choice[0], choice[1] & 0xFFFFFFFF)
        else:
            assert (row.choosing, row.mask) == (layout.NOBODY_CHOOSES, 0)


@pytest.mark.parametrize("native", TABLES)
def test_rows_by_value_of_a_machines_two_tables_have_room(native: str) -> None:
    assert sum(chosen is not None for arch in TABLES[native] for _, chosen in whole(arch)) <= layout.CHOSEN_ROWS


@pytest.mark.parametrize("arch", ARCHES)
def test_memory_that_decoding_reads_is_taken(arch: str) -> None:
    for number, chosen, name, found in reaches(arch):
        row = whole(arch)[number, chosen]
        said = [(span, False) for span in found.entry] + [(span, True) for span in found.exit]
        more = 0 if found.whole else 2 if name in table.EXECS else sum(map(len, DEEP.get(name, ())))
        assert len(row.spans) == len(said) + more <= layout.SPANS
        assert len(set(row.spans)) == len(row.spans), name
        if found.whole:
            assert list(row.spans) == [(span._replace(most=min(span.most, 0xFFFF)), late) for span, late in said], name
        else:
            deep = [entry for entry in row.spans if entry not in said]
            assert [entry for entry in row.spans if entry in said] == said
            assert bool(deep) == (name in DEEP or name in table.EXECS), name


@pytest.mark.parametrize("arch", ARCHES)
def test_no_size_is_larger_than_there_is_room_for(arch: str) -> None:
    for _, _, name, found in reaches(arch):
        for span in (*found.entry, *found.exit):
            assert max(span.size, span.floor, span.head) < 1 << 16, name
            assert span.place < numbers.REGISTERS


@pytest.mark.parametrize("arch", ARCHES)
def test_descriptors_are_where_the_decoder_has_them(arch: str) -> None:
    for number, chosen, name, found in reaches(arch):
        row = whole(arch)[number, chosen]
        assert set(row.fds) == set(found.fds[:3]), name
        assert len(row.fds) == len(found.fds)
        if name not in BOTH:
            assert row.fds == found.fds
        if isinstance(found.makes, tuple):
            assert len(found.fds) <= 2
            assert (row.makes, row.places[2]) == (layout.MAKES_PAIR, found.makes[1])
            assert any(late and span.place == found.makes[1] for span, late in row.spans)
        else:
            assert row.makes == (layout.MAKES_RESULT if found.makes else layout.MAKES_NOTHING)


def test_what_is_written_comes_before_what_is_read() -> None:
    assert of("sendfile").fds == (0, 1)
    assert of("splice").fds == (2, 0)
    assert of("copy_file_range", "aarch64").fds == (2, 0)
    assert of("tee").fds == (1, 0)
    assert of("openat").fds == (0,)
    assert of("pipe2").places[2] == 0
    assert of("socketpair").places[2] == 3


@pytest.mark.parametrize("arch", ARCHES)
def test_ways_of_data_and_calls_that_access_wants_as_rows(arch: str) -> None:
    for (number, _), row in whole(arch).items():
        name = numbers.names(arch).get(number, "")
        assert bool(row.flags & layout.NAMES_PATH) == (name in told()), name
        assert bool(row.flags & layout.READS) == (name in READ.split() or name in BOTH)
        assert bool(row.flags & layout.WRITES) == (name in WRITTEN.split() or name in BOTH)
        assert bool(row.flags & layout.RENAMES) == (name in {"connect", "bind", "listen"})
        assert bool(row.flags & layout.NO_RETURN) == (name in {"exit", "exit_group"})
        assert bool(row.flags & layout.EXECS) == (name in {"execve", "execveat"})


@pytest.mark.parametrize("arch", ARCHES)
def test_what_is_read_at_both_ends_is_kept_from_the_beginning(arch: str) -> None:
    """Where a call may write over what it was given: one register at both ends, a length beside its buffer."""
    for (number, chosen), row in whole(arch).items():
        before = {span.place for span, late in row.spans if not late and span.kind != "string"}
        after = {span.place for span, late in row.spans if late} | {
            span.items for span, late in row.spans if late and span.kind == "measured"
        }
        if before & after:
            assert row.flags & layout.KEEP_ENTRY, (numbers.names(arch).get(number), chosen)


@pytest.mark.parametrize(
    "name",
    [
        "execve",
        "execveat",
        "poll",
        "ppoll",
        "select",
        "pselect6",
        "nanosleep",
        "recvmsg",
        "recvmmsg",
        "clone3",
        "prlimit64",
        "setitimer",
        "splice",
    ],
)
def test_calls_that_overwrite_or_replace_their_memory_keep_it(name: str) -> None:
    assert of(name).flags & layout.KEEP_ENTRY
    assert any(not late for _, late in of(name).spans)


@pytest.mark.parametrize("name", ["openat", "write", "writev", "rename", "connect", "sendto"])
def test_calls_that_leave_their_memory_alone_are_looked_at_once(name: str) -> None:
    assert not of(name).flags & layout.KEEP_ENTRY


def test_structures_of_ioctl_are_kept_where_they_are_given() -> None:
    kept = {
        (chosen, bool(row.flags & layout.KEEP_ENTRY)) for (number, chosen), row in whole("x86_64").items() if number == 16 and row.spans
    }
    given = {chosen for (number, chosen), row in whole("x86_64").items() if number == 16 and any(not late for _, late in row.spans)}
    assert len(given) > 3
    assert kept == {(chosen, chosen in given) for chosen, _ in kept}


def test_descriptors_inside_of_memory_are_looked_for() -> None:
    assert {name for name in ("poll", "ppoll", "select", "sendmsg", "recvmsg", "read", "fcntl") if of(name).flags & layout.FDS_INSIDE} == {
        "poll", "ppoll", "select", "sendmsg", "recvmsg",
    }  # fmt: skip
    assert {span.fds for span, _ in of("poll").spans} >= {"pollfd"}


@pytest.mark.parametrize("arch", ARCHES)
@given(data=st.data())
def test_only_wanted_calls_have_rows(arch: str, data: st.DataObject) -> None:
    names = sorted(set(numbers.names(arch).values())) or ["read"]
    wanted = data.draw(st.frozensets(st.sampled_from([*names, "no_such_call"]), max_size=8))
    found = list(rows(arch, False, wanted, False))
    by_number = numbers.names(arch)
    assert {by_number[row.number] for row in found} == (wanted | FOLDS) & set(by_number.values())
    assert {(row.number, row.chosen): taken(row.raw) for row in found} == {
        key: row for key, row in whole(arch).items() if by_number.get(key[0]) in wanted | FOLDS
    }


def test_calls_without_a_name_are_taken_with_all_others_only() -> None:
    assert (500, None) in whole("x86_64")
    assert [row.number for row in rows("x86_64", False, frozenset({"getpid"}), False)] == [39]
    assert not list(rows("aarch64", False, frozenset(), False))


def test_which_table_a_row_belongs_to_is_said() -> None:
    assert {row.compat for row in rows("i386", True, frozenset({"read"}), False)} == {True}
    assert {row.compat for row in rows("x86_64", False, frozenset({"read"}), False)} == {False}


@pytest.mark.parametrize("arch", ["x86_64", "i386", "aarch64"])
def test_environment_of_execve_is_taken_where_it_is_shown(arch: str) -> None:
    for name, places in (("execve", (1, 2)), ("execveat", (2, 3))):
        number = numbers.numbers(arch)[name]
        short, long = whole(arch)[number, None], whole(arch, True)[number, None]
        assert [(span.place, span.kind) for span, _ in short.spans if span.kind != "string"] == [
            (places[0], "argv"),
            (places[1], "pointers"),
        ]
        assert [(span.place, span.kind) for span, _ in long.spans if span.kind != "string"] == [(places[0], "argv"), (places[1], "argv")]
        assert [span.kind for span, _ in short.spans].count("string") == 1
    others = {number for number, _ in whole(arch)} - {numbers.numbers(arch)[name] for name in table.EXECS}
    assert all(whole(arch)[key] == whole(arch, True)[key] for key in whole(arch) if key[0] in others)


SPANS: Final = st.builds(
    Span,
    st.integers(0, 5),
    st.sampled_from(sorted(table.KINDS)),
    st.integers(0, 1 << 20),
    st.one_of(st.integers(0, 5), st.sampled_from([ONE, BY_RESULT])),
    st.integers(0, 1 << 20),
    st.integers(0, 1 << 20),
    st.integers(0, 1 << 20),
    st.integers(0, 2),
    st.sampled_from(sorted(layout.INSIDE)),
)


@given(st.lists(SPANS, max_size=8), st.lists(SPANS, max_size=8), st.lists(st.integers(0, 5), max_size=5))
def test_any_reach_makes_a_row(entry: list[Span], end: list[Span], fds: list[int]) -> None:
    raw = table.row("", Reach(tuple(fds), "result", tuple(entry), tuple(end)), False)
    assert len(raw) == layout.ROW_SIZE
    row = taken(raw)
    least = [
        span._replace(**{name: min(getattr(span, name), 0xFFFF) for name in ("size", "most", "floor", "head")}) for span in entry + end
    ]
    assert [span for span, _ in row.spans] == least[: layout.SPANS]
    assert [late for _, late in row.spans] == ([False] * len(entry) + [True] * len(end))[: layout.SPANS]
    assert row.fds == tuple(fds[:3])
