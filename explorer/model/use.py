"""What data calls did with a file or socket, counted, one row for each process and name."""

from dataclasses import dataclass, field
from typing import NamedTuple


class UseKey(NamedTuple):
    """name: as strace -y writes it between < and >, in bytes: a path, socket:[inode], pipe:[inode] …"""

    pid: int
    name: bytes


@dataclass(slots=True)
class Use:
    """reads, writes: calls that moved data that way, failed ones too; their bytes. errors: errno → how many failed. total: ns that all
    took. last: when the last one began, ns of CLOCK_MONOTONIC. others: calls on it that move no data (fstat, lseek, ioctl …)."""

    reads: int = 0
    read_bytes: int = 0
    writes: int = 0
    written_bytes: int = 0
    others: int = 0
    errors: dict[int, int] = field(default_factory=dict)
    total: int = 0
    last: int = 0


Uses = dict[UseKey, Use]
