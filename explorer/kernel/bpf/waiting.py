"""What waits in one pipe or socket, seen in the kernel's own lists: the program of waiting.bpf.c. Nothing is taken."""

import os
import struct
from typing import Final

from explorer.kernel.bpf.compiled import compiled
from explorer.kernel.bpf.object import Object
from explorer.kernel.bpf.support import rights, types

WANTED: Final = struct.Struct("=QII")
"""struct wanted."""
MINOR_BITS: Final = 20
"""linux/kdev_t.h"""


class Inside:
    """Loaded when made, which takes some tenths of a second; nothing runs but while it is asked. Raises Unreadable. For one thread."""

    def __init__(self) -> None:
        rights()
        types()
        self._object = Object(compiled("waiting"))

    def look(self, dev: int, ino: int) -> bytes:
        """struct told of the pipe or socket with that device and inode (stat(2)); b"" where nobody has it open. Raises Unreadable."""
        WANTED.pack_into(self._object.memory(".bss"), 0, ino, os.major(dev) << MINOR_BITS | os.minor(dev), 0)
        return b"".join(self._object.walk("waiting"))

    def close(self) -> None:
        """Drop the program; any number of times."""
        self._object.close()
