"""A descriptor of something that has several, as the iterator tells it: struct end of kernel/bpf/files.bpf.c."""

from collections.abc import Iterator
from struct import Struct
from typing import Final

END: Final = Struct("=IIQIIQ")
SOCKET, PIPE, EVENTFD, FIFO = 1, 2, 3, 4
"""The sorts."""


def decode(chunk: bytes) -> Iterator[tuple[int, int, int, int, int, int]]:
    """pid, descriptor, id, flags, device, sort of each. id: an inode, of an eventfd its number; device: of a fifo, the kernel's form."""
    return END.iter_unpack(memoryview(chunk)[: len(chunk) - len(chunk) % END.size])
