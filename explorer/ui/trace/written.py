"""A command that is started under trace from the screen: it reads nothing, and what it writes is kept instead of tearing the screen.

Every engine starts a program with our own descriptors. So a shell is started that puts others in their place and becomes
the command; what it does until then is left away.
"""

import os
import threading
from collections.abc import Sequence
from typing import Final

from explorer.decode.syscall.numbers import names
from explorer.model.batch import ARCHES, Batch, Kind
from explorer.trace.log import copy

MOST: Final = 1 << 16
"""Bytes of the output that are kept, the last ones."""
CHUNK: Final = 1 << 16
SHELL: Final = ("/bin/sh", "-c", 'exec "$@" </dev/null >"$0" 2>&1')
BECOMES: Final = 2
"""Successful execve calls: the shell's, the command's."""


class Written:
    """Standard output and error of one command. count: bytes that came in all. kept: the last of them."""

    def __init__(self) -> None:
        self.count = 0
        self.kept = b""
        self.ended = threading.Event()
        self._reads, self._writes = os.pipe()
        self._guard = threading.Lock()
        self._held: Batch | None = Batch()
        self._seen = 0
        threading.Thread(target=self._read, name="written", daemon=True).start()

    def around(self, command: Sequence[str]) -> tuple[str, ...]:
        """What to start instead of a command, so that it writes to us."""
        return (*SHELL, f"/proc/{os.getpid()}/fd/{self._writes}", *command)

    def without_shell(self, batch: Batch) -> Batch:
        """Its events from the moment on at which the shell becomes the command; nothing before that. In the thread that reads them."""
        if self._held is None:
            return batch
        for row, kind in enumerate(batch.kinds):
            name = names(ARCHES[batch.arches[row]]).get(batch.numbers[row], "") if kind == Kind.CALL else ""
            self._seen += name in {"execve", "execveat"} and batch.results[row] == 0
            if self._seen == BECOMES:
                self._held = None
                self.close()
                rest = Batch()
                for left in range(row, len(batch)):
                    copy(batch, left, rest)
                return rest
        self._held.extend(batch)
        return Batch()

    def rest(self) -> Batch:
        """What the shell did, where it never became the command: it says why."""
        held, self._held = self._held, None
        self.close()
        return held if held is not None else Batch()

    def close(self) -> None:
        """We write nothing: from now on the end of the last writer is the end."""
        with self._guard:
            if self._writes >= 0:
                os.close(self._writes)
                self._writes = -1

    def _read(self) -> None:
        while more := os.read(self._reads, CHUNK):
            self.count += len(more)
            self.kept = (self.kept + more)[-MOST:]
        os.close(self._reads)
        self.ended.set()
