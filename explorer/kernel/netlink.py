"""The kernel's socket tables, asked through netlink (sock_diag(7)), in any network namespace."""

import ctypes
import fcntl
import os
import socket
import struct
import threading
from collections.abc import Iterator, Sequence
from typing import Final, Self

from explorer.kernel.errors import missing, unreadable
from explorer.model.missing import Missing, Reason, Unreadable

HEADER: Final = struct.Struct("=IHHII")
ERROR_CODE: Final = struct.Struct("=i")
NLMSG_ERROR: Final = 2
NLMSG_DONE: Final = 3
NLM_F_REQUEST: Final = 1
NLM_F_DUMP_REQUEST: Final = 0x301
SOCK_DIAG_BY_FAMILY: Final = 20
NETLINK_SOCK_DIAG: Final = 4
CLONE_NEWNET: Final = 0x40000000
SIOCGIFNAME: Final = 0x8910
DEADLINE: Final = 2.0
BUFFER: Final = 1 << 17
AT_ONCE: Final = 64
"""Requests of one datagram: their answers must fit into the socket's buffer."""


class SocketTables:
    """An open question line to one network namespace. Hold it for one round of dumps: it keeps the namespace alive."""

    def __init__(self, namespace: str = "") -> None:
        """namespace: the path of a file that stands for it, /proc/PID/ns/net; "" for our own. Raises Unreadable."""
        try:
            self._socket = open_in(namespace) if namespace else diag_socket()
        except OSError as error:
            raise unreadable(error, f"socket tables of {namespace or 'this network namespace'}") from None

    def dump(self, request: bytes) -> list[bytes]:
        """The payload of each answer to one family's request. Raises Unreadable; UNSUPPORTED where the kernel has no such table."""
        try:
            self._socket.send(framed(request))
            return self._answers()
        except OSError as error:
            raise unreadable(error, "sock_diag") from None

    def each(self, requests: Sequence[bytes]) -> list[bytes | Missing]:
        """The one answer to each request that names one socket, in their order; GONE where it is there no more. Never raises."""
        found: dict[int, bytes | Missing] = {}
        try:
            for start in range(0, len(requests), AT_ONCE):
                part = requests[start : start + AT_ONCE]
                self._socket.send(b"".join(framed(request, NLM_F_REQUEST, start + index) for index, request in enumerate(part)))
                while len(found) < start + len(part):
                    found.update(answers(self._socket.recv(BUFFER)))
        except OSError as error:
            late = missing(error.errno, "sock_diag") if error.errno else Missing(Reason.TIMED_OUT, "sock_diag")
            return [found.get(index, late) for index in range(len(requests))]
        return [found[index] for index in range(len(requests))]

    def interface(self, index: int) -> str:
        """The name of a network interface of this namespace, its number where it has none any more."""
        try:
            answer = fcntl.ioctl(self._socket, SIOCGIFNAME, struct.pack("16si20x", b"", index))
        except OSError:
            return str(index)
        return os.fsdecode(answer[:16].partition(b"\0")[0])

    def close(self) -> None:
        """Let the namespace go."""
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _answers(self) -> list[bytes]:
        found: list[bytes] = []
        while True:
            for kind, payload in messages(self._socket.recv(BUFFER)):
                if kind not in {NLMSG_DONE, NLMSG_ERROR}:
                    found.append(payload)
                    continue
                if error := error_of(payload):
                    raise Unreadable(refused(error))
                return found


def framed(payload: bytes, flags: int = NLM_F_DUMP_REQUEST, number: int = 1) -> bytes:
    """A sock_diag request, as it is for all sockets that fit the payload."""
    return HEADER.pack(HEADER.size + len(payload), SOCK_DIAG_BY_FAMILY, flags, number, 0) + payload


def answers(data: bytes) -> Iterator[tuple[int, bytes | Missing]]:
    """The number of each request that a datagram answers, with the answer."""
    offset = 0
    for kind, payload in messages(data):
        number = int(HEADER.unpack_from(data, offset)[3])
        offset += HEADER.size + len(payload) + 3 & ~3
        yield number, missing(error_of(payload), "the socket") if kind == NLMSG_ERROR else payload


def messages(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Type and payload of each message of a datagram (netlink(7)); ends where a length makes no sense."""
    offset = 0
    while offset + HEADER.size <= len(data):
        length, kind, _, _, _ = HEADER.unpack_from(data, offset)
        if length < HEADER.size or offset + length > len(data):
            return
        yield kind, data[offset + HEADER.size : offset + length]
        offset += length + 3 & ~3


def error_of(payload: bytes) -> int:
    """The errno of an NLMSG_ERROR or NLMSG_DONE, positive; 0 for none."""
    return -int(ERROR_CODE.unpack_from(payload)[0]) if len(payload) >= ERROR_CODE.size else 0


def refused(error: int) -> Missing:
    """ENOENT here means that the kernel has no module for that table, not that anything is gone."""
    found = missing(error, "sock_diag")
    return Missing(Reason.UNSUPPORTED, "this kernel has no table of such sockets") if found.reason is Reason.GONE else found


def diag_socket() -> socket.socket:
    """A socket of the calling thread's network namespace. Raises OSError."""
    found = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW | socket.SOCK_CLOEXEC, NETLINK_SOCK_DIAG)
    found.settimeout(DEADLINE)
    return found


def open_in(namespace: str) -> socket.socket:
    """A socket of another network namespace. Raises OSError.

    setns(2) moves the calling thread alone, and a netlink socket stays where it was made: so a thread that does nothing
    else goes there, makes the socket and ends. No other code ever runs in it.
    """
    found: list[socket.socket | OSError] = []
    thread = threading.Thread(target=go_and_open, args=(namespace, found), name="setns", daemon=True)
    thread.start()
    thread.join()
    if isinstance(found[0], OSError):
        raise found[0]
    return found[0]


def go_and_open(namespace: str, found: list[socket.socket | OSError]) -> None:
    """The life of that thread."""
    try:
        fd = os.open(namespace, os.O_RDONLY | os.O_CLOEXEC)
        try:
            libc = ctypes.CDLL(None, use_errno=True)
            if libc.setns(fd, CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), "setns")
        finally:
            os.close(fd)
        found.append(diag_socket())
    except OSError as error:
        found.append(error)
