"""What is taken along is what decoding reads: decoded later from the payload, each call is what it was over live memory."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from explorer.decode.syscall import decode_syscall
from explorer.decode.syscall.call import DEFAULT, Style
from explorer.decode.syscall.reach import reach
from explorer.model.batch import ARCHES
from explorer.model.trace import Call, Memory, Syscall
from explorer.render.strace import strace_text
from explorer.trace.payload import call_of, pack
from explorer.trace.taken import MOST, Asked, Pieces, Reader, Recorder, made_by, names_wanted, take
from tests.engine import Live, traced
from tests.oracle.test_calls import compiled

LIMIT = 32


def reader(memory: Memory) -> Reader:
    return lambda places: [memory.read(address, size) if size else b"" for address, size in places]


def packed(call: Call, entry: Pieces, late: Pieces, fds: dict[int, str], opened: dict[int, str]) -> bytes:
    names = [(number, made, name.encode()) for made, known in ((False, fds), (True, opened)) for number, name in known.items()]
    return pack(call.args, names, [*((at, False, raw) for at, raw in entry if raw), *((at, True, raw) for at, raw in late if raw)])


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
            self.entry = take(reached, call.args, None, LIMIT, False, reader(live))
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
            late = take(reached, call.args, call.result, LIMIT, True, reader(live))
            opened = {number: call.opened[number] for number in made_by(reached, call.result, late) if number in call.opened}
        else:
            self.recorded += 1
            assert call.entry is not None
            entry, end = Recorder(call.entry, self.entry), Recorder(live)
            opened = Asked(lambda number: call.opened.get(number, ""))
            decode_syscall(Call(call.number, call.args, call.arch, call.result, end, self.fds, entry, opened))
            late = end.pieces
        payload = packed(call, self.entry, late, self.fds, opened)
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
