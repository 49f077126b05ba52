"""The kernel's proc connector: a netlink socket that tells who was born, runs another program, ended.

See Documentation/driver-api/connector.rst of the kernel.

A socket that takes messages costs the kernel a copy of each, so a filter in the kernel (socket filters of Linux, not eBPF,
so on every kernel) lets through only what is asked for: births and ends of threads never wake or flood us.
"""

import contextlib
import ctypes
import errno
import os
import select
import socket
import struct
import sys
from typing import Final, Self

from explorer.kernel.errors import missing, unreadable
from explorer.model.missing import Missing, Reason, Unreadable

NETLINK_CONNECTOR: Final = 11
KIND: Final = socket.SOCK_DGRAM | socket.SOCK_CLOEXEC | socket.SOCK_NONBLOCK
GROUP: Final = 1
"""CN_IDX_PROC, as the mask that bind(2) takes."""
LISTEN, IGNORE = 1, 2
REQUEST: Final = struct.Struct("=IHHII IIIIHH I")
NLMSG_DONE: Final = 3
SO_ATTACH_FILTER: Final = 26
SO_RCVBUFFORCE: Final = 33
FIRST_PID_NAMESPACE: Final = 0xEFFFFFFC
"""PROC_PID_INIT_INO of include/linux/proc_ns.h: the inode of the first pid namespace, on every machine."""
DATAGRAM: Final = 256
AT_ONCE: Final = 50_000
"""Messages that one read() takes."""

BIRTHS_AND_ENDS: Final = "births and ends"
EXECS: Final = "execs"

FORK, EXEC, EXIT = 1, 2, 0x80000000
ACK, WHAT, TID, PID, CODE, CHILD_TID, CHILD_PID = 28, 36, 52, 56, 60, 60, 64
"""Where these stand in a message; pid and tid of who ended, and those of who was born."""
LOAD, TO_X, SAME, SAME_AS_X, RETURN = 0x20, 0x07, 0x15, 0x1D, 0x06
"""BPF_LD|BPF_W|BPF_ABS, BPF_MISC|BPF_TAX, BPF_JMP|BPF_JEQ with a number and with X, BPF_RET (linux/filter.h)."""
SHOWN, DROPPED = 0xFFFF, 0


class Connector:
    """One listener. Close it: a kernel before 6.6 goes on counting one that only vanished, which costs it a message a birth."""

    def __init__(self, kinds: str, buffer: int) -> None:
        """kinds: BIRTHS_AND_ENDS of processes (and of threads that end badly), or EXECS. buffer: bytes the kernel keeps for us, as far as
        it lets us; a message takes about 800. Raises Unreadable, with the words for why not and what would help."""
        if not in_first_namespace():
            raise Unreadable(Missing(Reason.UNSUPPORTED, "the kernel tells of births and ends by the pids of the first namespace only",
                                     "procdive outside of the container"))  # fmt: skip
        try:
            self._socket = socket.socket(socket.AF_NETLINK, KIND, NETLINK_CONNECTOR)
        except OSError as error:
            raise refused(error) from None
        try:
            self._listen(kinds, buffer)
        except OSError as error:
            self._socket.close()
            raise refused(error) from None

    def _listen(self, kinds: str, buffer: int) -> None:
        """Raises OSError."""
        try:
            self._socket.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, buffer)
        except PermissionError:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        attach(self._socket, program(kinds))
        self._socket.bind((0, GROUP))
        self._socket.send(request(LISTEN))
        # The answer is there before send(2) returns; no answer at all: our user namespace is not the first one.
        try:
            answer = self._socket.recv(DATAGRAM)
            while not answered(answer):
                answer = self._socket.recv(DATAGRAM)
        except BlockingIOError:
            raise OSError(errno.EPERM, "no answer") from None
        if code := struct.unpack_from("=I", answer, TID)[0]:
            raise OSError(code, "refused")

    def read(self) -> tuple[list[bytes], bool]:
        """The messages that came since, and whether some were lost because we did not read in time. Does not block; never raises."""
        found: list[bytes] = []
        lost, take = False, self._socket.recv
        while len(found) < AT_ONCE:
            try:
                found.append(take(DATAGRAM))
            except BlockingIOError:
                break
            except OSError as error:
                if error.errno != errno.ENOBUFS:
                    break
                lost = True
        return found, lost

    def wait(self, stop: int) -> bool:
        """Block until there is a message; False as soon as something can be read from the descriptor `stop`."""
        watched = select.poll()
        watched.register(self._socket, select.POLLIN)
        watched.register(stop, select.POLLIN)
        return stop not in {fd for fd, _ in watched.poll()}

    def close(self) -> None:
        """Listen no more."""
        with contextlib.suppress(OSError):
            self._socket.send(request(IGNORE))
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def in_first_namespace() -> bool:
    """Whether our pids are those of the first namespace; where that cannot be seen, they are held to be."""
    try:
        return os.stat("/proc/self/ns/pid").st_ino == FIRST_PID_NAMESPACE
    except OSError:
        return True


