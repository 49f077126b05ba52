"""struct told of kernel/bpf/waiting.bpf.c: what waits in a pipe or a socket."""

import struct
from typing import Final

from explorer.model.queue import Queue

TOLD: Final = struct.Struct("=IIQIIIIIIII")


def decode(raw: bytes) -> Queue | None:
    """One record; None where it is none."""
    if len(raw) < TOLD.size:
        return None
    _, size, count, pieces, room, readers, writers, partly, moved, _, _ = TOLD.unpack_from(raw)
    data = raw[TOLD.size : TOLD.size + size]
    return Queue(count, pieces, room, readers, writers, data, not partly, bool(moved))
