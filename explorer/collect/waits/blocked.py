"""A thread that waits, and what its call's arguments point to."""

import struct
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from explorer.collect.glance import Glance
from explorer.model.stack import Age, Party, Thread

NAMES: Final = 3
"""So many are named in a sentence; then their number."""
FOREVER: Final = float("inf")
WIDE: Final = frozenset({"x86_64", "aarch64"})


@dataclass(frozen=True, slots=True)
class Blocked:
    """What the kinds of waits are given. args: the six registers of the call, unsigned, or ()."""

    glance: Glance
    thread: Thread
    args: tuple[int, ...]

    @property
    def name(self) -> str:
        """Its call; "" where it is in none."""
        return self.thread.call.name if self.thread.call else ""

    @property
    def pid(self) -> int:
        """Its process."""
        return self.glance.pid

    @property
    def long(self) -> int:
        """Bytes of a long and of a pointer as this call means them."""
        return 8 if not self.thread.call or self.thread.call.arch in WIDE else 4

    def signed(self, index: int) -> int:
        """An argument as a C int."""
        return signed(self.args[index]) if index < len(self.args) else 0

    def time_at(self, address: int, sub: float = 1e-9) -> float | None:
        """A timespec (sub: what its second half counts, in seconds; 1e-6 for a timeval) at an address, in seconds."""
        if not address:
            return None
        size = 8 if self.name.endswith("_time64") or self.name in {"epoll_pwait2", "futex_waitv"} else self.long
        raw = self.glance.memory.read(address, 2 * size)
        if len(raw) < 2 * size:
            return None
        whole, part = struct.unpack("=qq" if size == 8 else "=ii", raw)
        return float(whole + part * sub)

    def left(self, timeout: float | None) -> tuple[float | None, bool]:
        """Seconds until a timeout that began with the call is over, and whether that is only the most it can be."""
        age = self.thread.age
        if timeout is None or age is None or timeout < 0:
            return None, False
        if self.thread.restarted:
            return timeout, True
        return max(0.0, timeout - age.seconds), age.at_least

    def until(self, when: float, clock: int) -> float | None:
        """Seconds until a moment on a clock of ours; None for one that is not: CPU time, or of another time namespace."""
        if clock != time.CLOCK_REALTIME and not self.glance.same_time:
            return None
        try:
            return max(0.0, when - time.clock_gettime(clock))
        except (OSError, OverflowError):
            return None


def signed(register: int) -> int:
    """The lower half of a register as a C int."""
    low = register & 0xFFFFFFFF
    return low - (1 << 32) if low >= 1 << 31 else low


def listed(names: Iterable[str], most: int = NAMES) -> str:
    """`a, b, c and 4 more`."""
    every = list(names)
    if len(every) > most + 1:
        return f"{', '.join(every[:most])} and {len(every) - most} more"
    return " and ".join(filter(None, (", ".join(every[:-1]), every[-1]))) if every else ""


def party(glance: Glance, tid: int, role: str, pid: int = 0, fd: int = -1) -> Party:
    """Somebody by process and thread id."""
    return Party(pid or tid, tid, glance.comm(tid), role, fd)


def holders(pids: Iterable[tuple[int, str]]) -> str:
    """Processes with their names, each once, in order."""
    return listed(dict.fromkeys(f"{pid} {comm}".rstrip() for pid, comm in pids))


NO_AGE: Final = Age(0.0, True)
