"""trace/bpf/table.py: every call of both architectures has a row, and what reach says of it is in there."""

import pytest

from explorer.decode.syscall import numbers
from explorer.decode.syscall.reach import ONE, reach
from explorer.trace.bpf import layout, table

ARCHES = (("x86_64", False), ("i386", True), ("aarch64", False), ("arm", True))


def spans(raw: bytes) -> list[tuple[int, ...]]:
    """place, kind, items, when, size, most, floor, head, fds, late, pad of each."""
    count = layout.ROW.unpack_from(raw)[7]
    return [layout.SPAN.unpack_from(raw, layout.ROW.size + at * layout.SPAN.size) for at in range(count)]


@pytest.mark.parametrize(("arch", "compat"), ARCHES)
def test_every_call_has_its_row(arch: str, compat: bool) -> None:
    found = list(table.rows(arch, compat, None, False))
    assert {row.number for row in found if row.chosen is None} == set(range(layout.CALLS))
    assert {row.compat for row in found} == {compat}
    assert {len(row.raw) for row in found} == {layout.ROW_SIZE}
    assert sum(row.chosen is not None for row in found) < layout.CHOSEN_ROWS / 2
    for row in found:
        head = layout.ROW.unpack_from(row.raw)
        assert head[0] == 1
        assert head[1] <= 3
        assert all(place < 6 for place in head[2:5])
        assert head[7] <= layout.SPANS
        assert (head[8] < 6) == (row.chosen is None and reach(row.number, arch).chosen is not None)


@pytest.mark.parametrize(("arch", "compat"), ARCHES)
def test_what_reach_says_is_in_it(arch: str, compat: bool) -> None:
    for row in table.rows(arch, compat, None, False):
        said = reach(row.number, arch)
        if row.chosen is not None:
            assert said.chosen is not None
            said = next(one for value, one in said.chosen[2].items() if value & 0xFFFFFFFF == row.chosen)
        head = layout.ROW.unpack_from(row.raw)
        name = numbers.names(arch).get(row.number, "")
        if not isinstance(said.makes, tuple):
            assert sorted(head[2 : 2 + head[1]]) == sorted(said.fds[:3]), name
            assert head[5] == (layout.MAKES_RESULT if said.makes == "result" else layout.MAKES_NOTHING)
        else:
            assert (head[5], head[4]) == (layout.MAKES_PAIR, said.makes[1])
        listed = spans(row.raw)
        wanted = [(one, late) for late, group in ((False, said.entry), (True, said.exit)) for one in group]
        if said.whole:
            assert len(listed) == len(wanted), name
        assert len(wanted) <= layout.SPANS, name
        for one, late in wanted:
            assert any(
                (place, kind, bool(is_late), when) == (one.place, table.KINDS[one.kind], late, one.when)
                and size == min(one.size, table.SCARCE)
                and (items == layout.ONE) == (one.items == ONE)
                for place, kind, items, when, size, _, _, _, _, is_late, _ in listed
            ), (name, one)


def test_what_a_call_overwrites_is_taken_when_it_begins() -> None:
    for name in ("execve", "poll", "select", "ppoll", "recvmsg", "prlimit64", "setitimer", "nanosleep", "clone3", "splice"):
        number = {name: number for number, name in numbers.names("x86_64").items()}[name]
        row = next(row for row in table.rows("x86_64", False, frozenset({name}), False) if row.number == number and row.chosen is None)
        assert layout.ROW.unpack_from(row.raw)[6] & layout.KEEP_ENTRY, name


def test_only_what_is_wanted_is_on() -> None:
    found = {row.number for row in table.rows("x86_64", False, frozenset({"read", "openat", "fcntl"}), False)}
    assert found == {0, 257, 72}
    found = {row.number for row in table.rows("i386", True, frozenset({"connect"}), False)}
    assert {numbers.names("i386")[number] for number in found} == {"connect", "socketcall", "ipc"}


def test_the_environment_is_taken_where_it_is_shown() -> None:
    for verbose, kind in ((False, layout.POINTERS), (True, layout.ARGV)):
        [row] = table.rows("x86_64", False, frozenset({"execve"}), verbose)
        assert [(one[0], one[1]) for one in spans(row.raw)] == [(0, layout.STRINGS), (1, layout.ARGV), (2, kind)]
