"""A trace as JSON Lines, and such a file as a trace again.

The first line says what it is (head). Each other one is an event in words (render/trace_record.py) with a key "raw" beside them,
which is all that decoding needs: kind, arch, number, result, and the payload (trace/payload.py) in base64. Reading believes
nothing: what is damaged becomes a NOTICE row with its line's number, and no line is longer in memory than LONGEST.
"""

import json
import os
import stat
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO, ClassVar, Final, TypeGuard

from explorer.decode.syscall.call import Style
from explorer.model.batch import ARCHES, UNKNOWN, Batch, Kind
from explorer.model.event import TraceEvent
from explorer.model.missing import Missing, Reason
from explorer.model.trace import Call
from explorer.trace.log import Log
from explorer.trace.payload import call_of as packed_call

FORMAT: Final = 1
LONGEST: Final = 4 << 20
"""Bytes of a line. What a call carries is at most some 256 KB, in words and in base64 again."""
ROWS: Final = 2000
"""Rows of a batch that is handed over."""
WORST: Final = 100
"""Damaged lines that are told one by one."""
WHOLE: Final = Style(4096)
EVENTS: Final = {kind: kind.name.lower() for kind in Kind}
KINDS: Final = {name: kind for kind, name in EVENTS.items()}


def head(engine: str, targets: Sequence[tuple[int, str]], since: float, kernel: str) -> dict[str, Any]:
    """The first line. targets: pid and name; since: seconds since 1970 when it began; kernel: its release."""
    listed = [{"pid": pid, "name": name} for pid, name in targets]
    return {"procdive": "trace", "format": FORMAT, "engine": engine, "targets": listed, "since": since, "kernel": kernel}


def raw(batch: Batch, row: int) -> dict[str, Any]:
    """What the words of an event leave out: the value of its key "raw"."""
    return {
        "kind": EVENTS[Kind(batch.kinds[row])],
        "arch": ARCHES[batch.arches[row]],
        "number": batch.numbers[row],
        "result": batch.results[row],
        "payload": b64encode(batch.payload(row)).decode(),
    }


def lines(
    log: Log, places: Iterable[int], first: Mapping[str, Any], words: Callable[[TraceEvent], Mapping[str, Any]], style: Style = WHOLE
) -> Iterator[str]:
    """A file's lines: head, then the events at these places, without those dropped meanwhile. words: render.trace_record."""
    yield line(first)
    for place in places:
        if log.first <= place < log.end:
            rows, row = log.place(place)
            yield line({**words(log.event(place, style)), "raw": raw(rows, row)})


def line(value: Mapping[str, Any]) -> str:
    """An object on a line of its own, ASCII."""
    return json.dumps(value, separators=(",", ":")) + "\n"


