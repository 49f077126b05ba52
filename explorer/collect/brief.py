"""What a row of text says of the most usual descriptors, from the walk's records alone, or nearly so."""

import re
from collections.abc import Mapping
from typing import Final

from explorer.decode.bpf_iter.file import COUNTER, FDINFO, NAMED, PLAIN, SOCKET, Open
from explorer.decode.fd import needs_stat
from explorer.decode.fd.path import DELETED
from explorer.kernel.procfs import Procfs
from explorer.model.brief import Brief, BriefConnection, BriefCounter, BriefFile, BriefPair, BriefPoll
from explorer.model.missing import Unreadable
from explorer.model.mount import Mount
from explorer.resolve.everybody import AllSockets, Everybody

PROC: Final = 0x9FA0
REGULAR: Final = 0o100000
TYPE: Final = 0o170000
SEMAPHORE: Final = 1
EVENTPOLL: Final = "anon_inode:[eventpoll]"
WATCH: Final = re.compile(rb"^tfd: +(\d+) events: +[0-9a-f]+ data: +[0-9a-f]+ +pos:\d+ ino:([0-9a-f]+) sdev:", re.MULTILINE)
ESTABLISHED: Final = b"\1\1\1"
"""AF_UNIX, SOCK_STREAM, TCP_ESTABLISHED: how struct unix_diag_msg begins."""
PEER: Final = b"\x08\0\2\0"
NOTHING_WAITS: Final = b"\x0c\0\4\0" + bytes(8) + b"\5\0\6\0\0"
"""UNIX_DIAG_RQLEN and UNIX_DIAG_SHUTDOWN of a socket that is not shut (net/unix/diag.c: a name would stand before the peer)."""


def brief(
    proc: Procfs, everybody: Everybody, sockets: AllSockets, pid: int, found: Open, inodes: Mapping[int, int], mounts: Mapping[int, Mount]
) -> Brief | None:
    """None where there is more to say. inodes: of all descriptors of the process, by number. mounts: those that it sees, by id."""
    if found.told == NAMED and found.mode & TYPE == REGULAR and is_plain(found.name):
        if found.magic in PLAIN:
            return BriefFile(found.number, found.flags, found.position, found.size, found.name)
        if found.magic == PROC and (mount := mounts.get(found.mnt_id)) and mount.fstype == "proc":
            return BriefFile(found.number, found.flags, found.position, 0, found.name, "proc")
    if found.told & SOCKET and found.name == "UNIX-STREAM" and not found.links:
        return pair(everybody, sockets, pid, found)
    if found.told & SOCKET and found.name == "TCP":
        return connection(everybody, sockets, pid, found)
    if found.told & COUNTER and not found.rdev & SEMAPHORE and len(everybody.of([("eventfd", found.links)])["eventfd", found.links]) == 1:
        return BriefCounter(found.number, found.size)
    if found.told == NAMED | FDINFO and found.name == EVENTPOLL:
        return poll(proc, pid, found, inodes)
    return None


def is_plain(name: str) -> bool:
    """Whether it is a path, of a file that has it still."""
    return needs_stat(name) and not name.endswith(DELETED) and "/" in name[1:]


def pair(everybody: Everybody, sockets: AllSockets, pid: int, found: Open) -> BriefPair | None:
    """An end of socketpair(2) of which one process has the other."""
    row = sockets.unix_row(pid, found.ino)
    if row[:3] != ESTABLISHED or row[16:20] != PEER or row[24:] != NOTHING_WAITS + bytes(len(row) - 24 - len(NOTHING_WAITS)):
        return None
    peer = int.from_bytes(row[20:24], "little")
    if not peer or sockets.unix_row(pid, peer)[16:20] != PEER:
        return None
    holders = everybody.of([("socket", peer), ("socket", found.ino)])
    if len(holders["socket", peer]) != 1 or len(holders["socket", found.ino]) != 1:
        return None
    (holder,) = holders["socket", peer]
    return BriefPair(found.number, holder.pid, holder.comm)


def connection(everybody: Everybody, sockets: AllSockets, pid: int, found: Open) -> BriefConnection | None:
    """One whose other end one process has."""
    socket = sockets.tcp(pid, found.ino)
    if socket is None or not socket.peer or socket.state != "ESTABLISHED" or socket.unaccepted or socket.retransmits or socket.interface:
        return None
    holders = everybody.of([("socket", socket.peer), ("socket", found.ino)])
    if len(holders["socket", socket.peer]) != 1 or len(holders["socket", found.ino]) != 1:
        return None
    (holder,) = holders["socket", socket.peer]
    return BriefConnection(found.number, socket, holder.pid, holder.comm)


def poll(proc: Procfs, pid: int, found: Open, inodes: Mapping[int, int]) -> BriefPoll | None:
    """What it watches, where each number is still what was watched."""
    try:
        info = proc.read(pid, "fdinfo", found.number)
    except Unreadable:
        return None
    watched = [(int(number), int(inode, 16)) for number, inode in WATCH.findall(info)]
    if len(watched) != info.count(b"tfd:") or any(inodes.get(number) != inode for number, inode in watched):
        return None
    return BriefPoll(found.number, tuple(number for number, _ in watched))
