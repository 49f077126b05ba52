"""Who else, in other processes, waits at the same place of memory that processes share."""

from collections.abc import Iterator
from typing import Final

from explorer.collect.glance import Glance
from explorer.decode.proc.maps import decode as decode_maps
from explorer.decode.proc.syscall import Registers
from explorer.model.maps import Mapping
from explorer.model.missing import Unreadable

LIMIT: Final = 1 << 24
THREADS: Final = 64
"""Threads of another process at most that are asked."""
FUTEX_CALLS: Final = frozenset({202, 98, 240, 422, 449, 455})
"""futex by any of its names on any arch: a first sieve, the caller knows better."""


def sharers(glance: Glance, address: int) -> Iterator[tuple[int, int, int]]:
    """(process, thread, address there) of blocked threads of other processes whose first argument lies on the same bytes.

    A futex that is not private is known to the kernel by the file's inode and the offset in it (futex(2), get_futex_key()).
    """
    here = place(glance, glance.pid, address)
    if here is None:
        return
    for pid in glance.nearby():
        for tid in glance.tids_of(pid)[:THREADS]:
            registers = glance.registers(tid, pid)
            if not isinstance(registers, Registers) or registers.number not in FUTEX_CALLS:
                continue
            if place(glance, pid, registers.args[0]) == here:
                yield pid, tid, registers.args[0]


def place(glance: Glance, pid: int, address: int) -> tuple[tuple[int, int], int, int] | None:
    """Device, inode and offset of an address in a shared mapping; None where it lies in none."""
    for mapping in mappings(glance, pid):
        if mapping.start <= address < mapping.end:
            if "s" not in mapping.permissions or not mapping.inode:
                return None
            return mapping.device, mapping.inode, mapping.offset + address - mapping.start
    return None


def mappings(glance: Glance, pid: int) -> tuple[Mapping, ...]:
    """The maps of a process, () where they may not be read. Through the reader: before Linux 6.17 they take the memory lock."""
    try:
        return decode_maps(glance.system.reader.read(glance.system.proc.path(pid, "maps"), LIMIT))
    except Unreadable:
        return ()
