"""What may be asked of anything that a process holds, a descriptor or what it keeps without one (cwd, root, exe, mapped files)."""

from collections.abc import Callable
from typing import Final, NamedTuple

from explorer.model.fd import Fd
from explorer.model.keeping import Keeping
from explorer.model.missing import Missing

Thing = Fd | Keeping


class Owner(NamedTuple):
    """Who holds it. user: a name, or a uid as a number; "" where it is not known. uid, pgrp: -1 where they are not known."""

    pid: int
    comm: str
    user: str = ""
    uid: int = -1
    pgrp: int = -1


Test = Callable[[Owner, Thing], bool]

LSOF: Final = {"root": "rtd", "exe": "txt", "mapped": "mem"}
"""What lsof calls that in its FD column; cwd is cwd."""


def path_of(thing: Thing) -> str:
    """Its path, without the kernel's mark of deletion where that is known for one; "" where it has none."""
    if isinstance(thing, Keeping):
        return thing.path
    found = getattr(thing, "path", "")
    return found if isinstance(found, str) else ""


def text_of(thing: Thing) -> str:
    """What a person sees of it, to search in: kind, link, addresses."""
    if isinstance(thing, Keeping):
        return f"{thing.how} {thing.path}{' (deleted)' if thing.deleted is True else ''}"
    return f"{' '.join(kinds_of(thing))} {thing.target} {thing.note}"


def kinds_of(thing: Thing) -> tuple[str, ...]:
    """All words for what it is: regular; socket, inet6, stream, tcp; cwd; mapped, mem."""
    if isinstance(thing, Keeping):
        return (thing.how, LSOF[thing.how]) if thing.how in LSOF else (thing.how,)
    socket = getattr(thing, "socket", None)
    more = (getattr(socket, name, "") for name in ("family", "type", "protocol")) if socket is not None else (getattr(thing, "type", ""),)
    return (thing.kind, *(word for word in more if isinstance(word, str) and word))


def is_deleted(thing: Thing) -> bool:
    """Whether its name is gone; of memory, which never had one, not."""
    return getattr(thing, "deleted", False) is True


def links_of(thing: Thing) -> int | None:
    """How many names its file has; None where that is not known, or it is no file. A memfd has none.

    Nobody asks stat(2) about mappings, but that their name is gone says enough.
    """
    if isinstance(thing, Keeping):
        return thing.links if thing.mode else 0 if thing.deleted is True else None
    if thing.kind == "memfd":
        return 0
    links, inode = getattr(thing, "links", None), getattr(thing, "inode", 0)
    return links if isinstance(links, int) and inode else None


def size_of(thing: Thing) -> int | None:
    """Bytes, where it has a size."""
    found = getattr(thing, "size", None)
    return None if found is None or isinstance(found, Missing) else int(found)


def position_of(thing: Thing) -> int | None:
    """Where the next read or write begins, where that is known."""
    found = getattr(thing, "position", None)
    return None if found is None or isinstance(found, Missing) else int(found)


def queue_of(thing: Thing) -> int | None:
    """Of a socket, bytes that wait in both directions; of a listener, connections that wait to be accepted."""
    socket = getattr(thing, "socket", None)
    if socket is None or isinstance(socket, Missing):
        return None
    waiting: int = socket.receive_queue if socket.listens else socket.receive_queue + socket.send_queue
    return waiting


def state_of(thing: Thing) -> str:
    """Of a socket; "" where it has none."""
    found = getattr(getattr(thing, "socket", None), "state", "")
    return found if isinstance(found, str) else ""
