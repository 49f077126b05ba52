"""The proc connector's events: births, execs and ends of processes. include/uapi/linux/cn_proc.h and connector.h."""

import struct
from typing import Final, NamedTuple

HEADER: Final = struct.Struct("=16xIIII4xIIQ")
"""The nlmsghdr left out; of cn_msg the id (two numbers), seq and ack; of proc_event what, cpu and the moment."""
DATA: Final = HEADER.size
CN_IDX_PROC, CN_VAL_PROC = 1, 1

NONE, FORK, EXEC, UID, GID, SID, PTRACE, COMM = 0, 1, 2, 4, 0x40, 0x80, 0x100, 0x200
COREDUMP, EXIT = 0x40000000, 0x80000000

ONE: Final = struct.Struct("=I")
TWO: Final = struct.Struct("=ii")
FOUR: Final = struct.Struct("=iiii")
IDS: Final = struct.Struct("=iiII")
NAME: Final = struct.Struct("=ii16s")
DYING: Final = struct.Struct("=iiII")
PARENT: Final = struct.Struct("=ii")


class Answered(NamedTuple):
    """The answer to a listener's request. error: errno, 0 where it was heard. ack: one more than that of the request."""

    error: int
    ack: int


class Forked(NamedTuple):
    """when, here and below: CLOCK_MONOTONIC nanoseconds. pid: of the process, tid of the thread that was born; equal for a process."""

    when: int
    pid: int
    tid: int
    parent: int


class Execed(NamedTuple):
    """It runs another program from now on."""

    when: int
    pid: int


class Exited(NamedTuple):
    """A thread ended, a process where pid and tid are equal. status: as wait(2) has it. parent: 0 where the kernel is too old to say."""

    when: int
    pid: int
    tid: int
    status: int
    parent: int


class Named(NamedTuple):
    """A thread gave itself a name (not at exec)."""

    when: int
    pid: int
    tid: int
    comm: bytes


class Became(NamedTuple):
    """Its user or group changed. group: whether it is the group."""

    when: int
    pid: int
    real: int
    effective: int
    group: bool


class Led(NamedTuple):
    """It leads a session of its own now."""

    when: int
    pid: int


class Traced(NamedTuple):
    """Somebody traces it by ptrace(2); tracer 0: nobody any more."""

    when: int
    pid: int
    tracer: int


class Dumped(NamedTuple):
    """Its memory is being written to a core file."""

    when: int
    pid: int


ProcEvent = Answered | Forked | Execed | Exited | Named | Became | Led | Traced | Dumped


def decode(datagram: bytes) -> ProcEvent | None:
    """One message of the connector; None for what is none, is cut short, or of a kind that is not known."""
    if len(datagram) < DATA:
        return None
    index, value, _, ack, what, _, when = HEADER.unpack_from(datagram)
    if (index, value) != (CN_IDX_PROC, CN_VAL_PROC):
        return None
    try:
        return _event(datagram, what, when, ack)
    except struct.error:
        return None


def _event(raw: bytes, what: int, when: int, ack: int) -> ProcEvent | None:
    """Raises struct.error where it is cut short."""
    if what == FORK:
        _, parent, tid, pid = FOUR.unpack_from(raw, DATA)
        return Forked(when, pid, tid, parent)
    if what == EXIT:
        tid, pid, status, _ = DYING.unpack_from(raw, DATA)
        parent = PARENT.unpack_from(raw, DATA + DYING.size)[1] if len(raw) >= DATA + DYING.size + PARENT.size else 0
        return Exited(when, pid, tid, status, parent)
    if what == EXEC:
        return Execed(when, TWO.unpack_from(raw, DATA)[1])
    if what == COMM:
        tid, pid, comm = NAME.unpack_from(raw, DATA)
        return Named(when, pid, tid, comm.partition(b"\0")[0])
    if what in {UID, GID}:
        _, pid, real, effective = IDS.unpack_from(raw, DATA)
        return Became(when, pid, real, effective, what == GID)
    if what == PTRACE:
        _, pid, _, tracer = FOUR.unpack_from(raw, DATA)
        return Traced(when, pid, tracer)
    if what in {SID, COREDUMP}:
        pid = TWO.unpack_from(raw, DATA)[1]
        return Led(when, pid) if what == SID else Dumped(when, pid)
    return Answered(ONE.unpack_from(raw, DATA)[0], ack) if what == NONE else None
