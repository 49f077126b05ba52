"""Events of calls on files as an engine hands them over, written by a test."""

from collections.abc import Mapping

from explorer.decode.syscall import numbers
from explorer.model.access import FileUse
from explorer.model.batch import ARCHES, Batch, Birth, Kind
from explorer.trace.access import Access, Place
from explorer.trace.payload import call_of, pack

CWD = (1 << 64) - 100
MEMORY = 0x7F0000000000


class Told:
    """call(name, registers …): bytes among them lie in memory, and the register points there. told.access has taken them all."""

    def __init__(self, access: Access | None = None, *, pid: int = 812, cwd: bytes = b"/srv", arch: str = "x86_64") -> None:
        self.access = access or Access({812: Place(b"", 7, b"/srv")}.get, epoch=10**18)
        self.pid, self.cwd, self.arch, self.now = pid, cwd, arch, 0
        self.memory = MEMORY if arch == "x86_64" else 0x8000000

    def call(
        self,
        name: str,
        *args: int | bytes,
        result: int = 0,
        pid: int = 0,
        fds: Mapping[int, bytes] = {},
        opened: Mapping[int, bytes] = {},
        late: Mapping[int, bytes] = {},
        took: int = 1000,
    ) -> "Told":
        registers, pieces = [], [(at, True, raw) for at, raw in late.items()]
        for each in args:
            if isinstance(each, bytes):
                pieces.append((self.memory, False, each))
                registers.append(self.memory)
                self.memory += 0x10000
            else:
                registers.append(each & ((1 << 64) - 1))
        names = [(number, False, what) for number, what in fds.items()] + [(number, True, what) for number, what in opened.items()]
        if CWD in registers and self.cwd:
            names.append((-100, False, self.cwd))
        six = tuple((*registers, 0, 0, 0, 0, 0, 0)[:6])
        self.now += 1_000_000
        batch = Batch()
        number = numbers.numbers(self.arch)[name]
        who = pid or self.pid
        batch.add(Kind.CALL, who, who, self.now, number, result, took, pack(six, names, pieces), ARCHES.index(self.arch))
        self.access.take(batch, call_of)
        return self

    def born(self, child: int, parent: int = 0) -> "Told":
        batch = Batch()
        batch.add(Kind.STARTED, parent or self.pid, parent or self.pid, self.now, Birth.FORK, child)
        self.access.take(batch, call_of)
        return self

    @property
    def rows(self) -> dict[str, FileUse]:
        """By path; no two may have the same."""
        rows = self.access.rows("path")
        found = {row.path: row for row in rows}
        assert len(found) == len(rows)
        return found
