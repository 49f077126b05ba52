"""Records of the programs as a Batch: kept as they came, made columns only when somebody looks.

A busy server makes 200,000 of them a second, and most are dropped again unseen.
"""

import threading
from array import array
from collections.abc import Mapping, Sequence
from itertools import accumulate
from struct import Struct
from typing import Any, Final

from explorer.kernel.bpf.lanes import Part
from explorer.model.batch import ROW, Batch, Birth, Kind
from explorer.model.tally import Tallies
from explorer.model.use import Uses
from explorer.trace.bpf import layout
from explorer.trace.payload import HEAD, MOST, NAME, PIECE

Names = Mapping[int, bytes]
"""Identity → what strace -y writes between < and >."""
SIGINFO: Final = bytes(80)
"""What the kernel's own siginfo lacks to the one that programs see: the programs copy 48 of its bytes."""
UNTIMED: Final = (1 << 64) - 1
NO_CPU: Final = 0xFFFF
"""A record's took and cpu where there is none."""
LOST: Final = 36
"""Where in a head the count of lost ones is."""
X32_BIT: Final = 0x40000000
VFORKS: Final = {0: 58, 1: 190, 2: X32_BIT | 58, 3: -1, 4: 190}
FORKS: Final = {0: 57, 1: 2, 2: X32_BIT | 57, 3: -1, 4: 2}
CLONE_VFORK: Final = 0x4000
SIGCHLD: Final = 17
TIDS: Final = Struct("<ii")
"""tid and pid, as a head has them."""
FEW: Final = 16
"""Threads that are looked for in the bytes of records, before anybody has gone through these."""
AHEAD: Final = 7
"""The bits of a record's count of names that stand before its pieces; the others stand behind them."""


class Look:
    """The records of one look: parts, each in the order in which its records were made. Nobody need have gone through them yet."""

    __slots__ = ("_flat", "parts")

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self._flat: tuple[bytes, list[int]] | None = None

    def flat(self) -> tuple[bytes, list[int]]:
        """All in one, and where in it each record is, in the order in which they ended."""
        if self._flat is None:
            raw = self.parts[0].raw if len(self.parts) == 1 else b"".join([part.raw for part in self.parts])
            words = memoryview(raw)[: len(raw) & ~7].cast("q")
            offsets: list[int] = []
            ends: dict[int, int] = {}
            base = 0
            for part in self.parts:
                shift = base - part.origin
                places = [place + shift for place in part.places] if shift else list(part.places)
                if len(self.parts) > 1:
                    # Of those that were in a call when we came nobody knows when it ended: after the one before.
                    ends.update(zip(places, accumulate([words[at >> 3] + words[(at >> 3) + 1] for at in places], max), strict=True))
                offsets += places
                base += len(part.raw)
            if ends:
                offsets.sort(key=ends.__getitem__)
            self._flat = raw, offsets
        return self._flat


class Records:
    """looks: one after the other. columns: those that were looked at."""

    __slots__ = ("_flat", "columns", "looks")

    def __init__(
        self,
        looks: Sequence[Look],
        columns: "dict[str, array[int] | bytearray] | None" = None,
        flat: tuple[bytes, list[int]] | None = None,
    ) -> None:
        self.looks = looks
        self.columns = {} if columns is None else columns
        self._flat = flat

    def flat(self) -> tuple[bytes, list[int]]:
        """As Look's, of all of them."""
        if self._flat is None:
            if len(self.looks) == 1:
                self._flat = self.looks[0].flat()
            else:
                raws, offsets, base = [], [], 0
                for look in self.looks:
                    raw, places = look.flat()
                    raws.append(raw)
                    offsets += [base + at for at in places] if base else places
                    base += len(raw)
                self._flat = b"".join(raws), offsets
        return self._flat

    def joined(self, other: "Records", columns: "dict[str, array[int] | bytearray]") -> "Records":
        """Its records behind ours."""
        flat = None
        if self._flat is not None:
            raw, offsets = self._flat
            more, places = other.flat()
            flat = raw + more, [*offsets, *(len(raw) + at for at in places)]
        return Records([*self.looks, *other.looks], columns, flat)


