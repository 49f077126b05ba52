"""A BPF ring buffer, read through its memory: a batch is one copy, and costs no system call."""

import mmap
import threading
from typing import Final

BUSY: Final = 1 << 31
"""bpf.h BPF_RINGBUF_BUSY_BIT: reserved, and not committed yet."""
DISCARD: Final = 1 << 30
HEADER: Final = 8
"""Bytes before each payload: its length with the two bits, and an offset of the kernel's own; both together a multiple of 8."""
KNOWN: Final = 1 << 13
STEPS: Final = [length + HEADER + 7 & -8 for length in range(KNOWN)]
"""By a payload's length: bytes from it to the next one. A length with either bit, or a longer one, is not in it."""


class Ring:
    """Of `size` bytes, as its map was made with; one thread reads.

    Its pages: the reader's position, which we write; the writers' position; the data, mapped twice in a row so that no record is torn.

    Order: the kernel publishes its position after the record's header (store-release) and drops the busy bit after the payload (xchg),
    so we must read position, headers, payloads in this order, and hand back space after the last read. x86-64 keeps loads in order and
    stores after them by itself; aarch64 does not. So between two of these steps stands fence(): a lock released, then acquired, which
    orders what is before the one and what is after the other (RCsc on aarch64, a locked instruction on x86-64). Each position and
    header is one aligned load of a memoryview, never torn. Headers among themselves are ordered by address: one leads to the next.
    """

    def __init__(self, fd: int, size: int) -> None:
        page = mmap.PAGESIZE
        self.size = size
        self.lock = threading.Lock()
        self.lock.acquire()
        self.ours = mmap.mmap(fd, page, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE)
        self.theirs = mmap.mmap(fd, page + 2 * size, mmap.MAP_SHARED, mmap.PROT_READ, offset=page)
        whole = memoryview(self.theirs)
        self.consumed = memoryview(self.ours)[:8].cast("Q")
        self.produced = whole[:8].cast("Q")
        self.data = whole[page:]
        self.words = whole[page - HEADER :].cast("I")  # so that a payload's offset finds its header
        self.views = [self.consumed, self.produced, self.data, self.words, whole]

    def fence(self) -> None:
        """Nothing after it happens before what is before it."""
        self.lock.release()
        self.lock.acquire()

    @property
    def pending(self) -> int:
        """Bytes that wait, headers and what is not committed yet among them."""
        return self.produced[0] - self.consumed[0]

    def take(self, limit: int) -> tuple[bytes, list[int]]:
        """What is committed, up to the first record that is not, or that ends `limit` bytes or more away; and where payloads begin.

        Each is followed by the header of the next; its length is what the record says itself, or raw's 4 bytes at offset - 8.
        """
        start = self.consumed[0]
        end = self.produced[0] - start
        if not end:
            return b"", []
        self.fence()
        base = start & self.size - 1
        at, end = HEADER, min(end, limit) + HEADER
        found: list[int] = []
        # The walk is what a record costs: no call but append's, no arithmetic but one sum. Measured against masks and
        # comparisons of each header (1.6 times as long), struct, ctypes, an array copied first.
        words, steps, append = self.words[base >> 2 :], STEPS, found.append
        while at < end:
            try:
                while at < end:
                    step = steps[words[at >> 2]]
                    append(at)
                    at += step
            except IndexError:
                header = words[at >> 2]
                if header & BUSY:
                    break
                if not header & DISCARD:
                    append(at)
                at += (header & DISCARD - 1) + HEADER + 7 & -8
        self.fence()
        raw = bytes(self.data[base : base + at - HEADER])
        self.fence()
        self.consumed[0] = start + at - HEADER
        return raw, found

    def close(self) -> None:
        """Unmap it; any number of times."""
        for view in self.views:
            view.release()
        self.ours.close()
        self.theirs.close()
