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
class Having:
    """A process that has it. fds: number and access (r, w, rw, "") of each descriptor. shared: those of them that are the very same open
    file, with one position. mapped: permissions of its mappings, each once. places: "cwd", "root".
    """

    pid: int
    comm: str
    user: str
    fds: tuple[tuple[int, str], ...] = ()
    shared: frozenset[int] = frozenset()
    mapped: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WhoHas:
    """who: by pid, found so far. looked: at so many of total processes. denied, silent: how many of those looked at may not be read,
    did not answer. done: nobody more is looked at. unsure: why what was found may be less than there is, beside those.
    """

    thing: Thing
    who: tuple[Having, ...] = ()
    looked: int = 0
    total: int = 0
    denied: int = 0
    silent: int = 0
    done: bool = False
    unsure: Missing | None = None
