"""Another process's memory, read while it runs or hangs."""

from typing import Final

from explorer.kernel.reader import Ask, Reader
from explorer.model.missing import Missing

PAGE: Final = 4096
"""What we read at a time. Every page size of Linux is a multiple, so a piece faults whole or not at all."""
MOST: Final = 64
"""Pages that one read may ask for."""
TOP: Final = 1 << 63


class LiveMemory:
    """model.trace.Memory of a living process, through /proc/PID/mem. Make one a refresh: what it has read it keeps.

    path: of the mem file (of a process or of any of its threads, it is the same). Needs the right to trace the process
    (ptrace(2), PTRACE_MODE_ATTACH), stops nothing. A page on a hung file system costs the reader's deadline once; then
    nothing is read. Not for several threads at a time.
    """

    def __init__(self, reader: Reader, path: str) -> None:
        self._reader = reader
        self._path = path
        self._pages: dict[int, bytes] = {}
        self._stuck = False

    def read(self, address: int, size: int) -> bytes:
        """At most size bytes (and at most MOST pages); fewer, or none, from where it faults. Never raises."""
        if size <= 0 or address < 0 or address + size > TOP:
            return b""
        first, last = address // PAGE, (address + size - 1) // PAGE
        numbers = range(first, min(last, first + MOST - 1) + 1)
        self._fetch([number for number in numbers if number not in self._pages])
        data = b""
        for number in numbers:
            page = self._pages.get(number, b"")
            data += page
            if len(page) < PAGE:
                break
        start = address - first * PAGE
        return data[start : start + size]

    def _fetch(self, numbers: list[int]) -> None:
        if self._stuck or not numbers:
            return
        # Page 0 is never asked for: the reader takes offset 0 as "no offset".
        asks = [Ask("r", self._path, PAGE, number * PAGE) for number in numbers if number]
        for ask, answer in zip(asks, self._reader.ask(asks), strict=True):
            if isinstance(answer, Missing):
                self._stuck = self._stuck or answer.reason.value == "timed out"
                answer = b""
            self._pages[ask.offset // PAGE] = answer
