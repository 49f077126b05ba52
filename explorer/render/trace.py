"""Events of a trace as strace -f -y prints them, one after the other."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from explorer.decode.syscall.value import shown
from explorer.model.batch import Birth
from explorer.model.event import Exited, Lost, Notice, Signal, Started, Stopped, Superseded, TraceEvent, Unfinished
from explorer.model.trace import Syscall, Value
from explorer.render.call import is_failure
from explorer.render.hexadecimal import in_hex
from explorer.render.piece import Line, Role, piece
from explorer.render.split import told_at_start
from explorer.render.strace import UNFINISHED, arguments, result_text

DETACHED: Final = " <detached ...>"
COLUMN: Final = 40
Clock = Literal["", "second", "microsecond", "epoch"]


@dataclass(frozen=True, slots=True)
class Look:
    """column: where results stand under each other (-a). clock: -t, -tt, -ttt. since: -r. took: -T. numbers: -n. ids: who it happened
    to, shown where there are several, or always in a column of its own, as in strace's files. follow: the started are traced, too.
    hex: 1 text that is no ASCII in hexadecimal (-x), 2 all text (-xx)."""

    column: int = COLUMN
    clock: Clock = ""
    since: bool = False
    took: bool = False
    numbers: bool = False
    ids: Literal["several", "always", "never"] = "several"
    follow: bool = True
    hex: int = 0


class Printer:
    """One trace being printed. threads: those that are traced already. Each event has to pass: by line() or by saw()."""

    def __init__(self, look: Look = Look(), threads: frozenset[int] = frozenset()) -> None:
        self.look = look
        self.flying: dict[int, Unfinished] = {}
        """Calls that were printed without their end."""
        self._live = set(threads)
        self._born = set(threads)
        self._dead: set[int] = set()
        self._numbers: dict[int, int] = {}
        self._before: int | None = None

    def line(self, event: TraceEvent, number: int = 0) -> Line:
        """The event's line. number: of its system call, where it is one."""
        what = event.what
        if event.tid:
            self._live.add(event.tid)
        if isinstance(what, Syscall | Unfinished):
            self._numbers[event.tid] = number
        if isinstance(what, Syscall):
            resumed = self.flying.pop(event.tid, None)
            head = self._head(event.time + (event.took or 0) if resumed else event.time, event.tid)
            out = self._call(head, event, what, resumed)
        elif isinstance(what, Unfinished):
            out = self._unfinished(event, what)
        else:
            out = (piece(self._head(event.time, event.tid) + told(event)),)
        self.saw(event)
        return out

    def saw(self, event: TraceEvent) -> None:
        """Births and ends say how many there are, whether they are printed or not."""
        what = event.what
        if isinstance(what, Started):
            if what.tid in self._dead:
                self._dead.discard(what.tid)
            elif self.look.follow or what.birth == Birth.THREAD:
                self._live.add(what.tid)
                self._born.add(what.tid)
        elif isinstance(what, Exited | Superseded):
            self._live.discard(event.tid)
            self.flying.pop(event.tid, None)
            self._numbers.pop(event.tid, None)
            if event.tid in self._born:
                self._born.discard(event.tid)
            else:
                # The news of its birth is still to come.
                self._dead.add(event.tid)

    def rest(self, now: int) -> list[Line]:
        """When it is over: what is still in flight of what was printed so. now: ns since 1970."""
        lines: list[Line] = [
            (piece(f"{self._head(now, tid)}<... {flying.call.name} resumed>{DETACHED}", Role.SECONDARY),)
            for tid, flying in self.flying.items()
        ]
        self.flying.clear()
        return lines

    def _head(self, time: int, tid: int) -> str:
        """Who and when."""
        look, out = self.look, ""
        if look.ids == "always":
            out = f"{tid:<5} "
        elif look.ids == "several" and len(self._live) > 1 and tid:
            out = f"[pid {tid:5}] "
        if look.clock:
            out += f"{clock(time, look.clock)} "
        if look.since:
            passed = span(time - (time if self._before is None else self._before), 6)
            out += f"(+{passed}) " if look.clock else f"{passed} "
            self._before = time
        if look.numbers:
            out += f"[{self._numbers.get(tid, 0):4}] "
        return out

    def _arguments(self, call: Syscall) -> list[str]:
        """Their texts."""
        texts = arguments(call)
        return [in_hex(text, every=self.look.hex > 1) for text in texts] if self.look.hex else texts

    def _call(self, head: str, event: TraceEvent, call: Syscall, resumed: Unfinished | None) -> Line:
        texts = self._arguments(call)
        if resumed:
            text = f"{head}<... {call.name} resumed>{', '.join(texts[told_at_start(resumed.call) :])}) "
        else:
            text = f"{head}{call.name}({', '.join(texts)}) "
        assert call.result is not None
        took = f" <{span(event.took, 0)}>" if self.look.took and event.took is not None else ""
        result = result_text(call.result, call.error)
        end = f"= {in_hex(result, every=True) if self.look.hex > 1 else result}"
        return piece(text.ljust(self.look.column)), piece(end, Role.FAILED if is_failure(call) else Role.TEXT), piece(took, Role.SECONDARY)

    def _unfinished(self, event: TraceEvent, what: Unfinished) -> Line:
        call, resumed = what.call, self.flying.pop(event.tid, None)
        places = told_at_start(call)
        texts = self._arguments(call)
        head = self._head(event.time, event.tid)
        if resumed:
            text = f"{head}<... {call.name} resumed>"
        else:
            text = f"{head}{call.name}({', '.join(texts[:places])}{', ' if 0 < places < len(texts) else ''}"
        if what.ended:
            text += f"{UNFINISHED if places < len(texts) else ''}) "
            return (piece(f"{text.ljust(self.look.column)}= ?"),)
        self.flying[event.tid] = what
        took = f" <{span(event.took, 0)}>" if self.look.took and event.took is not None else ""
        return piece(text + UNFINISHED), piece(took, Role.SECONDARY)


