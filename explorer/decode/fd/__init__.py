"""From /proc/PID/fd and fdinfo to descriptors, one file a kind.

A new kind: one file here with `decode(raw: RawFd) -> Fd | None`, a class in it that extends model.fd.Fd, and one line in
KINDS, before whatever would take it otherwise. Its words for the screen: a function in one of render/fd_*.py, one line
in the FORMS there and its name in FILES of render/fd_cells.py; without, its note is shown.
"""

from collections.abc import Iterator
from importlib import import_module
from stat import S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFMT, S_IFREG
from typing import Final, NamedTuple

from explorer.decode.fd.raw import RawFd, Stat, split
from explorer.model.fd import Fd
from explorer.model.missing import Missing


class Kind(NamedTuple):
    """name: the module, explorer.decode.fd.NAME, loaded when it is first asked. links: how the links begin that it is
    asked about. modes: the file types that it is asked about, () for any, also unknown."""

    name: str
    links: tuple[str, ...]
    modes: tuple[int, ...] = ()


KINDS: Final = (
    Kind("socket", ("socket:[",)),
    Kind("pipe", ("pipe:[",)),
    Kind("eventfd", ("anon_inode:[eventfd]",)),
    Kind("eventpoll", ("anon_inode:[eventpoll]",)),
    Kind("timerfd", ("anon_inode:[timerfd]",)),
    Kind("signalfd", ("anon_inode:[signalfd]",)),
    Kind("inotify", ("anon_inode:inotify", "anon_inode:[inotify]")),
    Kind("fanotify", ("anon_inode:[fanotify]",)),
    Kind("pidfd", ("anon_inode:[pidfd]", "pidfd:[")),
    Kind("io_uring", ("anon_inode:[io_uring]",)),
    Kind("bpf", ("anon_inode:bpf-", "anon_inode:bpf_", "anon_inode:btf")),
    Kind("perf", ("anon_inode:[perf_event]",)),
    Kind("userfaultfd", ("anon_inode:[userfaultfd]",)),
    Kind("anon", ("anon_inode:",)),
    Kind("memfd", ("/memfd:",)),
    Kind("memory", ("/secretmem", "/dmabuf:", "/SYSV", "/anon_hugepage", "/[aio]", "/dev/zero (deleted)")),
    Kind("directory", ("/",), (S_IFDIR,)),
    Kind("device", ("/",), (S_IFCHR, S_IFBLK)),
    Kind("pipe", ("/",), (S_IFIFO,)),
    Kind("mqueue", ("/",), (S_IFREG,)),
    Kind("regular", ("/",), (S_IFREG,)),
    Kind("file", ("/",)),
    Kind("namespace", tuple(f"{name}:[" for name in ("cgroup", "ipc", "mnt", "net", "pid", "time", "user", "uts"))),
    Kind("other", ("",)),
)
"""The first that answers; the last takes anything, so a kind that nobody knows still shows."""

SIZED: Final = ("/memfd:", "/secretmem", "/SYSV", "/anon_hugepage")
SAY_IT: Final = tuple(start for kind in KINDS for start in kind.links if len(start) > 1)
"""Beginnings of links that say what the file is."""


def needs_stat(link: str) -> bool:
    """Whether the link alone does not say what the file is: a path may be anything, a pipe or a memfd says so."""
    return link.startswith("/") and not link.startswith(SAY_IT)


def wants_stat(link: str) -> bool:
    """Whether stat(2) has something to say that the link and fdinfo have not: paths, and memory for its size."""
    return needs_stat(link) or link.startswith(SIZED)


def decode_fd(number: int, link: str, fdinfo: bytes | Missing, stat: Stat | Missing | None = None, arch: str = "x86_64") -> Fd:
    """The descriptor, of the first kind that answers. Never raises, whatever the text holds."""
    return decode_raw(split(number, link, fdinfo, stat, arch))


def decode_raw(raw: RawFd) -> Fd:
    """As decode_fd, of text that is split already."""
    for kind in _asked(raw):
        fd: Fd | None = import_module(f"explorer.decode.fd.{kind.name}").decode(raw)
        if fd is not None:
            return fd
    return Fd(**raw.common)


def _asked(raw: RawFd) -> Iterator[Kind]:
    mode = S_IFMT(raw.stat.mode) if isinstance(raw.stat, Stat) else 0
    return (kind for kind in KINDS if raw.link.startswith(kind.links) and (not kind.modes or mode in kind.modes))
