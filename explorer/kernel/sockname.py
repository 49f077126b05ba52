"""What a socket itself says of its ends, where no table of the kernel has it: pidfd_getfd(2), getsockname(2)."""

import ctypes
import os
import socket
from typing import Final, NamedTuple

from explorer.kernel.errors import unreadable

PIDFD_GETFD: Final = 438
"""The number on every architecture: it is one of the calls that were added to all at once."""


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
    what = f"/proc/{pid}/fd/{fd}"
    try:
        held = os.pidfd_open(pid)
        try:
            ours = ctypes.CDLL(None, use_errno=True).syscall(PIDFD_GETFD, held, fd, 0)
            if ours < 0:
                raise OSError(ctypes.get_errno(), "pidfd_getfd")
        finally:
            os.close(held)
        with socket.socket(fileno=ours) as found:
            return Names(found.type, bool(found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)), found.getsockname(), peer(found))
    except OSError as error:
        raise unreadable(error, what) from None


def peer(found: socket.socket) -> object:
    """The other end, None where there is none."""
    try:
        return found.getpeername()
    except OSError:
        return None
