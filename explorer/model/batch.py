"""What an engine hands over: raw events in columns, nothing decoded yet."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from explorer.model.tally import Tallies
from explorer.model.use import Uses

ARCHES: Final = ("x86_64", "i386", "x32", "aarch64", "arm")
"""The column arches holds places in this."""
UNKNOWN: Final = -1
"""took of what was not timed, cpu of what was not told."""


class Kind(IntEnum):
    """What a row is, and what its number, result and payload mean there; tid and pid are of the thread that it happened to.

    CALL: a finished call. number, result: of the call (results negative errno); UNFINISHED_END where it never returns (exit).
    PENDING: a call that has been in flight for a while, or was when we attached; replaced by the CALL of that thread. took: UNKNOWN.
    SIGNAL: delivered to the thread. number: of the signal; payload: siginfo_t.
    STOPPED: the process was stopped (group-stop). number: of the signal.
    STARTED: result: the new thread's id; number: a Birth. Its own events may come earlier.
    EXITED: result: the wait status, as of wait(2).
    SUPERSEDED: the thread ended because another one of its process called execve; result: that one's former id.
    LOST: so many events are missing here. result: how many. tid, pid 0.
    NOTICE: a sentence that a person should read. payload: UTF-8.
    """

    CALL = 0
    PENDING = 1
    SIGNAL = 2
    STOPPED = 3
    STARTED = 4
    EXITED = 5
    SUPERSEDED = 6
    LOST = 7
    NOTICE = 8


class Birth(IntEnum):
    """How a thread came to be."""

    FORK = 1
    VFORK = 2
    CLONE = 3
    THREAD = 4


UNFINISHED_END: Final = -(1 << 63)
"""result of a call that ended without returning: exit, or its thread was killed in it."""


@dataclass(slots=True)
class Batch:
    """Rows in the order in which they happened, a column each. payload of row i: blob[ends[i - 1]:ends[i]] (trace/payload.py).

    times: when it began, ns of CLOCK_MONOTONIC; tooks: ns that it took. arches: places in ARCHES. cpus: where it ended.
    tallies, uses: what an engine counted itself since it attached, whole, at this moment (Capture.what); None where it did not.
    sockets: inode → addresses of those that the engine learned of since the last batch; None of an engine that does not tell.
    """

    kinds: bytearray = field(default_factory=bytearray)
    arches: bytearray = field(default_factory=bytearray)
    cpus: "array[int]" = field(default_factory=lambda: array("h"))
    numbers: "array[int]" = field(default_factory=lambda: array("i"))
    tids: "array[int]" = field(default_factory=lambda: array("i"))
    pids: "array[int]" = field(default_factory=lambda: array("i"))
    times: "array[int]" = field(default_factory=lambda: array("q"))
    tooks: "array[int]" = field(default_factory=lambda: array("q"))
    results: "array[int]" = field(default_factory=lambda: array("q"))
    ends: "array[int]" = field(default_factory=lambda: array("Q"))
    blob: bytearray = field(default_factory=bytearray)
    tallies: Tallies | None = None
    uses: Uses | None = None
    sockets: dict[int, str] | None = None

    def __len__(self) -> int:
        return len(self.kinds)

    @property
    def size(self) -> int:
        """Bytes that it takes in memory, about."""
        return len(self.kinds) * ROW + len(self.blob)

    def add(
        self,
        kind: int,
        tid: int,
        pid: int,
        time: int,
        number: int = 0,
        result: int = 0,
        took: int = UNKNOWN,
        payload: bytes = b"",
        arch: int = 0,
        cpu: int = UNKNOWN,
    ) -> None:
        """One row more."""
        self.kinds.append(kind)
        self.arches.append(arch)
        self.cpus.append(cpu)
        self.numbers.append(number)
        self.tids.append(tid)
        self.pids.append(pid)
        self.times.append(time)
        self.tooks.append(took)
        self.results.append(result)
        self.blob += payload
        self.ends.append(len(self.blob))

    def touches(self, threads: Mapping[int, int]) -> bool:
        """Whether a row may be of one of these threads, given as tid → pid; False: none is."""
        return any(tid in threads for tid in self.tids)

    def payload(self, row: int) -> bytes:
        """What belongs to a row besides its columns."""
        return bytes(self.blob[self.ends[row - 1] if row else 0 : self.ends[row]])

    def extend(self, other: "Batch") -> None:
        """All rows of another one behind ours."""
        base = len(self.blob)
        self.kinds += other.kinds
        self.arches += other.arches
        self.cpus.extend(other.cpus)
        self.numbers.extend(other.numbers)
        self.tids.extend(other.tids)
        self.pids.extend(other.pids)
        self.times.extend(other.times)
        self.tooks.extend(other.tooks)
        self.results.extend(other.results)
        self.ends.extend(other.ends if not base else array("Q", [end + base for end in other.ends]))
        self.blob += other.blob
        self.tallies = other.tallies or self.tallies
        self.uses = other.uses or self.uses


ROW: Final = 1 + 1 + 2 + 4 + 4 + 4 + 8 + 8 + 8 + 8
"""Bytes of a row's columns."""
