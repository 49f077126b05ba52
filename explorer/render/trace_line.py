"""An event of a trace on the screen's line: when, which thread, what, and how long it took. Result and time taken are never cut."""

from dataclasses import dataclass
from typing import Final, Literal

from explorer.decode.syscall.asleep import ASLEEP
from explorer.model.batch import Birth
from explorer.model.event import Exited, Lost, Notice, Signal, Started, Stopped, Superseded, TraceEvent, Unfinished
from explorer.model.trace import Syscall
from explorer.render.call import call_line
from explorer.render.piece import Line, Piece, Role, piece, plain
from explorer.render.times import clock_moment, duration
from explorer.render.width import fit, width

Clock = Literal["absolute", "relative", "last"]
FULL_FROM: Final = 99
"""Columns beside the gutter from which on the time has its hours and minutes."""
LONG: Final = 15
SHORT: Final = 9
TID: Final = 7
TOOK: Final = 7
SLOW: Final = 10_000_000
"""ns from which on a call that is not asleep by design is worth a look."""
WAITED: Final = 100_000
"""ns from which on such a one has been asleep."""
SECOND: Final = 1_000_000_000
ROOM: Final = 12
"""Columns that are left to the call, however narrow it is."""


@dataclass(frozen=True, slots=True)
class Ruler:
    """How the columns stand. start: ns since 1970 from which relative times count. tid: several threads are shown."""

    columns: int
    clock: Clock = "absolute"
    start: int = 0
    tid: bool = False


def event_line(event: TraceEvent, ruler: Ruler, before: int | None = None, age: int | None = None) -> Line:
    """At most ruler.columns wide. before: when the line above it began. age: ns since a call began that is still in flight."""
    head = [piece(moment(event.time, ruler, before) + " ", Role.SECONDARY)]
    what = event.what
    if ruler.tid and not isinstance(what, Lost):
        head.append(piece(f"{event.tid:>{TID}} ", Role.SECONDARY))
    room = ruler.columns - sum(width(part.text) for part in head)
    if isinstance(what, Lost):
        return fit((*head, *lost(what, room)), ruler.columns)
    if not isinstance(what, Syscall | Unfinished):
        return fit((*head, *told(event)), ruler.columns)
    call = what if isinstance(what, Syscall) else what.call
    tail = took(call.name, event.took if age is None else age, flying=age is not None)
    left = max(ROOM, room - max(TOOK, width(tail.text)) - 1)
    if isinstance(what, Unfinished):
        ending = piece(" = ?" if what.ended else " …", Role.SECONDARY)
        body: Line = (*call_line(call, max(1, left - width(ending.text))), ending)
    else:
        body = call_line(call, left)
    gap = room - sum(width(part.text) for part in body) - width(tail.text)
    return (*head, *body, piece(" " * max(1, gap)), tail) if tail.text else (*head, *body)


def moment(time: int, ruler: Ruler, before: int | None) -> str:
    """The time's column: 14:22:07.112987, where there is less room 07.131402, or what passed."""
    wide = LONG if ruler.columns >= FULL_FROM else SHORT
    if ruler.clock == "absolute":
        text = f"{clock_moment(time // SECOND)}.{time % SECOND // 1000:06}"
        return text[-wide:].rjust(wide)
    passed = time - (ruler.start if ruler.clock == "relative" else time if before is None else before)
    sign = "-" if passed < 0 else "+"
    seconds, rest = divmod(abs(passed) // 1000, 1_000_000)
    text = f"{sign}{seconds}.{rest:06}"
    return text.rjust(wide) if len(text) <= wide else text[:wide].rstrip(".")


def took(name: str, time: int | None, *, flying: bool = False) -> Piece:
    """How long a call took, or takes; asleep by design is never slow."""
    if time is None:
        return piece("")
    words = duration(time / SECOND)
    if name in ASLEEP:
        return piece(f"{words} wait" if time >= WAITED and not flying else words, Role.SECONDARY)
    if time >= SLOW:
        return piece(words, Role.MIND)
    return piece(words, Role.SECONDARY if flying else Role.TEXT)


def lost(what: Lost, columns: int) -> Line:
    """A rule that says what is missing."""
    words = f"── {what.count:,} event{'' if what.count == 1 else 's'} lost here: the buffer was full "
    return piece(words, Role.MIND), piece("─" * max(0, columns - width(words)), Role.RULE)


def told(event: TraceEvent) -> Line:
    """What is no call, in strace's words where it has some."""
    what = event.what
    if isinstance(what, Signal):
        return piece("--- "), piece(what.name, Role.NAME), piece(f" {what.info.text} ---")
    if isinstance(what, Stopped):
        return piece("--- stopped by "), piece(what.name, Role.MIND), piece(" ---")
    if isinstance(what, Exited):
        if what.signal:
            return piece("+++ "), piece(f"killed by {what.signal}{' (core dumped)' if what.core else ''}", Role.FAILED), piece(" +++")
        return (piece(f"+++ exited with {what.status} +++", Role.MIND if what.status else Role.TEXT),)
    if isinstance(what, Superseded):
        return (piece(f"+++ superseded by execve in pid {what.by} +++"),)
    if isinstance(what, Started):
        how = {Birth.THREAD: "thread", Birth.VFORK: "process (vfork)"}.get(what.birth, "process")
        return piece(f"--- started {how} "), piece(what.tid, Role.NEW), piece(" ---")
    if isinstance(what, Lost):
        return lost(what, 0)[:1]
    assert isinstance(what, Notice)
    return (piece(f"--- {what.text} ---", Role.MIND),)


def sits_in(call: Syscall, columns: int) -> str:
    """A call in flight within a sentence."""
    return plain(call_line(call, columns))
