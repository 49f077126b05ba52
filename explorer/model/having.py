"""Who has a thing: a file, a pipe, a socket, whatever a descriptor or a mapping leads to."""

from dataclasses import dataclass

from explorer.model.missing import Missing


@dataclass(frozen=True, slots=True)
class Thing:
    """What is asked about, as one process has it. name: for a title. link: what /proc says of it. fd: the descriptor; -1 for a
    mapping, of which device, inode and addresses (its range) are those of its line in maps.
    """

    name: str
    link: str
    fd: int = -1
    device: tuple[int, int] = (0, 0)
    inode: int = 0
    addresses: str = ""

    @property
    def has_data(self) -> bool:
        """Whether it is a descriptor from which something could be read, as far as its link tells."""
        return self.fd >= 0 and self.link.startswith(("/", "pipe:", "socket:")) and not self.link.startswith("/dev/")


@dataclass(frozen=True, slots=True)
class Use:
    """One way in which somebody has a thing.

    how: fd, mapped, cwd, root, exe; lock, a lock or lease on it; other end, a descriptor of what it talks to; inside, of a namespace;
    of the kernel mount, swap, loop. fd: the descriptor, -1 where it is none. access: of a descriptor r, w, rw, "" where only path
    operations are allowed; of a mapping its permissions (r-xp); of a lock READ, WRITE. what: which of several things, a path without
    the kernel's mark of deletion or addresses; what kind of lock; "" where one thing was asked about. deleted: its name is gone. waits: of
    a lock, asked for and not granted. shared: whether the descriptor is the very same open file as the one that was asked about.
    """

    how: str
    fd: int = -1
    access: str = ""
    what: str = ""
    deleted: bool = False
    waits: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Having:
    """A process that has it, each once. pid 0: the kernel itself. uses: descriptors first, by number."""

    pid: int
    comm: str
    user: str
    uses: tuple[Use, ...] = ()

    @property
    def fds(self) -> tuple[tuple[int, str], ...]:
        """Number and access of each descriptor of the thing itself."""
        return tuple((use.fd, use.access) for use in self.uses if use.how == "fd")

    @property
    def is_at_other_end(self) -> bool:
        """Whether it has nothing of it but the other end."""
        return all(use.how == "other end" for use in self.uses)


@dataclass(frozen=True, slots=True)
class Unheld:
    """A socket that is meant, and of which nobody who has it was seen. what: its addresses and state. user: who made it."""

    what: str
    user: str


@dataclass(frozen=True, slots=True)
class WhoHas:
    """who: by pid, found so far. looked: at so many of total processes. denied, silent: how many of those looked at may not be read,
    did not answer. done: nobody more is looked at. unsure: why what was found may be less than there is, beside those. unheld: sockets
    without a process, when done. older: how many processes have a deleted file of the same name.
    """

    thing: Thing
    who: tuple[Having, ...] = ()
    looked: int = 0
    total: int = 0
    denied: int = 0
    silent: int = 0
    done: bool = False
    unsure: Missing | None = None
    unheld: tuple[Unheld, ...] = ()
    older: int = 0