class Raw(Batch):
    """parts: of one look. kinds: of the records in their order; None where they are in the records and somebody must look.
    names: those of its records must be known when it is made.

    One thread may add rows while others look at those that were there: records are replaced, never changed.
    """

    __slots__ = ("names", "records", "weight")

    def __init__(self, parts: Sequence[Part], kinds: bytes | None, names: Names) -> None:
        self.records: Records | None = Records([Look(parts)])
        self.names = names
        self.weight = sum(len(part.raw) + 4 * len(part.places) for part in parts)
        if kinds is None:
            raw, offsets = self.records.flat()
            kinds = bytes([raw[at + layout.KIND] for at in offsets])
        self.kinds = bytearray(kinds)
        self.tallies: Tallies | None = None
        self.uses: Uses | None = None
        self.sockets: dict[int, str] | None = None

    def __getattr__(self, name: str) -> Any:
        """A column that nobody has looked at yet."""
        if name in {"ends", "blob"}:
            self._pack()
            return getattr(self, name)
        records = self.records
        if name not in PLACES:
            raise AttributeError(name)
        if records is None:
            return getattr(self, name)
        column = records.columns.get(name)
        if column is None:
            column = records.columns[name] = column_of(records, name, self.kinds)
        return column

    @property
    def size(self) -> int:
        """Bytes that it takes in memory, about, whatever is looked at."""
        return self.weight

    def payload(self, row: int) -> bytes:
        records = self.records
        if records is None:
            return super().payload(row)
        raw, offsets = records.flat()
        return packed(raw, offsets[row], self.names)

    def touches(self, threads: Mapping[int, int]) -> bool:
        records = self.records
        if records is None or len(threads) > FEW:
            return super().touches(threads)
        heads = [TIDS.pack(tid, pid) for tid, pid in threads.items()]
        return any(head in part.raw for look in records.looks for part in look.parts for head in heads)

    def extend(self, other: Batch) -> None:
        self.weight += other.size
        if not isinstance(other, Raw) or other.names is not self.names or not self._join(other):
            self._pack()
            super().extend(other)

    def _join(self, other: "Raw") -> bool:
        """Records behind records; False where one of both has none any more."""
        theirs = other.records
        with PACKING:
            ours = self.records
            if ours is None or theirs is None:
                return False
            # Who looks meanwhile must not see more records than kinds.
            self.kinds += other.kinds
            # Columns that somebody looks at grow with the rows: made anew for each few of them they would cost more than all else.
            columns: dict[str, array[int] | bytearray] = {
                name: column + column_of(theirs, name, other.kinds)  # type: ignore[operator]
                for name, column in list(ours.columns.items())  # more may come meanwhile
            }
            self.records = ours.joined(theirs, columns)
        self.tallies = other.tallies or self.tallies
        self.uses = other.uses or self.uses
        return True

    def add(self, *args: Any, **kwargs: Any) -> None:
        self._pack()
        before = len(self.blob)
        super().add(*args, **kwargs)
        self.weight += ROW + len(self.blob) - before

    def _pack(self) -> None:
        """The records become payloads and columns; from then on these are what is kept."""
        with PACKING:
            records = self.records
            if records is None:
                return
            for name in PLACES:
                column = records.columns.get(name)
                setattr(self, name, column_of(records, name, self.kinds) if column is None else column)
            blob, ends = bytearray(), array("Q")
            raw, offsets = records.flat()
            for at in offsets:
                blob += packed(raw, at, self.names)
                ends.append(len(blob))
            self.blob, self.ends, self.records = blob, ends, None


PACKING: Final = threading.Lock()


def column_of(records: Records, name: str, kinds: bytearray) -> "array[int] | bytearray":
    """A column, made from the records. kinds: of these, and perhaps of more that came since."""
    place, code = PLACES[name]
    raw, offsets = records.flat()
    if code == "B":
        return bytearray([raw[at + place] for at in offsets])
    shift = SHIFTS[code]
    view = memoryview(raw)[: len(raw) & ~7].cast(code)  # type: ignore[call-overload]
    place >>= shift
    column = array(code, [view[(at >> shift) + place] for at in offsets])
    if name == "numbers" and Kind.STARTED in kinds:
        for row, at in enumerate(offsets):
            if kinds[row] == Kind.STARTED:
                column[row] = birth(raw, at, column[row])
    return column


