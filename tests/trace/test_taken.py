"""What is taken along is what decoding reads: decoded later from the payload, each call is what it was over live memory."""

import os
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from explorer.decode.syscall import decode_syscall, numbers
from explorer.decode.syscall.call import DEFAULT, Style
from explorer.decode.syscall.reach import Reach, reach
from explorer.model.batch import ARCHES
from explorer.model.trace import Call, Syscall
from explorer.render.strace import strace_text
from explorer.trace.payload import MOST as MOST_PARTS
from explorer.trace.payload import call_of, pack
from explorer.trace.taken import MOST, Asked, Pieces, Recorder, made_by, names_wanted, one_by_one, spans, take
from tests.engine import Live, traced
from tests.memory import Written
from tests.oracle.test_calls import compiled

LIMIT = 32


def packed(args: tuple[int, ...], entry: Pieces, late: Pieces, fds: dict[int, str], opened: dict[int, str]) -> bytes:
    names = [(number, made, name.encode()) for made, known in ((False, fds), (True, opened)) for number, name in known.items()]
    return pack(args, names, [*((at, False, raw) for at, raw in entry if raw), *((at, True, raw) for at, raw in late if raw)])


def again(call: Call, payload: bytes, style: Style = DEFAULT) -> Syscall:
    return decode_syscall(call_of(call.number, ARCHES.index(call.arch), call.result, payload), style)


class ByReach:
    """Takes along what Reach says, or records, and compares."""

    def __init__(self) -> None:
        self.entry: Pieces = []
        self.fds: dict[int, str] = {}
        self.odd: list[tuple[str, str, str]] = []
        self.whole = self.recorded = 0

    def begin(self, call: Call, live: Live) -> None:
        reached = reach(call.number, call.arch).of(call.args)
        if reached.whole:
            self.entry = take(reached, call.args, None, LIMIT, False, one_by_one(live))
            self.fds = {number: call.fds[number] for number in names_wanted(reached, call.args, self.entry) if number in call.fds}
        else:
            recorder, names = Recorder(live), Asked(lambda number: call.fds.get(number, ""))
            decode_syscall(Call(call.number, call.args, call.arch, None, recorder, names))
            self.entry, self.fds = recorder.pieces, names

    def end(self, call: Call, live: Live, seen: Syscall) -> None:
        reached = reach(call.number, call.arch).of(call.args)
        assert call.result is not None
        if reached.whole:
            self.whole += 1
            late = take(reached, call.args, call.result, LIMIT, True, one_by_one(live))
            opened = {number: call.opened[number] for number in made_by(reached, call.result, late) if number in call.opened}
        else:
            self.recorded += 1
            assert call.entry is not None
            entry, end = Recorder(call.entry, self.entry), Recorder(live)
            opened = Asked(lambda number: call.opened.get(number, ""))
            decode_syscall(Call(call.number, call.args, call.arch, call.result, end, self.fds, entry, opened))
            late = end.pieces
        payload = packed(call.args, self.entry, late, self.fds, opened)
        ours, theirs = again(call, payload), strace_text(seen)
        if strace_text(ours) != theirs:
            self.odd.append((theirs, strace_text(ours), str(reached)))
        assert len(payload) <= 2 * MOST


@pytest.mark.oracle("gcc")
@pytest.mark.skipif(os.uname().machine != "x86_64", reason="the specimens are for x86-64")
@pytest.mark.parametrize(("name", "words", "calls"), [("calls", (), 480), ("calls", ("bits",), 100), ("calls32", (), 70)])
def test_decoded_from_what_was_taken_as_over_live_memory(tmp_path: Path, name: str, words: Sequence[str], calls: int) -> None:
    program = compiled(tmp_path, name)
    work = tmp_path / "work"
    work.mkdir()
    watcher = ByReach()
    seen = list(traced([program, *words], str(work), watcher))
    assert watcher.odd == []
    assert watcher.whole + watcher.recorded >= min(calls, len(seen) - 1)
    assert len(seen) >= calls
    if name == "calls":
        assert watcher.whole >= 0.9 * len(seen)


class Strict:
    """Random bytes everywhere above a page; of each end its own."""

    def __init__(self, seed: int) -> None:
        raw = random.Random(seed).randbytes(4093)
        # Small numbers, as counts and lengths and descriptors are.
        self.raw = bytes(byte if index % 8 == 0 else 0 for index, byte in enumerate(raw)) if seed & 1 else raw

    def read(self, address: int, size: int) -> bytes:
        if not 0x1000 <= address < 1 << 47:
            return b""
        return (self.raw * 33)[address % len(self.raw) :][: min(size, 0x20000)]


EVERY = [(number, arch) for arch in (*numbers.ARCHES, "x32") for number in numbers.names(arch)]


SMALL = (0, 1, 2, 3, 8, 40, 5000, (1 << 64) - 100, 0x1003, 4096)


