"""poll and ppoll: an array of descriptors with the events that are wanted of each."""

import struct
from typing import Final

from explorer.collect.waits.blocked import Blocked
from explorer.collect.waits.readiness import any_of
from explorer.model.stack import Wait

POLLFD: Final = struct.Struct("=ihh")
MOST: Final = 1024


def find(blocked: Blocked) -> Wait | None:
    """struct pollfd (poll(2)): a negative descriptor is passed over. Nothing where the array cannot be read."""
    count = min(blocked.args[1] & 0xFFFFFFFF, MOST)
    raw = blocked.glance.memory.read(blocked.args[0], POLLFD.size * count)
    if len(raw) < POLLFD.size * count:
        return None
    numbers = [fd for fd, _, _ in POLLFD.iter_unpack(raw) if fd >= 0]
    if blocked.name == "poll":
        milliseconds = blocked.signed(2)
        left = blocked.left(milliseconds / 1000 if milliseconds >= 0 else None)
    else:
        left = blocked.left(blocked.time_at(blocked.args[2]))
    return any_of("poll", blocked.glance, numbers, left)
