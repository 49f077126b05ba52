"""What a socket itself says of its ends and its network namespace, where no table has it: pidfd_getfd(2), getsockname(2), SIOCGSKNS."""

import ctypes
import fcntl
import os
import socket
from typing import Final, NamedTuple

from explorer.kernel.errors import unreadable

PIDFD_GETFD: Final = 438
"""The number on every architecture: it is one of the calls that were added to all at once."""


SIOCGSKNS: Final = 0x894C
"""include/uapi/linux/sockios.h"""


class Names(NamedTuple):
    """type: SOCK_*. local, remote: as Python has addresses of that family; remote None where it is not connected."""

    type: int
    listens: bool
    local: object
    remote: object


def names(pid: int, fd: int) -> Names:
    """Asked through a second descriptor of the same socket, closed at once. Nothing is stopped. Raises Unreadable.

    Needs what ptrace(2) needs.
    """
    try:
        with socket.socket(fileno=taken(pid, fd)) as found:
            return Names(found.type, bool(found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)), found.getsockname(), peer(found))
    except OSError as error:
        raise unreadable(error, f"/proc/{pid}/fd/{fd}") from None


def network_namespace(pid: int, fd: int) -> tuple[int, int]:
    """The inode of the network namespace that a socket is of, and a descriptor of that, which the caller closes. Raises Unreadable.

    As names(), and needs CAP_NET_ADMIN over that namespace.
    """
    try:
        ours = taken(pid, fd)
        try:
            held = fcntl.ioctl(ours, SIOCGSKNS)
        finally:
            os.close(ours)
        return os.fstat(held).st_ino, held
    except OSError as error:
        raise unreadable(error, f"the network namespace of /proc/{pid}/fd/{fd}") from None


def taken(pid: int, fd: int) -> int:
    """A descriptor of ours for the same open file, to be closed at once. Raises OSError."""
    held = os.pidfd_open(pid)
    try:
        ours = int(ctypes.CDLL(None, use_errno=True).syscall(PIDFD_GETFD, held, fd, 0))
        if ours < 0:
            raise OSError(ctypes.get_errno(), "pidfd_getfd")
        return ours
    finally:
        os.close(held)


def peer(found: socket.socket) -> object:
    """The other end, None where there is none."""
    try:
        return found.getpeername()
    except OSError:
        return None
