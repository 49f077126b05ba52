"""Sockets of all network namespaces, and the other end of a connection that is in another one."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from explorer.decode.netlink import unix_vfs
from explorer.decode.proc.fib_trie import local_addresses
from explorer.kernel.netlink import SocketTables
from explorer.kernel.procfs import Procfs
from explorer.model.missing import Missing, Unreadable
from explorer.model.socket import InetSocket, Socket
from explorer.resolve.sockets import Sockets, is_lost

AGE: Final = 5.0
"""Seconds for which it is taken to be known which namespaces there are, and which addresses they have,"""
SHARE: Final = 100
"""and times as long as it took to find out."""


class Elsewhere:
    """For one thread at a time; what it keeps is small."""

    def __init__(self, proc: Procfs, sockets: Sockets, clock: Callable[[], float] = time.monotonic) -> None:
        self._proc = proc
        self._sockets = sockets
        self._clock = clock
        self._taken = float("-inf")
        self._known: Mapping[str, int] = {}
        self._addresses: dict[str, list[int]] | None = None

    def namespaces(self) -> Mapping[str, int]:
        """net:[INODE] → a process that is in it; those of processes that may be looked at. Ours is among them, under its own pid."""
        now = self._clock()
        if now - self._taken >= AGE:
            self._known, self._addresses = self._look(), None
            # To look at ten thousand processes takes a while, so that is done less often.
            self._taken = now + SHARE * (self._clock() - now)
        return self._known

    def _look(self) -> dict[str, int]:
        found: dict[str, int] = {}
        try:
            pids = self._proc.numbers()
        except Unreadable:
            pids = []
        for pid in pids:
            try:
                found.setdefault(self._proc.link(pid, "ns", "net"), pid)
            except Unreadable:
                continue
        return found

    def all(self, table: str) -> Iterator[tuple[int, Socket]]:
        """Every socket of one table (tcp, unix …) of every namespace, with a process that is in it. Never raises."""
        for pid in self.namespaces().values():
            for socket in self._sockets.all(pid, table):
                yield pid, socket

    def find(self, inode: int) -> tuple[int, Socket] | None:
        """A socket, wherever it is, with a process that is in that namespace. Never raises."""
        for pid in self.namespaces().values():
            if found := self._sockets.known(pid, inode):
                return pid, found
        return None

    def bound(self, file: tuple[int, int, int]) -> frozenset[int]:
        """The unix sockets, of whatever namespace, that are bound to a file: major and minor of its device, inode. Never raises."""
        wanted = (*file[:2], file[2] & 0xFFFFFFFF)
        found: set[int] = set()
        try:
            own = self._proc.link("self", "ns", "net")
        except Unreadable:
            own = ""
        for name, pid in self.namespaces().items():
            try:
                with SocketTables("" if name == own else self._proc.path(pid, "ns", "net")) as line:
                    told = [unix_vfs.decode(answer) for answer in line.dump(unix_vfs.request())]
            except Unreadable:
                continue
            found.update(each[0] for each in told if each and each[1] == wanted)
        return frozenset(found)

    def with_peers(self, pid: int, found: Mapping[int, Socket | Missing]) -> dict[int, Socket | Missing]:
        """Sockets of a process by inode, with the other end of those whose remote address is one of another network namespace.

        Two namespaces may have the same address; the end is told only where one alone has it. What is not in its process's
        namespace is looked for in the others: what accept(2) gives on a unix socket is in that of who connected
        (unix_stream_connect of net/unix/af_unix.c). Never raises.
        """
        out = dict(found)
        far = [socket for socket in found.values() if isinstance(socket, InetSocket) and is_far(socket)]
        lost = [inode for inode, socket in found.items() if is_lost(socket)]
        if not (far or lost) or len(self.namespaces()) < 2:
            return out
        try:
            own = self._proc.link(pid, "ns", "net")
        except Unreadable:
            own = ""
        for inode in lost:
            there = (self._sockets.known(other, inode) for name, other in self._known.items() if name != own)
            out[inode] = next((socket for socket in there if socket), out[inode])
        if far and self._addresses is None:
            self._addresses = self._where()
        for socket in far:
            peers = [
                peer
                for other in (self._addresses or {}).get(plain(socket.remote[0]), ())
                if self._known.get(own) != other and (peer := self._sockets.between(pid, other, socket)) is not None
            ]
            if len(peers) == 1:
                out[socket.inode] = replace(socket, peer=peers[0], near=True, unaccepted=not peers[0] and socket.state == "ESTABLISHED")
        return out

    def _where(self) -> dict[str, list[int]]:
        """Address → namespaces that have it, each by a process in it."""
        found: dict[str, list[int]] = {}
        for pid in self._known.values():
            for address in self._of(pid):
                found.setdefault(address, []).append(pid)
        return found

    def _of(self, pid: int) -> set[str]:
        found: set[str] = set()
        for name in ("fib_trie", "if_inet6"):
            try:
                found |= local_addresses(self._proc.read(pid, "net", name))
            except Unreadable:
                continue
        return found


def is_far(socket: InetSocket) -> bool:
    """Whether it is connected to nobody in its own namespace."""
    return socket.connected and not socket.peer and not socket.near and not socket.unaccepted


def plain(address: str) -> str:
    """IPv4 on an IPv6 socket as IPv4; without the interface."""
    address = address.partition("%")[0]
    return address.removeprefix("::ffff:") if "." in address else address
