"""The namespaces of a process, beside ours and the first process's."""

from explorer.decode.proc.ns import decode
from explorer.model.missing import Missing, Unreadable
from explorer.model.overview import Namespace
from explorer.resolve.place import Place, nothing_there
from explorer.resolve.system import System

INHERITED = frozenset({"pid_for_children", "time_for_children"})


def namespaces(system: System, at: Place) -> tuple[Namespace, ...] | Missing:
    """By name. What its children are born into is told only where it differs from where it is itself."""
    found = links(system, at.path)
    if isinstance(found, Missing):
        return found
    if not found:
        return nothing_there(at, "namespaces")
    ours, first = links(system, "self"), links(system, "1")
    return tuple(
        Namespace(
            kind,
            inode,
            not isinstance(ours, Missing) and ours.get(kind) == inode,
            first if isinstance(first, Missing) else first.get(kind) == inode,
        )
        for kind, inode in sorted(found.items())
        if kind not in INHERITED or found.get(kind.removesuffix("_for_children")) != inode
    )


def links(system: System, path: str) -> dict[str, int] | Missing:
    """Kind → inode, of those that may be read."""
    try:
        names = system.proc.names(path, "ns")
    except Unreadable as unreadable:
        return unreadable.missing
    found: dict[str, int] = {}
    refused = None
    for name in names:
        try:
            link = decode(system.proc.link(path, "ns", name))
        except Unreadable as unreadable:
            refused = Missing(unreadable.missing.reason, system.proc.path(path, "ns"), unreadable.missing.cure)
            continue
        if link:
            found[name] = link[1]
    return refused if refused and not found else found
