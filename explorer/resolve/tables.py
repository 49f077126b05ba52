"""The socket tables of one network namespace at one moment: inode → socket, and which sockets are each other's ends."""

import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from explorer.decode.constants.sockets import AF_INET6, ESTABLISHED, LISTEN
from explorer.decode.netlink import inet, unix
from explorer.decode.netlink.address import MAPPED, is_any, is_loopback
from explorer.model.socket import InetSocket, Socket, UnixSocket

DGRAM = 2
INODE = slice(68, 72)
ENDS = slice(4, 40)
"""Where struct inet_diag_msg has the inode and both ends: rows are many, so only these are looked at in all of them."""


class Table(Protocol):
    """The sockets of one sort."""

    def find(self, inode: int) -> Socket | None:
        """The socket, None where it is not in this table."""
        ...

    def inodes(self) -> Collection[int]:
        """Of all of them that a descriptor may lead to."""
        ...


class InetTable:
    """One protocol over both families: an IPv6 listener takes IPv4 connections too, and each may be the other's peer."""

    def __init__(self, rows: Iterable[bytes | inet.Entry], protocol: int) -> None:
        self._protocol = protocol
        self._rows: dict[int, bytes | inet.Entry] = {}
        self._inodes: dict[bytes, int] = {}
        self._unaccepted: dict[bytes, list[bytes | inet.Entry]] = {}
        self._listening: dict[bytes, dict[bytes, int]] = {}
        for row in rows:
            if isinstance(row, bytes):
                if len(row) < inet.MESSAGE.size:
                    continue
                inode, key, state = int.from_bytes(row[INODE], sys.byteorder), row[ENDS], row[1]
            else:
                inode, key, state = row.inode, pair(row.local, row.remote, row.family == AF_INET6), row.state
            if inode not in self._rows or not is_listener(self._rows[inode]):  # of SCTP, which may have associations too
                self._rows[inode] = row
            if inode or state == ESTABLISHED:  # others without an inode were closed, and still have something to send
                self._inodes[key] = inode
            if not inode and state == ESTABLISHED:
                self._unaccepted.setdefault(key[:2], []).append(row)
            if state == LISTEN and (found := entry(row)):
                here = self._listening.setdefault(found.local[1], {})
                here[found.local[0]] = 0 if found.local[0] in here else inode
        self._rows.pop(0, None)

    def find(self, inode: int) -> InetSocket | None:
        """The socket, with what the other rows say of it."""
        row = self._rows.get(inode)
        found = entry(row) if row is not None else None
        if found is None:
            return None
        socket = inet.socket_of(found, self._protocol)
        if found.state == LISTEN and (waiting := self._clients(found)):
            return replace(socket, waiting=waiting)
        if not found.is_connected:
            return socket
        peer = self.peer(found)
        inbound = bool(self._listeners(found.local))
        near = bool(peer) or is_loopback(found.remote[0]) or found.remote[0] == found.local[0]
        # A connection that nobody has accepted yet is in the table, but has no inode: no descriptor leads to it.
        unaccepted = peer == 0 and socket.state == "ESTABLISHED"
        listeners = self._listeners(found.remote) if unaccepted else []
        listener = listeners[0] if len(listeners) == 1 else 0
        return replace(socket, inbound=inbound, peer=peer or 0, near=near, unaccepted=unaccepted, listener=listener)

    def inodes(self) -> Collection[int]:
        """Of all of them."""
        return self._rows.keys()

    def row(self, inode: int) -> bytes | None:
        """The row as the kernel sent it, None where it is in no table or came out of /proc."""
        row = self._rows.get(inode)
        return row if isinstance(row, bytes) else None

    def interface_of(self, inode: int) -> int:
        """The number of the interface that it is bound to, 0 for none."""
        row = self._rows.get(inode)
        found = entry(row) if row is not None else None
        return found.interface if found else 0

    def other_end_in(self, table: "InetTable", inode: int) -> int | None:
        """The inode of a socket's other end in the table of another network namespace, as peer() has it."""
        row = self._rows.get(inode)
        found = entry(row) if row is not None else None
        return table.peer(found) if found else None

    def _clients(self, listener: inet.Entry) -> tuple[int, ...]:
        """Of those that wait to be accepted, the ones on this machine."""
        waiting = (entry(row) for row in self._unaccepted.get(listener.local[1], ()))
        ends = (self.peer(one) for one in waiting if one and self._listeners(one.local) == [listener.inode])
        return tuple(filter(None, ends))

    def _listeners(self, end: inet.End) -> list[int]:
        """Who takes connections there: inodes, 0 for several on the same address; the address itself goes before any."""
        here = self._listening.get(end[1], {})
        if end[0] in here:
            return [here[end[0]]]
        return [inode for address, inode in here.items() if is_any(address)]

    def peer(self, found: inet.Entry) -> int | None:
        """The inode of the other end, 0 where it has none; None where the other end is not in this table."""
        for in6 in (False, True):
            if in6 or len(found.local[0]) == 4:
                peer = self._inodes.get(pair(found.remote, found.local, in6))
                if peer is not None and peer != found.inode:
                    return peer
        return None


