"""A process, as the iterator over tasks tells it: struct process of kernel/bpf/files.bpf.c."""

from collections.abc import Iterator
from struct import Struct
from typing import Final, NamedTuple

from explorer.decode.text import text

PROCESS: Final = Struct("=HHIQIIII16s" + "QQIIII" * 3)
HAS_MM, HAS_FILES = 1, 2
TICK: Final = 10_000_000
"""Nanoseconds of a tick, of which USER_HZ make a second."""


class Inode(NamedTuple):
    """ino, size, mode, links: as stat(2) of most file systems. dev: of the kernel's own form. magic: the file system's (statfs(2))."""

    ino: int
    size: int
    dev: int
    mode: int
    links: int
    magic: int


class Task(NamedTuple):
    """start: ticks since boot, as in /proc/PID/stat but where there is a time namespace. uid: the effective one. net, mnt: inodes of its
    namespaces, 0 where it has none any more. told: HAS_MM and HAS_FILES. pwd, root, exe: where they are, all 0 where it has none.
    """

    pid: int
    start: int
    uid: int
    flags: int
    net: int
    mnt: int
    comm: str
    told: int
    pwd: Inode
    root: Inode
    exe: Inode


def decode(chunk: bytes) -> Iterator[Task]:
    """All of a chunk of whole records; a rest that is none is left out."""
    end = len(chunk) - len(chunk) % PROCESS.size
    for _, told, pid, start, uid, flags, net, mnt, comm, *places in PROCESS.iter_unpack(memoryview(chunk)[:end]):
        pwd, root, exe = Inode(*places[:6]), Inode(*places[6:12]), Inode(*places[12:])
        yield Task(pid, start // TICK, uid, flags, net, mnt, text(comm.partition(b"\0")[0]), told, pwd, root, exe)
