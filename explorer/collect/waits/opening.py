"""open that blocks: a fifo whose other end nobody has opened, or a lease that somebody must give back."""

from typing import Final

from explorer.collect.waits.blocked import Blocked
from explorer.decode.text import text
from explorer.model.stack import Wait

PATHS: Final = {"open": 0, "creat": 0, "openat": 1, "openat2": 1}
FIFO: Final = frozenset({"fifo_open", "wait_for_partner"})
LEASE: Final = "lease"
LONGEST: Final = 4096
O_ACCMODE, O_RDONLY = 3, 0


def find(blocked: Blocked) -> Wait | None:
    """Found out from the kernel function that it sleeps in; the path is read from its memory."""
    places = {blocked.thread.wchan} if isinstance(blocked.thread.wchan, str) else set()
    if isinstance(blocked.thread.frames, tuple):
        places |= {frame.symbol for frame in blocked.thread.frames}
    path = path_of(blocked)
    if places & FIFO:
        way = "writing" if access(blocked) == O_RDONLY else "reading"
        return Wait("fifo", f"waits for somebody to open the fifo {path or 'too'} for {way}: nobody has the other end")
    if any(isinstance(place, str) and LEASE in place for place in places):
        return Wait("lease", f"waits for the holder of a lease on {path or 'the file'} to give it back")
    return None


def access(blocked: Blocked) -> int:
    """The access mode that is asked for."""
    index = PATHS[blocked.name] + 1
    if blocked.name == "creat":
        return 1
    if blocked.name == "openat2":
        return int.from_bytes(blocked.glance.memory.read(blocked.args[2], 8), "little") & O_ACCMODE
    return blocked.args[index] & O_ACCMODE


def path_of(blocked: Blocked) -> str:
    """The path as it was given; "" where it cannot be read."""
    raw = blocked.glance.memory.read(blocked.args[PATHS[blocked.name]], LONGEST)
    return text(raw.partition(b"\0")[0])
