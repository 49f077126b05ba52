"""getdents: how many entries came."""

from explorer.decode.syscall import memory
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.reads import RESULT, Read, Reads
from explorer.decode.syscall.value import address
from explorer.model.trace import Value

MOST = 1 << 16
"""Bytes of a folder that are taken along; of more the number of entries is not told."""


class Entries:
    """0x55… /* 5 entries */. head: bytes before d_reclen (linux/dirent.h)."""

    __slots__ = ("head",)

    def __init__(self, head: int = 0) -> None:
        self.head = head

    @property
    def reads(self) -> Reads:
        return (Read(items=RESULT, most=MOST, late=True),)

    def __call__(self, frame: Frame, raw: int) -> Value:
        if not frame.done:
            return address(raw)
        head = self.head or 2 * frame.word
        size = frame.result or 0
        data = (memory.block(frame.call.memory, raw, size) if size <= MOST else None) if size else b""
        if data is None:
            return address(raw)
        offset, count = 0, 0
        while offset + head + 2 <= len(data):
            length = int.from_bytes(data[offset + head : offset + head + 2], "little")
            if length < head + 2:
                break
            offset += length
            count += 1
        return Value(raw, f"{raw:#x} /* {count} entries */", (), "address")
