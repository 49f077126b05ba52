"""Who a process is to the kernel."""

from collections.abc import Iterable

from explorer.collect.numbers import number
from explorer.decode.proc.id_map import decode as decode_id_map
from explorer.decode.proc.id_map import identity
from explorer.decode.proc.number import NOBODY
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.overview import Account, Credentials
from explorer.model.status import Ids, Status
from explorer.resolve.place import Place
from explorer.resolve.system import System
from explorer.resolve.users import Users

Four = tuple[Account, Account, Account, Account]


def credentials(system: System, at: Place, status: Status | Missing) -> Credentials:
    """By number and by name; names come with a deadline."""
    if isinstance(status, Missing):
        return Credentials(status, status, status, status, status)
    groups = status.groups
    return Credentials(
        four(system.users, status.uid),
        four(system.groups, status.gid),
        groups if isinstance(groups, Missing) else accounts(system.groups, groups),
        loginuid(system, at),
        outside(system, at),
    )


def four(names: Users, ids: Ids | Missing) -> Four | Missing:
    """Real, effective, saved, file system."""
    if isinstance(ids, Missing):
        return ids
    real, effective, saved, fs = accounts(names, ids)
    return real, effective, saved, fs


def accounts(names: Users, ids: Iterable[int]) -> tuple[Account, ...]:
    """Each with its name."""
    return tuple(Account(each, names.name(each)) for each in ids)


def loginuid(system: System, at: Place) -> Account | Missing:
    """Who logged in, before any su or sudo; it is inherited and cannot be shed (pam_loginuid(8))."""
    found = number(system, at, "loginuid")
    if found == NOBODY:
        return Missing(Reason.GONE, "nobody logged in for it")
    return found if isinstance(found, Missing) else Account(found, system.users.name(found))


def outside(system: System, at: Place) -> tuple[tuple[int, int, int], ...] | Missing:
    """Its uid_map where it is in a user namespace of its own."""
    try:
        ranges = decode_id_map(system.proc.read(at.path, "uid_map"))
    except Unreadable as unreadable:
        return unreadable.missing
    return () if identity(ranges) else tuple((each.inside, each.outside, each.count) for each in ranges)