class Opened:
    """A file that is read as an engine is: batches() to its end. head: its first line, {} where it has none."""

    name: ClassVar[str] = "file"
    epoch: int = 0

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.number = 0
        """Of the line read last."""
        self.damaged = 0
        self.head: dict[str, Any] = {}
        self._stop = False
        self._unread = self._begin()

    def _begin(self) -> bytes | None:
        """Read the head; a first line that is something else is kept for batches()."""
        text = self._line()
        found = parsed(text or b"")
        if isinstance(found, dict) and found.get("procdive") == "trace":
            self.head = found
            return None
        return text

    @property
    def since(self) -> float:
        """When the trace began, seconds since 1970; 0 where the file does not say."""
        since = self.head.get("since")
        return float(since) if isinstance(since, int | float) and 0 <= since < 1 << 40 else 0.0

    @property
    def targets(self) -> list[tuple[int, str]]:
        """Whom it was of: pid and name, as the file says."""
        listed = self.head.get("targets")
        found = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
        return [(pid, name) for one in found[:WORST] if integer(pid := one.get("pid"), 32) and isinstance(name := one.get("name"), str)]

    def detach(self) -> None:
        """Read no further; any thread, any number of times."""
        self._stop = True

    def call_of(self, number: int, arch: int, result: int | None, payload: bytes) -> Call:
        """The call of a row."""
        return packed_call(number, arch, result, payload)

    def batches(self) -> Iterator[Batch]:
        """All rows, in order; closes the file."""
        with self.file:
            batch = Batch()
            if not self.head:
                notice(batch, "this file does not begin as a trace of procdive does")
            elif not integer(self.head.get("format"), 32) or self.head["format"] > FORMAT:
                notice(batch, "this file is of a newer procdive; what is not known here is left out")
            text = self._unread if self._unread is not None else self._line()
            while text is not None and not self._stop:
                if text.strip():
                    self._row(batch, text)
                if len(batch) >= ROWS:
                    yield batch
                    batch = Batch()
                text = self._line()
            if self.damaged > WORST:
                notice(batch, f"{self.damaged - WORST} more lines are damaged")
            yield batch

    def _row(self, batch: Batch, text: bytes) -> None:
        found = parsed(text)
        if not isinstance(found, dict) or not add(batch, found):
            self.damaged += 1
            if self.damaged <= WORST:
                why = f"longer than {LONGEST >> 20} MB" if len(text) > LONGEST else "damaged, or no event of a trace"
                notice(batch, f"line {self.number} is {why}")

    def _line(self) -> bytes | None:
        """The next line, None at the end; of one that is too long the beginning."""
        try:
            text = self.file.readline(LONGEST + 1)
            rest = text
            while len(rest) > LONGEST and not rest.endswith(b"\n"):
                rest = self.file.readline(LONGEST + 1)
        except OSError:
            return None
        self.number += 1
        return text or None


def opened(path: str) -> Opened | Missing:
    """A file of saved events; Missing says why it cannot be read. Pipes and devices are not waited for."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOCTTY | os.O_NONBLOCK)
    except (OSError, ValueError) as error:
        return Missing(Reason.DENIED, f"{path} cannot be read", getattr(error, "strerror", None) or str(error))
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        return Missing(Reason.UNSUPPORTED, f"{path} cannot be read", "it is no regular file")
    return Opened(os.fdopen(fd, "rb", 1 << 20))


def parsed(text: bytes) -> object:
    """What JSON says; None where it is none."""
    if len(text) > LONGEST:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def notice(batch: Batch, text: str) -> None:
    """A sentence as a row."""
    batch.add(Kind.NOTICE, 0, 0, batch.times[-1] if batch else 0, payload=text.encode())


def integer(value: object, bits: int) -> TypeGuard[int]:
    """A number that a signed column of so many bits holds."""
    return isinstance(value, int) and not isinstance(value, bool) and -(1 << bits - 1) <= value < 1 << bits - 1


def add(batch: Batch, event: Mapping[str, Any]) -> bool:
    """One event as a row; False where it is none, and nothing is added."""
    kept = event.get("raw")
    if not isinstance(kept, dict):
        return False
    kind, arch, payload = kept.get("kind"), kept.get("arch"), kept.get("payload")
    numbers = (event.get("tid"), event.get("pid"), kept.get("number"))
    took, cpu = event.get("took"), event.get("cpu")
    if not (isinstance(kind, str) and kind in KINDS and isinstance(arch, str) and arch in ARCHES and isinstance(payload, str)):
        return False
    if not (all(integer(number, 32) for number in numbers) and integer(event.get("time"), 64) and integer(kept.get("result"), 64)):
        return False
    if not ((took is None or integer(took, 64)) and (cpu is None or integer(cpu, 16))):
        return False
    try:
        held = b64decode(payload, validate=True)
    except ValueError:
        return False
    pending = KINDS[kind] == Kind.PENDING
    batch.add(
        KINDS[kind],
        event["tid"],
        event["pid"],
        event["time"],
        kept["number"],
        kept["result"],
        UNKNOWN if took is None or pending else took,
        held,
        ARCHES.index(arch),
        UNKNOWN if cpu is None else cpu,
    )
    return True
