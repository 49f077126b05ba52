"""What strace -yy says of descriptors beyond -y: both ends of sockets, numbers of devices.

A socket is asked for as soon as an event names it, a moment after the event, and an inode is one socket for ever. What it was before
it had an address is told by the calls that are seen: one that socket(2) made has none until connect, bind or the like was called on it.
"""

import os
import stat
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from explorer.decode.constants.sockets import SOCKPROTONAMES
from explorer.decode.syscall import numbers
from explorer.kernel.reader import Ask as Read
from explorer.kernel.reader import Reader, stat_of
from explorer.model.batch import Batch
from explorer.model.missing import Missing
from explorer.model.socket import InetSocket, NetlinkSocket, Socket, UnixSocket
from explorer.model.trace import Call
from explorer.trace.addresses import NOTE, Addresses, Ask
from explorer.trace.decoded import CallOf

MAKES: Final = frozenset({"socket"})
ADDRESSES: Final = frozenset({"connect", "bind", "listen", "sendto", "sendmsg", "sendmmsg", "accept", "accept4"})
"""Calls after which a socket may have an address."""
DEVICES: Final = "/dev/"


Devices = Callable[[str], str]
"""A path → "char 1:3" or "block 8:0"; "" where it is no device, or nobody knows."""


class Ends:
    """learn a batch, then read its rows, in their order, with calls instead of the tracer's call_of."""

    def __init__(self, ask: Ask, device: Devices) -> None:
        self._sockets = Addresses(ask, words=words, share=1)
        self._device = device
        self._devices: dict[str, str] = {}
        self._bare: set[int] = set()
        """Sockets that have no address yet."""

    def learn(self, batch: Batch) -> None:
        """Ask for its sockets."""
        self._sockets.learn(batch)

    def calls(self, call_of: CallOf) -> CallOf:
        """The same calls, with descriptors named so."""

        def named(number: int, arch: int, result: int | None, payload: bytes) -> Call:
            call = call_of(number, arch, result, payload)
            name = numbers.name(call.number, call.arch)
            if name in MAKES:
                self._bare.update(inode for note in call.opened.values() if (inode := inode_of(note)))
            found = replace(
                call,
                fds={fd: self.name(note) for fd, note in call.fds.items()},
                opened={fd: self.name(note) for fd, note in call.opened.items()},
            )
            if name in ADDRESSES and result is not None:
                self._bare.difference_update(map(inode_of, call.fds.values()))
            return found

        return named

    def name(self, note: str) -> str:
        """Of what strace -y writes."""
        inode = inode_of(note)
        if inode:
            found = self._sockets.known(inode) or note
            return bare(found, inode) if inode in self._bare else found
        if note.startswith(DEVICES):
            if note not in self._devices:
                self._devices[note] = self._device(note)
            return f"{note}<{self._devices[note]}>" if self._devices[note] else note
        return note


def inode_of(note: str) -> int:
    """0 where it is no socket."""
    found = NOTE.fullmatch(note)
    return int(found[1]) if found else 0


def bare(name: str, inode: int) -> str:
    """Before it had an address."""
    return f"{name.partition(':')[0]}:[{inode}]"


def words(socket: Socket) -> str:
    """As strace -yy writes it: TCP:[127.0.0.1:80->127.0.0.1:4242], UNIX-STREAM:[1->2,"/run/x"], NETLINK:[ROUTE:812]."""
    name = protocol(socket)
    if not name:
        return f"socket:[{socket.inode}]"
    return f"{name}:[{inside(socket) or socket.inode}]"


def protocol(socket: Socket) -> str:
    """The name that the kernel has for it; "" where strace has no more to say."""
    if isinstance(socket, UnixSocket) or socket.family == "unix":
        return "UNIX-STREAM" if socket.type == "stream" else "UNIX"
    if socket.family == "netlink":
        return "NETLINK"
    return next(
        (name for name, (family, _, kind) in SOCKPROTONAMES.items() if kind and (family, kind) == (socket.family, socket.protocol)), ""
    )


def inside(socket: Socket) -> str:
    """What stands between the brackets; "" where that is only the inode."""
    if isinstance(socket, InetSocket) and socket.local[0]:
        there = f"->{end(socket.remote)}" if socket.remote[1] or socket.connected else ""
        return end(socket.local) + there
    if isinstance(socket, UnixSocket):
        peer = f"->{socket.peer}" if socket.peer else ""
        path = f',@"{socket.path[1:]}"' if socket.path.startswith("@") else f',"{socket.path}"' if socket.path else ""
        return f"{socket.inode}{peer}{path}"
    if isinstance(socket, NetlinkSocket) and socket.port:
        return f"{socket.protocol}:{socket.port}"
    return ""


def end(address: tuple[str, int]) -> str:
    """127.0.0.1:80, [::1]:80"""
    return f"[{address[0]}]:{address[1]}" if ":" in address[0] else f"{address[0]}:{address[1]}"


def devices(reader: Reader) -> Devices:
    """By stat(2) of the path, as strace does it, but with a deadline."""

    def device(path: str) -> str:
        [answer] = reader.ask([Read("s", path)])
        if isinstance(answer, Missing):
            return ""
        found = stat_of(answer)
        kind = "char" if stat.S_ISCHR(found.mode) else "block" if stat.S_ISBLK(found.mode) else ""
        return f"{kind} {os.major(found.rdev)}:{os.minor(found.rdev)}" if kind else ""

    return device
