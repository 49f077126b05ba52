"""What a look at a descriptor's data shows, nothing of it taken away."""

from dataclasses import dataclass

from explorer.model.missing import Missing


@dataclass(frozen=True, slots=True)
class Peeked:
    """A regular file around a place in it.

    number, name, access: of the descriptor. position: where its next read or write begins. size: of the file, bytes. place: what is
    looked at, the position; or the file's end where at_end says so, and why: "beyond" it is where the position is, "appends" there,
    "asked"; "wrote": it is the position of who only appends, and others have since. start: where data begins. line: number of the line
    that is there, from 1; 0: not counted. broken: start is in the middle of that line. deleted: it has no name any more. allocated:
    bytes on the disk. identity: device and inode. ended: why this is not looked at any more; the rest is as it was seen last.
    """

    number: int
    name: str
    access: str
    position: int
    size: int
    place: int
    start: int
    data: bytes
    line: int = 0
    broken: bool = False
    at_end: str = ""
    deleted: bool = False
    allocated: int = 0
    identity: tuple[int, int] = (0, 0)
    ended: Missing | None = None

    @property
    def before(self) -> bytes:
        """What was read or written last."""
        return self.data[: max(0, self.place - self.start)]

    @property
    def after(self) -> bytes:
        """What comes next."""
        return self.data[max(0, self.place - self.start) :]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in a pipe or a socket.

    to_read: bytes that nobody has read yet; of a listening socket connections (count is "connections"). room: how many it takes, 0
    where that is not known. unsent: bytes on their way out; None where it has no such thing. data: the first of the bytes to be read,
    oldest first; Missing says why they are not known. pieces: how many messages, or pages of a pipe. readers, writers: ends of a pipe,
    None where they are not known.
    """

    number: int
    name: str
    kind: str
    to_read: int | Missing
    room: int = 0
    unsent: int | None = None
    data: bytes | Missing = b""
    pieces: int = 0
    count: str = "bytes"
    readers: int | None = None
    writers: int | None = None
    ended: Missing | None = None


Look = Peeked | Waiting
