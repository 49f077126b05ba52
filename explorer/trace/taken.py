"""Taking along what a call's Reach says: which addresses, which descriptors; and a memory that remembers what was asked of it.

At its beginning and its end:
    now = reach(number, arch).of(args)
    pieces = take(now, args, result, limit, late, read)     names_wanted(now, args, pieces), made_by(now, result, pieces): what to name
Where reach.whole is False, decode over Recorder(memory) and Asked(name) instead, and pack what they kept.
"""

from collections.abc import Callable, Sequence
from struct import Struct, iter_unpack
from typing import Final

from explorer.decode.syscall.memory import FIRST
from explorer.decode.syscall.reach import BY_RESULT, ONE, Reach, Span
from explorer.decode.syscall.reads import DONE, POSITIVE
from explorer.model.trace import Memory
from explorer.trace.payload import Captured

MOST: Final = 1 << 16
"""Bytes that are taken of a call at each of its ends."""
ITEMS: Final = 1024
AT_FDCWD: Final = -100
LARGEST_ERRNO: Final = 4095
CUT: Final = (-4, -516)
POINTERS: Final = {4: Struct("<II"), 8: Struct("<QQ")}
NOWHERE: Final = (0, 0)
Places = list[tuple[int, int]]
Pieces = list[tuple[int, bytes]]
Reader = Callable[[Places], Sequence[bytes]]
"""(address, size) of several → the bytes of each, fewer where it faults; never raises."""


def spans(reach: Reach, args: Sequence[int], result: int | None, limit: int, late: bool) -> Places:
    """Address and size of each span in the order of reach.entry or reach.exit; size 0 of those that are not needed.

    result: None at the beginning, or while the call is in flight. limit: bytes of a string. A string's size is the most that it can
    have, a vector's that of its list; `deeper` has what these point to.
    """
    if not late:
        return [where(span, args, reach.mask, None, limit) for span in reach.entry]
    return [] if result is None else [where(span, args, reach.mask, result, limit) for span in reach.exit]


def where(span: Span, args: Sequence[int], mask: int, result: int | None, limit: int) -> tuple[int, int]:
    """Of one span, as spans has it. result: None at the beginning."""
    place, kind, size, count, most, floor, head, when, _ = span
    if result is not None:
        failed = -LARGEST_ERRNO <= result < 0
        if failed if when == DONE else failed or not result if when == POSITIVE else result not in CUT:
            return NOWHERE
    address = args[place] & mask if kind != "measured" else args[count] & mask
    if not address:
        return NOWHERE
    if kind == "string":
        return address, most or limit + 1
    if kind == "measured":
        return address, 4
    if count == ONE:
        return address, size
    items = (result or 0) if count == BY_RESULT else args[count] & mask
    cut = most or (limit if limit > floor else floor)
    if size > 1 and cut > ITEMS:
        cut = ITEMS
    items = items if items < cut else cut
    return address, head + (size * items if items > 0 else 0)


def deeper(reach: Reach, args: Sequence[int], result: int | None, limit: int, late: bool, found: Sequence[bytes]) -> Places:
    """What the bytes found at spans point to; nothing for most calls."""
    out: Places = []
    for (place, kind, size, _, most, floor, _, _, _), raw in zip(reach.exit if late else reach.entry, found, strict=False):
        if kind == "bytes" or not raw:
            continue
        address = args[place] & reach.mask
        if kind == "string":
            whole = most or limit + 1
            if len(raw) == FIRST < whole and 0 not in raw:
                out.append((address + FIRST, whole - FIRST))
        elif kind == "measured":
            length = int.from_bytes(raw, "little")
            if len(raw) == 4 and length and address:
                out.append((address, min(length, most or max(limit, floor))))
        elif kind == "pointer":
            if len(raw) >= 2 * reach.word:
                out.append((POINTERS[reach.word].unpack_from(raw)[0], 8))
        else:
            left = max(0, result or 0)
            for base, length in iter_unpack(POINTERS[reach.word].format, raw[: len(raw) - len(raw) % size]):
                if kind == "filled":
                    length = min(length, left)
                    left -= length
                if base and length:
                    out.append((base, min(length, limit)))
    return out


