"""What waits in a pipe or a socket to be read, as the kernel has it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Queue:
    """count: bytes. pieces: in so many messages, or pages of a pipe. room: pages that a pipe takes. readers, writers: ends of a pipe.

    data: the first of the bytes, oldest first. whole: they are all. moved: it changed while it was looked at, so nothing of it is sure.
    """

    count: int
    pieces: int = 0
    room: int = 0
    readers: int = 0
    writers: int = 0
    data: bytes = b""
    whole: bool = True
    moved: bool = False
