"""/proc/PID/task/TID/syscall: the call that a thread is blocked in, or why there is none."""

from dataclasses import dataclass
from enum import Enum


class Elsewhere(Enum):
    """No registers to be had. RUNNING: on a CPU, or about to be. UNREADABLE: text that no kernel is known to write."""

    RUNNING = "running"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Registers:
    """A blocked thread's number and arguments, and where its user code goes on.

    number: as the kernel keeps it, in the numbering of whichever way it entered (x86-64, i386, x32 …), which this file
    does not say; -1 where it is blocked outside a call (page fault, stopped on the way back, ended). args: six, or ().
    """

    number: int
    args: tuple[int, ...]
    sp: int
    pc: int


def decode(raw: bytes) -> Registers | Elsewhere:
    """Three forms (fs/proc/base.c, proc_pid_syscall): `running`, `-1 SP PC`, `NR A0 A1 A2 A3 A4 A5 SP PC`, numbers but NR in hex."""
    words = raw.split()
    if words == [b"running"]:
        return Elsewhere.RUNNING
    if len(words) not in {3, 9}:
        return Elsewhere.UNREADABLE
    try:
        number, (*args, sp, pc) = int(words[0]), (int(word, 16) for word in words[1:])
    except ValueError:
        return Elsewhere.UNREADABLE
    return Registers(number, tuple(args), sp, pc)