def told(event: TraceEvent) -> str:
    """What is no call."""
    what = event.what
    if isinstance(what, Signal):
        return f"--- {what.name} {shown(what.info)} ---"
    if isinstance(what, Stopped):
        return f"--- stopped by {what.name} ---"
    if isinstance(what, Exited):
        if what.signal:
            return f"+++ killed by {what.signal}{' (core dumped)' if what.core else ''} +++"
        return f"+++ exited with {what.status} +++"
    if isinstance(what, Superseded):
        return f"+++ superseded by execve in pid {what.by} +++"
    if isinstance(what, Lost):
        return f"--- {what.count} event{'' if what.count == 1 else 's'} lost ---"
    if isinstance(what, Started):
        return f"--- started {birth(what)} ---"
    assert isinstance(what, Notice)
    return f"--- {what.text} ---"


def birth(what: Started) -> str:
    """`thread 813`, `process 900`."""
    return f"{'thread' if what.birth == Birth.THREAD else 'process'} {what.tid}"


def clock(time: int, form: Clock) -> str:
    """ns since 1970 as -t, -tt, -ttt write it, in local time."""
    seconds, rest = divmod(time, 1_000_000_000)
    if form == "epoch":
        return f"{seconds}.{rest // 1000:06}"
    try:
        text = datetime.fromtimestamp(seconds).strftime("%H:%M:%S")
    except (OverflowError, OSError, ValueError):
        text = str(seconds)
    return text if form == "second" else f"{text}.{rest // 1000:06}"


def span(time: int, width: int) -> str:
    """ns as seconds with six digits behind the point; width: of what is before it."""
    sign = "-" if time < 0 else ""
    seconds, rest = divmod(abs(time), 1_000_000_000)
    return f"{sign + str(seconds):>{width}}.{rest // 1000:06}"


def undecoded(call: Syscall) -> Syscall:
    """Its arguments as registers have them (strace -e raw=)."""
    args = tuple((name, Value(value.raw, f"{value.raw:#x}" if value.raw else "0")) for name, value in call.args)
    return Syscall(call.name, args, call.result, call.error, call.arch)
