"""What somebody holds, as one row of many: a descriptor or what else keeps a file busy, whose it is, and by what rows are sorted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from explorer.model.fd import Fd
from explorer.model.keeping import Keeping
from explorer.model.missing import Missing
from explorer.model.process import ProcessId

Slot = tuple[str, int | str]
"""What of a process a row is: ("fd", number), ("cwd", ""), ("mapped", path)."""
Key = tuple[ProcessId, Slot]
"""The same row from refresh to refresh."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose it is. user: a name, or the number where there is no name for it; uid: -1 where it is not known."""

    process: ProcessId
    comm: str
    user: str
    uid: int = -1


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A row. rate: bytes a second by which its position moves, negative backwards. since: when it was seen first, closed: when it was seen
    to be gone, both on the clock of who collects them; since is 0 for what was there at the first look, closed for what still is.
    """

    owner: Owner
    what: Fd | Keeping
    rate: float = 0.0
    since: float = 0.0
    closed: float = 0.0

    @property
    def slot(self) -> Slot:
        """See Slot."""
        what = self.what
        if isinstance(what, Fd):
            return ("closed" if self.closed else "fd"), what.number
        return what.how, what.path

    @property
    def key(self) -> Key:
        """See Key."""
        return self.owner.process, self.slot

    @property
    def target(self) -> str:
        """In one text: a path, the addresses of a socket, what a descriptor is called."""
        return self.what.note if isinstance(self.what, Fd) else self.what.path


@dataclass(frozen=True, slots=True)
class Looked:
    """How much was looked at. processes: of total processes that there are. rows: that are kept; unkept: that were not, for there is an end
    to what is kept. narrowed: whether only what the filter wants is kept. denied: processes that may not be read; silent: that could not be
    for another reason. rounds: how often all were looked at. unseen: why not even their numbers are known.
    """

    processes: int = 0
    total: int = 0
    rows: int = 0
    unkept: int = 0
    narrowed: bool = False
    denied: int = 0
    silent: int = 0
    rounds: int = 0
    unseen: Missing | None = None


def kind(row: Opened) -> str:
    """In one word, as groups are named: regular, pipe, tcp, udp, unix, netlink, eventfd …, cwd, exe."""
    what = row.what
    if isinstance(what, Keeping):
        return what.how
    socket = getattr(what, "socket", None)
    family = getattr(socket, "family", "")
    return (getattr(socket, "protocol", "") or family if family in {"inet", "inet6"} else family) or what.kind


def size(row: Opened) -> int:
    """Bytes of a file; 0 where it has none, or that is not known."""
    found = getattr(row.what, "size", 0)
    return found if isinstance(found, int) else 0


def position(row: Opened) -> int:
    """Where the next read or write begins, 0 likewise."""
    found = getattr(row.what, "position", 0)
    return found if isinstance(found, int) else 0


def queue(row: Opened) -> int:
    """What waits: bytes unread and unsent, of a listener connections that are to be accepted."""
    socket = getattr(row.what, "socket", None)
    received = getattr(socket, "receive_queue", 0)
    return int(received if getattr(socket, "listens", False) else received + getattr(socket, "send_queue", 0))


def sharers(row: Opened) -> int:
    """How many descriptors have to do with it: who has the same, and who has the other end."""
    return len(getattr(row.what, "others", ())) + len(getattr(row.what, "peers", ()))


SORTS: Final[Mapping[str, Callable[[Opened], Any]]] = {
    "process": lambda row: row.owner.process.pid,
    "command": lambda row: row.owner.comm,
    "user": lambda row: row.owner.user,
    "descriptor": lambda row: getattr(row.what, "number", -1),
    "kind": kind,
    "target": lambda row: row.target,
    "size": size,
    "position": position,
    "queue": queue,
    "rate": lambda row: abs(row.rate),
    "shared": sharers,
}
"""By what. Ties by process and descriptor."""

LARGEST_FIRST: Final = frozenset({"size", "position", "queue", "rate", "shared"})
"""Sorts in which a person who names them expects the largest at the top."""

GROUPS: Final[Mapping[str, Callable[[Opened], Any]]] = {
    "": lambda _row: "",
    "process": lambda row: row.owner,
    "kind": kind,
    "user": lambda row: row.owner.user,
    "target": lambda row: row.target,
}
"""How rows are put together; "" is a plain list."""
