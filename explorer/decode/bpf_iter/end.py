"""A descriptor of something that has several, as the iterator tells it: struct end of kernel/bpf/files.bpf.c."""

from collections.abc import Iterator
from struct import Struct
from typing import Final

END: Final = Struct("=IIQIIQ")
SOCKET, PIPE, EVENTFD, FIFO, TERMINAL = 1, 2, 3, 4, 5
"""The sorts."""
MASTER: Final = 1 << 20
"""The id of the masters of all terminals."""


def decode(chunk: bytes) -> Iterator[tuple[int, int, int, int, int, int]]:
    """pid, descriptor, id, flags, device, sort of each. id: an inode, of an eventfd its number, of a terminal its index or MASTER.

    device: of a fifo, in the kernel's form.
    """
    return END.iter_unpack(memoryview(chunk)[: len(chunk) - len(chunk) % END.size])