def refused(error: OSError) -> Unreadable:
    """Why there is no listening."""
    if error.errno in {errno.ECONNREFUSED, errno.EPROTONOSUPPORT}:
        why = "not in this network namespace, or this kernel has none (CONFIG_PROC_EVENTS)"
        return Unreadable(Missing(Reason.UNSUPPORTED, f"the kernel's proc connector: {why}", "procdive outside of the container"))
    if error.errno in {errno.EPERM, errno.EACCES}:
        cure = (
            "sudo procdive (Linux 6.6 allows it to everybody)" if os.geteuid() else "a root of the first user namespace, with CAP_NET_ADMIN"
        )
        return Unreadable(missing(errno.EPERM, "the kernel's proc connector", cure))
    return unreadable(error, "the kernel's proc connector")


def request(operation: int) -> bytes:
    """What a listener sends; its number comes back in the answer."""
    number = os.getpid()
    return REQUEST.pack(REQUEST.size, NLMSG_DONE, 0, 0, 0, GROUP, 1, number, number, 4, 0, operation)


def answered(datagram: bytes) -> bool:
    """Whether this is the answer to our own request; other listeners' come too."""
    if len(datagram) < PID:
        return False
    (ack,), (what,) = struct.unpack_from("=I", datagram, ACK), struct.unpack_from("=I", datagram, WHAT)
    return bool(what == 0 and ack == os.getpid() + 1)


def program(kinds: str) -> list[tuple[int, int, int, int]]:
    """The filter: code, jump if so, jump if not, number. Loads are in network order, so numbers to compare with are turned."""
    if kinds == EXECS:
        return [(LOAD, 0, 0, WHAT), (SAME, 1, 0, turned(EXEC)), (SAME, 0, 1, 0), (RETURN, 0, 0, SHOWN), (RETURN, 0, 0, DROPPED)]
    return [
        (LOAD, 0, 0, WHAT),
        (SAME, 12, 0, 0),
        (SAME, 0, 4, turned(FORK)),
        (LOAD, 0, 0, CHILD_TID),
        (TO_X, 0, 0, 0),
        (LOAD, 0, 0, CHILD_PID),
        (SAME_AS_X, 7, 8, 0),
        (SAME, 0, 7, turned(EXIT)),
        # Who ended: the process, or a thread of it with a status, which is that of all where the first thread ended before.
        (LOAD, 0, 0, CODE),
        (SAME, 0, 4, 0),
        (LOAD, 0, 0, TID),
        (TO_X, 0, 0, 0),
        (LOAD, 0, 0, PID),
        (SAME_AS_X, 0, 1, 0),
        (RETURN, 0, 0, SHOWN),
        (RETURN, 0, 0, DROPPED),
    ]


def turned(number: int) -> int:
    """As a load of the filter sees it."""
    return int.from_bytes(number.to_bytes(4, sys.byteorder), "big")


def attach(line: socket.socket, steps: list[tuple[int, int, int, int]]) -> None:
    """Filter what it is sent, in the kernel. Raises OSError."""
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    line.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, struct.pack("@HP", len(steps), ctypes.addressof(code)))
