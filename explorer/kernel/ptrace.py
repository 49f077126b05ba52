"""ptrace(2): what a tracer asks of the kernel. python-ptrace's bindings where they have the request; what they lack beside them.

All of it is for the one thread that traces. A tracee that was killed in the meantime answers ESRCH to anything: that is no
error here, its end is told by wait. What a tracer calls thousands of times a second is bound once, with its buffers (Stops, Remote).
"""

import ctypes
import errno
import os
import signal
import warnings
from itertools import repeat
from struct import Struct
from typing import Final

with warnings.catch_warnings():
    # datetime.utcfromtimestamp, which Python 3.12 deprecates.
    warnings.simplefilter("ignore", DeprecationWarning)
    from ptrace import PtraceError
    from ptrace.binding import func

SEIZE: Final = 0x4206
INTERRUPT: Final = 0x4207
LISTEN: Final = 0x4208
GET_SYSCALL_INFO: Final = 0x420E
SYSCALL: Final = 24
GETEVENTMSG: Final = 0x4201
GETSIGINFO: Final = 0x4202
"""include/uapi/linux/ptrace.h"""

OPTIONS: Final = (
    func.PTRACE_O_TRACESYSGOOD | func.PTRACE_O_TRACEFORK | func.PTRACE_O_TRACEVFORK | func.PTRACE_O_TRACECLONE | func.PTRACE_O_TRACEEXEC
)
"""Without EXITKILL: when we die, tracees go on."""
EVENT_STOP: Final = 128
SYSCALL_STOP: Final = signal.SIGTRAP | 0x80
FORK, VFORK, CLONE, EXEC = (func.PTRACE_EVENT_FORK, func.PTRACE_EVENT_VFORK, func.PTRACE_EVENT_CLONE, func.PTRACE_EVENT_EXEC)
GROUP_STOPS: Final = frozenset({signal.SIGSTOP, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU})
RESTARTS: Final = range(-516, -511)
"""-ERESTARTSYS and its kind, include/linux/errno.h: the kernel will go on with the call."""
NONE, ENTRY, EXIT = 0, 1, 2
"""PTRACE_SYSCALL_INFO_*"""
AUDIT_ARCHES: Final = {0xC000003E: 0, 0x40000003: 1, 0xC00000B7: 3, 0x40000028: 4}
"""AUDIT_ARCH_* of include/uapi/linux/audit.h → places in model.batch.ARCHES; x32 calls are x86_64 ones with bit 30."""

CLD_EXITED, CLD_KILLED, CLD_DUMPED = 1, 2, 3
WALL: Final = 0x40000000
P_ALL, P_PID = 0, 1
CHILD: Final = Struct("=8xi4xi4xi")
"""si_code, si_pid and si_status of a siginfo_t on 64-bit machines"""
HEAD: Final = Struct("=BxxxIQQ")
"""op, arch, instruction and stack pointer of struct ptrace_syscall_info"""
CALLED: Final = Struct("<4xI16xi4x6Q")
"""arch, the number's lower half, arguments"""
RETURNED: Final = Struct("=24xqB")
SIGINFO: Final = 128
NOTHING: Final = bytes(8)
INFO: Final = 88
EVENTS: Final = os.WEXITED | os.WSTOPPED | os.WNOWAIT | WALL
TRIES: Final = 24
"""Looks for a stop before we sleep, about a microsecond each: being woken costs more than most calls take."""
LUCK, MISS, REST = 16, 4, 256
"""What looking is worth: a stop found so is 1, none costs MISS; at 0 the next REST stops are waited for in sleep. At most LUCK."""

LIBC: Final = ctypes.CDLL(None, use_errno=True)
PTRACE: Final = LIBC.ptrace
PTRACE.restype = ctypes.c_long
PTRACE.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
WAITID: Final = LIBC["waitid"]
READV: Final = ctypes.CDLL(None)["process_vm_readv"]
REQUEST: Final = ctypes.PyDLL(None)["ptrace"]
"""These three have no argtypes, because converting costs more than the call does: ints are C ints, addresses were built before.
REQUEST keeps Python's lock and no errno: for what never blocks."""


def seize(tid: int) -> int:
    """Become the tracer of a thread that runs on, unstopped; 0 or the errno."""
    return 0 if not PTRACE(SEIZE, tid, None, OPTIONS) else ctypes.get_errno()


def interrupt(tid: int) -> None:
    """Stop it, as soon as it can."""
    PTRACE(INTERRUPT, tid, None, None)


def listen(tid: int) -> None:
    """Leave a thread in its group-stop, and hear when that ends."""
    PTRACE(LISTEN, tid, None, None)


def resume(tid: int, number: int = 0) -> None:
    """Let it go on to the beginning or end of its next system call, with a signal or none."""
    REQUEST(SYSCALL, tid, 0, number)


def detach(tid: int, number: int = 0) -> None:
    """Let a stopped thread go for good, with a signal or none."""
    try:
        func.ptrace_detach(tid, number)
    except PtraceError:
        pass


def event_message(tid: int) -> int:
    """What belongs to an event: the new thread's id, or the former id of one that called execve. 0 where it was killed."""
    try:
        return int(func.ptrace_geteventmsg(tid))
    except PtraceError:
        return 0


def siginfo(tid: int) -> bytes:
    """The siginfo_t of the signal that is about to be delivered; empty where it was killed."""
    buffer = ctypes.create_string_buffer(SIGINFO)
    return b"" if PTRACE(GETSIGINFO, tid, None, ctypes.addressof(buffer)) else buffer.raw