PLACES: Final = {
    "times": (0, "q"),
    "tooks": (8, "q"),
    "results": (16, "q"),
    "tids": (24, "i"),
    "pids": (28, "i"),
    "numbers": (32, "i"),
    "arches": (41, "B"),
    "cpus": (42, "h"),
}
"""Column → where in a head it is, and its type as array has it."""
SHIFTS: Final = {"q": 3, "i": 2, "h": 1}


def packed(raw: bytes, at: int, names: Names) -> bytes:
    """A record's payload in the form of trace/payload.py. Never raises on a record of the programs."""
    head = layout.HEAD.unpack_from(raw, at)
    kind, count, pieces = head[7], head[10], head[11]
    if kind == Kind.SIGNAL:
        return bytes(raw[at + layout.HEAD.size : at + layout.HEAD.size + 48]) + SIGINFO
    if kind not in {Kind.CALL, Kind.PENDING}:
        return b""
    at += layout.HEAD.size
    listed: list[bytes] = []
    for _ in range(count & AHEAD):
        name(raw, at, names, listed)
        at += layout.NAME.size
    parts: list[bytes] = []
    for _ in range(pieces):
        address, size, late = layout.PIECE.unpack_from(raw, at)
        at += layout.PIECE.size
        parts += (PIECE.pack(address, bool(late), size), raw[at : at + size])
        at += (size + 7) & ~7
    for _ in range(count >> 3):
        name(raw, at, names, listed)
        at += layout.NAME.size
    return b"".join((HEAD.pack(*head[13:19], min(len(listed) // 2, MOST), pieces, head[12]), *listed, *parts))


def name(raw: bytes, at: int, names: Names, into: list[bytes]) -> None:
    """One descriptor's name, where it is known."""
    identity, fd, made = layout.NAME.unpack_from(raw, at)
    known = names.get(identity)
    if known is not None:
        into += (NAME.pack(fd, made, len(known)), known)


def birth(raw: bytes, at: int, thread: int) -> int:
    """How a thread came to be, by the call that its parent is in: the record's registers are its number, architecture and flags, with
    the signal of its end."""
    if thread:
        return Birth.THREAD
    number, arch, bits = layout.HEAD.unpack_from(raw, at)[13:16]
    number &= 0xFFFFFFFF
    if number == FORKS.get(arch):
        return Birth.FORK
    if number == VFORKS.get(arch) or bits & CLONE_VFORK:
        return Birth.VFORK
    return Birth.FORK if bits & 0xFF == SIGCHLD else Birth.CLONE


def with_losses(batch: Raw, lost: int) -> tuple[Raw, int]:
    """The same with LOST rows where records are missing, and how many were lost in all. lost: how many were before.

    Each record tells, in 32 bits, how many were lost when it was made.
    """
    records = batch.records
    if records is None or not len(batch):
        return batch, lost
    now = lost & 0xFFFFFFFF
    if all(said_lost(part.raw, part.places[-1] - part.origin) == now for look in records.looks for part in look.parts):
        return batch, lost
    raw, offsets = records.flat()
    ints = memoryview(raw)[: len(raw) & ~7].cast("i")
    counts = [ints[(at + LOST) >> 2] & 0xFFFFFFFF for at in offsets]
    kinds, behind, places = bytearray(), bytearray(), []
    since = 0
    for row in [row for row, (one, before) in enumerate(zip(counts, [lost & 0xFFFFFFFF, *counts], strict=False)) if one != before]:
        more = counts[row] - lost & 0xFFFFFFFF
        # Two processors may put theirs into the ring in another order than they counted.
        if not 0 < more < 1 << 31:
            continue
        lost += more
        # A record like the others, so that nothing has to be looked at for it.
        when = int.from_bytes(raw[offsets[row] : offsets[row] + 8], "little")
        places += [*offsets[since:row], len(raw) + len(behind)]
        kinds += batch.kinds[since:row] + bytes([Kind.LOST])
        behind += layout.HEAD.pack(when, UNTIMED, more, 0, 0, 0, counts[row], Kind.LOST, 0, NO_CPU, 0, 0, 0, *(0,) * 6)
        since = row
    if not behind:
        return batch, lost
    whole = Part(raw + bytes(behind), 0, [*places, *offsets[since:]])
    return Raw([whole], bytes(kinds + batch.kinds[since:]), batch.names), lost


def said_lost(raw: bytes, at: int) -> int:
    """How many were lost before a record."""
    return int.from_bytes(raw[at + LOST : at + LOST + 4], "little")
