"""Which systemd unit, slice and login session a cgroup's path stands for.

Source: cg_path_get_unit(), cg_path_get_session() and cg_unescape() of systemd's src/basic/cgroup-util.c, systemd.unit(5).
"""

import re
from collections.abc import Iterable
from typing import Final

from explorer.model.cgroup import Cgroup, Unit

KINDS: Final = ("service", "scope", "socket", "mount", "swap", "timer", "path", "target", "device", "automount")
NAME: Final = re.compile(rf"[A-Za-z0-9:_.\\@-]{{1,240}}\.(?:{'|'.join(KINDS)})", re.ASCII)
SLICE: Final = re.compile(r"[A-Za-z0-9:_.\\-]{1,240}\.slice", re.ASCII)
USER_MANAGER: Final = re.compile(r"user@(\d+)\.service", re.ASCII)
USER_SLICE: Final = re.compile(r"user-(\d+)\.slice", re.ASCII)
SESSION: Final = re.compile(r"session-([A-Za-z0-9]+)\.scope", re.ASCII)


def unit(cgroups: Iterable[Cgroup]) -> Unit:
    """What systemd's own hierarchy says, else the one of version 2. Nothing where no systemd made it."""
    return unit_of(systemd_path(cgroups))


def systemd_path(cgroups: Iterable[Cgroup]) -> str:
    """The path in the hierarchy that systemd keeps."""
    found = list(cgroups)
    named = [cgroup.path for cgroup in found if "name=systemd" in cgroup.controllers]
    unified = [cgroup.path for cgroup in found if cgroup.hierarchy == 0]
    # On a hybrid machine both are there; where systemd does not use one, everything is at its root.
    return next((path for path in named + unified if path != "/"), "/")


def unit_of(path: str) -> Unit:
    """A path's parts: slices from the outside, then the unit; below user@UID.service again slices and a unit of that user's."""
    parts = [unescaped(part) for part in path.split("/") if part]
    while parts and parts[0] == "..":
        parts.pop(0)
    slices, rest = split(parts)
    owner = next((int(match[1]) for part in slices if (match := USER_SLICE.fullmatch(part))), -1)
    innermost = slices[-1] if slices else ""
    if not rest or not NAME.fullmatch(rest[0]):
        return Unit(slice=innermost, uid=owner)
    found = rest[0]
    session = SESSION.fullmatch(found)
    if session:
        return Unit(found, slice=innermost, session=session[1], uid=owner)
    manager = USER_MANAGER.fullmatch(found)
    if manager:
        inner, below = split(rest[1:])
        theirs = below[0] if below and NAME.fullmatch(below[0]) else ""
        return Unit(found, theirs, inner[-1] if inner else innermost, uid=int(manager[1]))
    return Unit(found, slice=innermost, uid=owner)


def split(parts: list[str]) -> tuple[list[str], list[str]]:
    """Leading slices, and the rest."""
    count = 0
    while count < len(parts) and SLICE.fullmatch(parts[count]):
        count += 1
    return parts[:count], parts[count:]


def unescaped(part: str) -> str:
    """A folder's name as a unit's: systemd puts "_" before one that the kernel might take for a file of its own."""
    return part.removeprefix("_")
