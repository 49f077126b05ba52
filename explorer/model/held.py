"""Everything that one process holds at one moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from explorer.model.fd import Fd
from explorer.model.keeping import Keeping
from explorer.model.missing import Missing
from explorer.model.process import ProcessId


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked about each process. fds: its descriptors. peers: who is at the other end of them, and who else has them, and what
    sockets are. places: its working directory, root and executable. mapped: the files that it maps. others: those descriptors, too, that
    are no sockets; where not, they may be left out.
    """

    fds: bool = True
    peers: bool = True
    places: bool = False
    mapped: bool = False
    others: bool = True


USUAL: Final = Wanted()


@dataclass(frozen=True, slots=True)
class Held:
    """comm, uid: "" and Missing where the process went before they were read. fds: by number; Missing where they may not be read or
    the process is gone; () of kernel threads, and where they were not wanted. keepings: in the order of model.keeping.WAYS, mapped
    files by address; one that may not be read says why. unmapped: why mapped files are not among them though they were wanted.
    """

    process: ProcessId
    comm: str
    uid: int | Missing
    fds: Sequence[Fd] | Missing = ()
    keepings: tuple[Keeping, ...] = ()
    unmapped: Missing | None = None
