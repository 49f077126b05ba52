"""What /proc says of the descriptors of a process: their links and fdinfo. Nothing behind them is touched."""

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import Final, NamedTuple

from explorer.kernel.errors import missing, unreadable
from explorer.kernel.procfs import CHUNK, Procfs
from explorer.model.missing import Missing, Reason

USUAL: Final = 1 << 12
"""Bytes of an fdinfo that is read at one go."""


class Said(NamedTuple):
    """The bytes of a descriptor's link and of its fdinfo."""

    link: bytes | Missing
    info: bytes | Missing


def links(proc: Procfs, pid: int) -> list[tuple[int, str]]:
    """Number and link of each; one that closes meanwhile is left out. Raises Unreadable where the folder may not be read."""
    folder = proc.path(pid, "fd")
    found = []
    try:
        for name in os.listdir(folder):
            try:
                found.append((int(name), os.readlink(f"{folder}/{name}")))
            except (OSError, ValueError):
                continue
    except OSError as error:
        raise unreadable(error, folder) from None
    return found


def count(proc: Procfs, pid: int) -> int:
    """How many are open, at once whatever their number: the size of the folder since Linux 6.2, which is 0 before, and where it is gone."""
    try:
        return os.stat(proc.path(pid, "fd")).st_size
    except OSError:
        return 0


def said(proc: Procfs, pid: int, numbers: Iterable[int]) -> Iterator[tuple[int, Said]]:
    """Number and text of each; one that closed meanwhile is left out. Never raises, and asks no more where all is denied.

    A folder is opened once: to find it anew for each descriptor costs more than the answers.
    """
    with ExitStack() as stack:
        fd, fdinfo = (opened(proc.path(pid, name), stack) for name in ("fd", "fdinfo"))
        denied: Missing | None = None
        for number in numbers:
            if denied is not None:
                # Both questions are answered by the right to look into the process, the same for all its descriptors.
                link: bytes | Missing = Missing(Reason.DENIED, proc.path(pid, "fd", number), denied.cure)
                yield number, Said(link, link)
                continue
            try:
                link = fd if isinstance(fd, Missing) else os.readlink(b"%d" % number, dir_fd=fd)
            except OSError as error:
                link = missing(error.errno or 0, proc.path(pid, "fd", number))
            try:
                info = fdinfo if isinstance(fdinfo, Missing) else whole(number, fdinfo)
            except OSError as error:
                info = missing(error.errno or 0, proc.path(pid, "fdinfo", number))
            if isinstance(link, Missing) and isinstance(info, Missing) and link.reason is info.reason is Reason.DENIED:
                denied = link
            if not any(isinstance(answer, Missing) and answer.reason is Reason.GONE for answer in (link, info)):
                yield number, Said(link, info)


def opened(folder: str, stack: ExitStack) -> int | Missing:
    """A folder to ask in, for as long as the stack stands."""
    try:
        found = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        return missing(error.errno or 0, folder)
    stack.callback(os.close, found)
    return found


def whole(number: int, folder: int) -> bytes:
    """An fdinfo. It is one record (single_open, fs/proc/fd.c): what comes short of what was asked for is all of it. Raises OSError."""
    fd = os.open(b"%d" % number, os.O_RDONLY | os.O_CLOEXEC, dir_fd=folder)
    try:
        found = os.read(fd, USUAL)
        while len(found) >= USUAL and (more := os.read(fd, CHUNK)):
            found += more
        return found
    finally:
        os.close(fd)


def access(proc: Procfs, pid: int, number: int) -> str:
    """r, w, rw, "": the permissions of the link itself are those of the open file (fs/proc/fd.c). "" where it is gone."""
    try:
        mode = os.lstat(proc.path(pid, "fd", number)).st_mode
    except OSError:
        return ""
    return ("r" if mode & 0o400 else "") + ("w" if mode & 0o200 else "")