def take(reach: Reach, args: Sequence[int], result: int | None, limit: int, late: bool, read: Reader) -> Pieces:
    """The pieces; first those of the spans, in their order, empty where nothing was to be read. At most MOST bytes; never raises."""
    listed = reach.exit if late else reach.entry
    if len(listed) == 1 and reach.flat[late] and (result is not None or not late):
        address, size = where(listed[0], args, reach.mask, result if late else None, limit)
        return [(address, read([(address, size if size < MOST else MOST)])[0])]
    wanted = spans(reach, args, result, limit, late)
    if not wanted:
        return []
    left = MOST
    for index, (address, size) in enumerate(wanted):
        if size > FIRST or size > left:
            size = min(FIRST if listed[index].kind == "string" else size, left)
            wanted[index] = (address, size)
        left -= size
    found = list(read(wanted))
    if reach.flat[late]:
        return [(wanted[index][0], raw) for index, raw in enumerate(found)]
    more: Places = []
    for address, size in deeper(reach, args, result, limit, late, found):
        size = min(size, left)
        left -= size
        more.append((address, size))
    pieces: Pieces = []
    for index, raw in enumerate(found):
        if listed[index].kind == "string" and (end := raw.find(0)) >= 0:
            raw = raw[: end + 1]
        pieces.append((wanted[index][0], raw))
    if more:
        pieces += [(more[index][0], raw) for index, raw in enumerate(read(more)) if raw]
    return pieces


def one_by_one(memory: Memory) -> Reader:
    """A Reader of a memory that takes one address at a time."""
    read = memory.read
    return lambda places: [read(address, size) if size else b"" for address, size in places]


def names_wanted(reach: Reach, args: Sequence[int], pieces: Pieces = ()) -> list[int]:  # type: ignore[assignment]
    """The descriptors to be named at a call's beginning, AT_FDCWD among them; pieces: as take gave them there."""
    out: list[int] = []
    for place in reach.fds:
        number = args[place] & 0xFFFFFFFF
        if number >= 0x80000000:
            number -= 1 << 32
        if number not in out and (number >= 0 or number == AT_FDCWD):
            out.append(number)
    for span, (_, raw) in zip(reach.entry, pieces, strict=False) if reach.fds_inside else ():
        if span.fds and raw:
            most = args[span.items] if span.fds == "bits" else 1 << 31
            out += [number for number in inside(span.fds, raw) if 0 <= number < most and number not in out]
    return out


def made_by(reach: Reach, result: int, pieces: Pieces) -> list[int]:
    """The descriptors that a call made; pieces: as take gave them at its end."""
    if not reach.makes or -LARGEST_ERRNO <= result < 0:
        return []
    if reach.makes == "result":
        number = result & 0xFFFFFFFF
        return [number] if number < 1 << 31 else []
    return [
        number
        for span, (_, raw) in zip(reach.exit, pieces, strict=False)
        if span.fds == "int"
        for number in inside("int", raw)
        if number >= 0
    ]


def inside(kind: str, raw: bytes) -> list[int]:
    """Descriptors in memory."""
    if kind == "bits":
        bits = int.from_bytes(raw, "little")
        return [number for number in range(bits.bit_length()) if bits >> number & 1]
    step = 8 if kind == "pollfd" else 4
    return [int.from_bytes(raw[at : at + 4], "little", signed=True) for at in range(0, len(raw) - 3, step)]


class Recorder(Captured):
    """Memory that keeps what was read of it in pieces, and reads nothing twice. live: what it is; None: only what it has kept."""

    __slots__ = ("live",)

    def __init__(self, live: Memory | None, pieces: Pieces | None = None) -> None:
        super().__init__()
        self.live = live
        if pieces is not None:
            self.pieces = pieces

    def read(self, address: int, size: int) -> bytes:
        found = super().read(address, size)
        if len(found) < size and self.live is not None:
            more = self.live.read(address + len(found), size - len(found))
            if more:
                self.pieces.append((address + len(found), more))
                found += more
        return found


class Asked(dict[int, str]):
    """Call.fds or Call.opened that looks a descriptor's name up when it is asked for, and keeps it. name: "" for none."""

    def __init__(self, name: Callable[[int], str]) -> None:
        super().__init__()
        self.name = name

    def __bool__(self) -> bool:
        return True

    def get(self, number: int, default: str = "") -> str:  # type: ignore[override]
        if number not in self and (number >= 0 or number == AT_FDCWD) and (found := self.name(number)):
            self[number] = found
        return super().get(number, default)
