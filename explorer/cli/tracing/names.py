"""Names of processes and threads, read while they live: after their end nobody can be asked."""

from typing import Final

from explorer.decode.syscall import numbers
from explorer.model.batch import ARCHES, Batch, Kind
from explorer.resolve.comm import comm
from explorer.resolve.system import System
from explorer.trace.decoded import CallOf
from explorer.trace.touched import paths

COMM: Final = 15
"""Bytes of a name that the kernel keeps."""
EXECS: Final = frozenset(
    (place, number)
    for place, arch in enumerate(ARCHES)
    for name in ("execve", "execveat")
    if (number := numbers.numbers(arch).get(name)) is not None
)
EXEC_NUMBERS: Final = frozenset(number for _, number in EXECS)


class Names:
    """found: pid or tid → its name, "" where it was over before anybody looked. system: None where processes are not of now."""

    def __init__(self, system: System | None) -> None:
        self.system = system
        self.found: dict[int, str] = {}

    def note(self, batch: Batch, call_of: CallOf) -> None:
        """Look at those that are new in a batch, and again at those that became another program."""
        for number in {*batch.tids, *batch.pids, *(key.tid for key in batch.tallies or ())} - self.found.keys():
            self.found[number] = self.now(number)
        if Kind.STARTED in batch.kinds:
            for row, kind in enumerate(batch.kinds):
                if kind == Kind.STARTED:
                    child = batch.results[row]
                    self.found[child] = self.now(child) or self.found.get(batch.tids[row], "")
        for row in execs(batch):
            self.found[batch.pids[row]] = self.now(batch.pids[row]) or program(batch, row, call_of)

    def now(self, number: int) -> str:
        """What the kernel says."""
        return comm(self.system.proc, number) if self.system is not None and number > 0 else ""


def execs(batch: Batch) -> list[int]:
    """Rows of execve that succeeded."""
    if not any(number in batch.numbers for number in EXEC_NUMBERS):
        return []
    rows = zip(batch.kinds, batch.arches, batch.numbers, batch.results, strict=True)
    return [
        row
        for row, (kind, arch, number, result) in enumerate(rows)
        if kind == Kind.CALL and not result and number in EXEC_NUMBERS and (arch, number) in EXECS
    ]


def program(batch: Batch, row: int, call_of: CallOf) -> str:
    """The name that an execve gave: the last part of its path."""
    call = call_of(batch.numbers[row], batch.arches[row], batch.results[row], batch.payload(row))
    path = next((path for path in paths(call)), "")
    return path.rpartition("/")[2].encode("utf-8", "surrogateescape")[:COMM].decode("utf-8", "surrogateescape")