def registers(tid: int, arch: int) -> tuple[int, tuple[int, ...], int] | None:
    """Number, arguments and result of the call that a stopped thread comes from; None where it comes from none, or nobody knows.

    Only x86 keeps them: where a call was interrupted, aarch64 has already put its registers back to where they were.
    """
    try:
        found = func.ptrace_getregs(tid)
    except PtraceError:
        return None
    if not hasattr(found, "orig_rax") or found.orig_rax >> 63 or arch not in {0, 1}:
        return None
    names = ("rdi", "rsi", "rdx", "r10", "r8", "r9") if arch == 0 else ("rbx", "rcx", "rdx", "rsi", "rdi", "rbp")
    mask = (1 << 64) - 1 if arch == 0 else (1 << 32) - 1
    number = int(found.orig_rax)
    if arch == 1 and number >> 31 & 1:
        return None
    return number, tuple(int(getattr(found, name)) & mask for name in names), signed(int(found.rax), 64 if arch == 0 else 32)


def signed(raw: int, bits: int) -> int:
    """Two's complement."""
    low = raw & ((1 << bits) - 1)
    return low - (1 << bits) if low >> (bits - 1) else low


def allow_tracer(pid: int) -> None:
    """Let a process trace us where Yama is the only one who minds: prctl(2) PR_SET_PTRACER."""
    LIBC.prctl(0x59616D61, ctypes.c_ulong(pid), 0, 0, 0)


class Stops:
    """What tracees report. A stop is looked at without being consumed (WNOWAIT) until the tracee goes on.

    That is what makes our death harmless: a signal whose stop was consumed would be lost with us (kernel/signal.c, ptrace_signal).
    """

    def __init__(self) -> None:
        self._child = ctypes.create_string_buffer(SIGINFO)
        self._info = ctypes.create_string_buffer(INFO)
        self._view = memoryview(self._child).cast("B")
        self._bytes = memoryview(self._info).cast("B")
        self._child_at = ctypes.c_void_p(ctypes.addressof(self._child))
        self._info_at = ctypes.c_void_p(ctypes.addressof(self._info))
        self._luck = LUCK

    def next(self, flags: int = 0) -> tuple[int, int, int] | None:
        """code (CLD_), thread and status of who has something to report; waits for it, until a signal comes (None).

        flags: WNOHANG does not wait. Raises ChildProcessError where there are no tracees.
        """
        if flags or self._luck > 0:
            for _ in repeat(None, 1 if flags else TRIES):
                found = os.waitid(P_ALL, 0, EVENTS | os.WNOHANG)
                if found is not None:
                    if self._luck < LUCK:
                        self._luck += 1
                    tid, _, _, status, code = found
                    return code, tid, status
            if flags:
                return None
            self._luck = self._luck - MISS if self._luck > MISS else -REST
        else:
            self._luck += 1
        self._view[8:16] = NOTHING
        if WAITID(P_ALL, 0, self._child_at, EVENTS):
            if ctypes.get_errno() == errno.ECHILD:
                raise ChildProcessError
            return None
        code, tid, status = CHILD.unpack_from(self._child)
        return (code, tid, status) if code else None

    def consume(self, tid: int) -> None:
        """Take the report of a thread, so that next() goes on to the others."""
        WAITID(P_PID, tid, self._child_at, os.WSTOPPED | WALL | os.WNOHANG)

    def op(self, tid: int) -> int:
        """ENTRY or EXIT of the call that it stopped at, other numbers for other stops; called and returned tell more."""
        return self._bytes[0] if REQUEST(GET_SYSCALL_INFO, tid, INFO, self._info_at) > 0 else -1

    def arch(self) -> int:
        """Place in model.batch.ARCHES, by the last op."""
        return AUDIT_ARCHES.get(HEAD.unpack_from(self._info)[1], 0)

    def called(self) -> tuple[int, int, tuple[int, ...]]:
        """Place of the architecture, number and the six arguments."""
        found = CALLED.unpack_from(self._info)
        return AUDIT_ARCHES.get(found[0], 0), found[1], found[2:]

    def returned(self) -> int:
        """What it returned: negative errno where it failed."""
        value: int = RETURNED.unpack_from(self._info)[0]
        return value


class Remote:
    """model.trace.Memory of whatever thread is named by tid at that moment: process_vm_readv(2), pieces of at most `most` bytes."""

    def __init__(self, most: int = 1 << 16) -> None:
        self.tid = 0
        self._most = most
        self._buffer = ctypes.create_string_buffer(most)
        self._view = memoryview(self._buffer)
        self._vectors = (ctypes.c_ulong * 4)(ctypes.addressof(self._buffer), 0, 0, 0)
        self._here = ctypes.c_void_p(ctypes.addressof(self._vectors))
        self._there = ctypes.c_void_p(ctypes.addressof(self._vectors) + 16)

    def read(self, address: int, size: int) -> bytes:
        """At most size bytes; up to the first page that cannot be read."""
        if size <= 0 or not 0 < address < 1 << 63:
            return b""
        size = min(size, self._most)
        vectors = self._vectors
        vectors[1] = vectors[3] = size
        vectors[2] = address
        got = READV(self.tid, self._here, 1, self._there, 1, 0)
        return self._view[:got].tobytes() if got > 0 else b""