def vectors(reached: Reach) -> bool:
    return any(span.kind in {"vector", "filled"} for span in (*reached.entry, *reached.exit))


def registers(chance: random.Random, number: int, arch: str) -> tuple[int, ...]:
    args = [
        chance.choice(SMALL) if chance.random() < 0.5 else 0x10000 * chance.randrange(16, 1 << 15) + chance.randrange(256) for _ in range(6)
    ]
    found = reach(number, arch)
    if found.chosen is not None and chance.random() < 0.9:
        args[found.chosen[0]] = chance.choice(list(found.chosen[2]))
    return tuple(args)


MINUS_100 = (1 << 64) - 100


@pytest.mark.parametrize("seed", range(5))
def test_any_call_of_any_architecture(seed: int) -> None:
    """Whatever it holds: decoded from what was taken it is what it was, where Reach is whole; and little is taken."""
    chance = random.Random(seed)
    odd = []
    for number, arch in EVERY:
        number |= numbers.X32_BIT if arch == "x32" else 0
        args = registers(chance, number, arch)
        limit = chance.choice((0, 5, 32, 32, 200, 4096))
        result = chance.choice((None, 0, 1, 3, 16, 100, 70000, -2, -4, -516, -(1 << 40)))
        entry, end = Strict(2 * seed + (seed & 1)), Strict(2 * seed + 2 + (seed & 1))
        reached = reach(number, arch).of(args)
        before = take(reached, args, None, limit, False, one_by_one(entry))
        after = [] if result is None else take(reached, args, result, limit, True, one_by_one(end))
        assert sum(len(raw) for _, raw in before) <= MOST
        assert sum(len(raw) for _, raw in after) <= MOST
        asked, opened = Asked(lambda fd: f"fd {fd}"), Asked(lambda fd: f"made {fd}")
        table = "x86_64" if arch == "x32" else arch
        live = decode_syscall(Call(number, args, table, result, end, asked, entry, opened), Style(limit))
        wanted = {fd: f"fd {fd}" for fd in names_wanted(reached, args, before)}
        made = {fd: f"made {fd}" for fd in made_by(reached, result, after)} if result is not None else {}
        later = again(Call(number, args, table, result), packed(args, before, after, wanted, made), Style(limit))
        # What is more than a payload takes is left away: of a hundred long buffers the last ones.
        fits = len(before) + len(after) <= MOST_PARTS >= len(wanted) and (limit <= 200 or not vectors(reached))
        if reached.whole and fits and live != later:
            odd.append((number, arch, args, result, limit, strace_text(live), strace_text(later)))
    assert odd == []


def test_an_address_that_is_none_is_not_read() -> None:
    reached = reach(numbers.numbers("x86_64")["accept"], "x86_64")
    assert spans(reached, (3, 0, 0, 0, 0, 0), None, 32, False) == [(0, 0)]
    assert spans(reached, (3, 0, 0x2000, 0, 0, 0), 4, 32, True) == [(0x2000, 4)]


def test_descriptors_before_and_after() -> None:
    table = numbers.numbers("x86_64")
    assert names_wanted(reach(table["openat"], "x86_64"), (MINUS_100, 0x2000, 0, 0, 0, 0)) == [-100]
    assert names_wanted(reach(table["mmap"], "x86_64"), (0, 1, 2, 3, (1 << 64) - 1, 0)) == []
    assert names_wanted(reach(table["poll"], "x86_64"), (0x2000, 1, 0, 0, 0, 0), [(0x2000, b"\5\0\0\0\1\0\0\0")]) == [5]
    assert made_by(reach(table["openat"], "x86_64"), 9, []) == [9]
    assert made_by(reach(table["openat"], "x86_64"), -2, []) == []
    assert made_by(reach(table["pipe"], "x86_64"), 0, [(0x2000, b"\3\0\0\0\4\0\0\0")]) == [3, 4]


def test_a_recorder_reads_nothing_twice_and_keeps_it() -> None:
    live = Written(at_1000=b"one two")
    recorder = Recorder(live)
    assert (recorder.read(0x1000, 3), recorder.read(0x1000, 7), recorder.read(0x1000, 7)) == (b"one", b"one two", b"one two")
    assert (recorder.pieces, live.asked) == ([(0x1000, b"one"), (0x1003, b" two")], 7)
    assert Recorder(None, recorder.pieces).read(0x1000, 9) == b"one two"


def test_a_name_is_asked_for_once() -> None:
    asked: list[int] = []

    def name(number: int) -> str:
        asked.append(number)
        return "socket:[5]"

    names = Asked(name)
    assert [names.get(number, "") for number in (3, 3, -1)] == ["socket:[5]", "socket:[5]", ""]
    assert (asked, dict(names)) == ([3], {3: "socket:[5]"})
