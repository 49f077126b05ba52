"""Names of the processes and threads that are counted: asked for by the screen, read in the thread that reads the trace."""

import threading
from collections.abc import Callable, Iterable
from typing import Final

AT_ONCE: Final = 64
"""Names that are read at a time; each takes some ten microseconds."""


class Comms:
    """of: id → name, as long as it is known; "" of who was gone before. name_of: what it is called now, "" for gone."""

    def __init__(self, name_of: Callable[[int], str] = lambda _id: "") -> None:
        self.of: dict[int, str] = {}
        self._name_of = name_of
        self._guard = threading.Lock()
        self._wanted: list[int] = []

    def want(self, ids: Iterable[int]) -> None:
        """Read these, where they are not known."""
        with self._guard:
            self._wanted += [each for each in ids if each not in self.of and each not in self._wanted]

    def read(self) -> None:
        """Some of what is wanted; not in the screen's thread."""
        with self._guard:
            now, self._wanted = self._wanted[:AT_ONCE], self._wanted[AT_ONCE:]
        for each in now:
            self.of[each] = self._name_of(each)