def is_listener(row: bytes | inet.Entry) -> bool:
    """Whether it takes connections."""
    return (row[1] if isinstance(row, bytes) else row.state) == LISTEN


def entry(row: bytes | inet.Entry) -> inet.Entry | None:
    """A row understood."""
    return inet.entry(row) if isinstance(row, bytes) else row


def pair(local: inet.End, remote: inet.End, in6: bool) -> bytes:
    """Both ends as struct inet_diag_sockid has them: ports, then addresses, each in 16 bytes."""
    return local[1] + remote[1] + padded(local[0], in6) + padded(remote[0], in6)


def padded(address: bytes, in6: bool) -> bytes:
    """16 bytes; IPv4 on an IPv6 socket as ::ffff:a.b.c.d."""
    if len(address) == 16:
        return address
    return MAPPED + address if in6 else address + bytes(12)


class UnixTable:
    """Unix sockets, with the path of their peer, the clients that only they do not know, and the listener that has not accepted yet."""

    def __init__(self, rows: Iterable[bytes | UnixSocket]) -> None:
        self._rows: dict[int, bytes | UnixSocket] = {unix.inode_of(row) if isinstance(row, bytes) else row.inode: row for row in rows}
        self._rows.pop(0, None)
        self._reverse: tuple[dict[int, int], dict[int, list[int]]] | None = None

    def find(self, inode: int) -> UnixSocket | None:
        """The socket, with what the other rows say of it."""
        found = self._row(inode)
        if found is None:
            return None
        if found.peer:
            peer = self._row(found.peer)
            found = replace(found, peer_path=peer.path if peer else "")
        elif found.state == "ESTABLISHED":
            listener = self._listeners_and_clients()[0].get(inode, 0)
            accepting = self._row(listener)
            found = replace(found, listener=listener, peer_path=accepting.path if accepting else "")
        if found.type == "dgram" and not found.peer:
            found = replace(found, clients=tuple(self._listeners_and_clients()[1].get(inode, ())))
        return found

    def inodes(self) -> Collection[int]:
        """Of all of them."""
        return self._rows.keys()

    def _row(self, inode: int) -> UnixSocket | None:
        row = self._rows.get(inode)
        return unix.decode(row) if isinstance(row, bytes) else row

    def _listeners_and_clients(self) -> tuple[dict[int, int], dict[int, list[int]]]:
        """Client not yet accepted → listener; datagram server → clients. Made once, of those rows alone that can say it."""
        if self._reverse is None:
            listeners: dict[int, int] = {}
            clients: dict[int, list[int]] = {}
            for inode, row in self._rows.items():
                if isinstance(row, bytes) and not (row[2] == LISTEN or row[1] == DGRAM):
                    continue
                found = self._row(inode)
                if found is None:
                    continue
                listeners.update((client, inode) for client in found.waiting)
                if found.peer:
                    clients.setdefault(found.peer, []).append(inode)
            self._reverse = listeners, clients
        return self._reverse


class PlainTable:
    """Sockets of a sort whose rows say all there is."""

    def __init__(self, rows: Mapping[int, bytes | Socket], decode: Callable[[bytes], Socket | None]) -> None:
        self._rows = rows
        self._decode = decode

    def find(self, inode: int) -> Socket | None:
        """The socket."""
        row = self._rows.get(inode)
        return self._decode(row) if isinstance(row, bytes) else row

    def inodes(self) -> Collection[int]:
        """Of all of them."""
        return self._rows.keys()
