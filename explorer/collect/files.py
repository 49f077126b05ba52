"""The open files of one process."""

import os
from collections.abc import Iterable, Mapping
from typing import Final

from explorer.collect.ends import connected, still
from explorer.decode.fd import decode_raw, needs_stat, wants_stat
from explorer.decode.fd.path import DELETED
from explorer.decode.fd.raw import RawFd, Stat, known, split
from explorer.kernel.descriptors import Said, said
from explorer.kernel.paths import decoded as decode_path
from explorer.model.fd import Fd
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.resolve.system import System

TRIES = 3
ARCH: Final = os.uname().machine
PATIENT = 2.0
"""Seconds that a first look may spend on finding who else holds what."""


def files(system: System, pid: int, *, budget: float = PATIENT) -> tuple[Fd, ...] | Missing:
    """Its descriptors by number, decoded, with who is at the other end. Never raises.

    One that closes while we look is left out; what cannot be read of one is said there and spoils no other. budget:
    seconds for finding holders (resolve/holders.py). A file system that does not answer costs one deadline.
    """
    try:
        numbers = system.proc.numbers(pid, "fd")
    except Unreadable as refused:
        return refused.missing
    found = some(system, pid, numbers, budget=budget)
    if numbers and not found:
        try:
            system.proc.numbers(pid, "fd")
        except Unreadable as refused:
            return refused.missing
    return tuple(found.values())


def some(system: System, pid: int, numbers: Iterable[int], *, budget: float = PATIENT) -> dict[int, Fd]:
    """As files(), of these descriptors alone; those that are not open are left out."""
    found: dict[int, Fd] = {}
    wanted = list(numbers)
    for _ in range(TRIES):
        raws = texts(system, pid, wanted)
        plain = decoded(system, pid, raws)
        found.update(connected(system, pid, plain, {**found, **plain}, budget=budget))
        # One that was closed while we asked what it is: its number may be another descriptor's by now.
        wanted = [number for number in raws if number not in found]
        if not wanted:
            break
    return dict(sorted(found.items()))


def texts(system: System, pid: int, numbers: Iterable[int]) -> dict[int, RawFd]:
    """Link and fdinfo of each, not understood yet; those that closed meanwhile are left out."""
    return {number: raw_of(number, answer) for number, answer in said(system.proc, pid, numbers)}


def raw_of(number: int, answer: Said) -> RawFd:
    """The text of a descriptor, split."""
    link = "" if isinstance(answer.link, Missing) else decode_path(answer.link)
    return split(number, link, answer.info, None, ARCH)


def decoded(system: System, pid: int, raws: Mapping[int, RawFd]) -> dict[int, Fd]:
    """Each descriptor from its own facts: its text, and stat(2) where the text does not say what the file is.

    One that was closed meanwhile is left out. ESTALE of a dead network mount means gone too, but that descriptor is there.
    """
    wanted = {number: known(raw.number_of("mnt_id"), -1) for number, raw in raws.items() if wants_stat(raw.link)}
    stats = system.stats.of(pid, wanted) if wanted else {}
    found: dict[int, Fd] = {}
    for number, raw in raws.items():
        stat = stats.get(number)
        if isinstance(stat, Missing) and stat.reason is Reason.GONE and not still(system, pid, number, raw.link):
            continue
        found[number] = decode_raw(with_stat(raw, named_so(system, pid, number, raw, stat)) if stat is not None else raw)
    return found


def with_stat(raw: RawFd, stat: Stat | Missing) -> RawFd:
    """The same text, with what stat(2) said."""
    return RawFd(raw.number, raw.link, raw.lines, raw.info, raw.unreadable, stat, raw.arch)


def named_so(system: System, pid: int, number: int, raw: RawFd, stat: Stat | Missing) -> Stat | Missing:
    """Two questions that stat(2) leaves open.

    "(deleted)" of a file that has links left: is that its name, or has it another one?
    A regular file in the root directory of no visible mount may be a message queue.
    """
    if isinstance(stat, Missing):
        return stat
    if raw.link.endswith(DELETED) and stat.nlink and needs_stat(raw.link):
        try:
            file = system.reader.stat(system.proc.path(pid, "root") + raw.link)
        except Unreadable:
            return stat._replace(renamed=True)
        return stat if (file.dev, file.ino) == (stat.dev, stat.ino) else stat._replace(renamed=True)
    if not stat.fstype and raw.link.count("/") == 1 and system.stats.is_mqueue(pid, number):
        return stat._replace(fstype="mqueue")
    return stat
