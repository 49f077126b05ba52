"""What a call carries besides its columns: registers, what its descriptors were, and the memory that its arguments point to.

    6 registers (8 bytes each) · names, pieces (a byte each, how many) · bytes of a buffer that were taken at most (2)
    a name: descriptor (4, signed; -100 the working directory) · 1 if the call made it (1) · length (2) · bytes, as strace -y has it
    a piece: address (8) · 1 if it was read when the call returned, 0 when it began (1) · length (4) · bytes

Numbers are little-endian. Engines that keep their records in another form bring their own reader of it (Tracer.call_of).
"""

from collections.abc import Iterable
from struct import Struct, error
from typing import Final

from explorer.model.batch import ARCHES, UNFINISHED_END
from explorer.model.trace import Call

HEAD: Final = Struct("<6QBBH")
NAME: Final = Struct("<iBH")
PIECE: Final = Struct("<QBI")
NAME_SIZE, PIECE_SIZE = NAME.size, PIECE.size
WHOLE: Final = 0xFFFF
Name = tuple[int, bool, bytes]
Piece = tuple[int, bool, bytes]
MOST: Final = 255
"""Names and pieces that one payload takes; what is more is left away."""


class Captured:
    """model.trace.Memory of what an engine took along: pieces, nothing between them."""

    __slots__ = ("pieces",)

    def __init__(self) -> None:
        self.pieces: list[tuple[int, bytes]] = []

    def read(self, address: int, size: int) -> bytes:
        """From the piece that holds the address, and those that follow it without a gap."""
        found = b""
        while size > 0:
            for start, raw in self.pieces:
                at = address - start
                if 0 <= at < len(raw):
                    more = raw[at : at + size]
                    break
            else:
                return found
            if len(more) == size:
                return found + more if found else more
            found += more
            address, size = address + len(more), size - len(more)
        return found


def pack(args: tuple[int, ...], names: Iterable[Name], pieces: Iterable[Piece], string: int = WHOLE) -> bytes:
    """The payload. args: six unsigned registers. names: (descriptor, made by the call, name). pieces: (address, at its end, bytes).

    string: bytes of each buffer that were taken at most, WHOLE for all.
    """
    names, pieces = list(names)[:MOST], list(pieces)[:MOST]
    out = [HEAD.pack(*args, len(names), len(pieces), string)]
    for number, made, name in names:
        out += (NAME.pack(number, made, len(name[:0xFFFF])), name[:0xFFFF])
    for address, late, raw in pieces:
        out += (PIECE.pack(address, late, len(raw)), raw)
    return b"".join(out)


def call_of(number: int, arch: int, result: int | None, payload: bytes) -> Call:
    """The call of a row. Never raises: what a damaged payload does not hold is not there."""
    try:
        head = HEAD.unpack_from(payload)
    except error:
        return Call(number, (0,) * 6, ARCHES[arch], result)
    entry, end = Captured(), Captured()
    fds: dict[int, str] = {}
    opened: dict[int, str] = {}
    at = HEAD.size
    try:
        for _ in range(head[6]):
            fd, made, size = NAME.unpack_from(payload, at)
            at += NAME_SIZE
            (opened if made else fds)[fd] = payload[at : at + size].decode("utf-8", "surrogateescape")
            at += size
        for _ in range(head[7]):
            address, late, size = PIECE.unpack_from(payload, at)
            at += PIECE_SIZE
            (end if late else entry).pieces.append((address, payload[at : at + size]))
            at += size
    except error:
        pass
    return Call(number, head[:6], ARCHES[arch], None if result == UNFINISHED_END else result, end, fds, entry, opened, head[8])
