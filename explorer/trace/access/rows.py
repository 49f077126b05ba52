"""A file, and what each process did with it."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from explorer.decode.constants.errno import ERRNO
from explorer.model.access import FileKind, FileUse, Sort

NAMES: Final = 4
"""Other names of a file that are kept."""
READABLE, WRITABLE = 1, 2


class Counts:
    """What one process did with one file. failures: (what, errno) → how many. mapped: READABLE, WRITABLE, both, 0."""

    __slots__ = (
        "failures",
        "last",
        "mapped",
        "opens",
        "others",
        "read_bytes",
        "reads",
        "total",
        "touches",
        "writes",
        "written_bytes",
    )  # fmt: skip

    def __init__(self) -> None:
        self.opens = self.reads = self.read_bytes = self.writes = self.written_bytes = self.others = 0
        self.mapped = self.total = self.last = 0
        self.touches: dict[str, int] | None = None
        self.failures: dict[tuple[str, int], int] | None = None

    def touch(self, kind: str) -> None:
        """Its name was."""
        if self.touches is None:
            self.touches = {}
        self.touches[kind] = self.touches.get(kind, 0) + 1

    def fail(self, what: str, error: int, times: int = 1) -> None:
        """With an errno, positive."""
        if self.failures is None:
            self.failures = {}
        left = self.failures.get((what, error), 0) + times
        if left:
            self.failures[what, error] = left
        else:
            del self.failures[what, error]

    def timed(self, took: int, when: int) -> None:
        """A call of that length, begun then."""
        if took > 0:
            self.total += took
        if when > self.last:
            self.last = when


class File:
    """by: pid → Counts. path: as FileUse has it, in bytes."""

    __slots__ = ("by", "cut", "deleted", "kind", "names", "note", "path", "space")

    def __init__(self, path: bytes, kind: FileKind, space: int, cut: bool) -> None:
        self.path, self.kind, self.space, self.cut = path, kind, space, cut
        self.by: dict[int, Counts] = {}
        self.deleted = False
        self.names: list[bytes] = []
        self.note = ""

    def called(self, name: bytes) -> None:
        """It was opened by this name."""
        if name != self.path and name not in self.names and len(self.names) < NAMES:
            self.names.append(name)


def kind_of(name: bytes) -> FileKind:
    """What a descriptor's name says."""
    if name.startswith(b"/memfd:"):
        return "memory"
    if name.startswith(b"/"):
        return "file"
    if name.startswith((b"socket:[", b"TCP", b"UDP", b"UNIX", b"NETLINK")):
        return "socket"
    return "pipe" if name.startswith(b"pipe:[") else "other"


def encoded(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")


def text(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")


def summed(one: Counts, another: Counts) -> Counts:
    """Both together."""
    out = Counts()
    for name in ("opens", "reads", "read_bytes", "writes", "written_bytes", "others", "total"):
        setattr(out, name, getattr(one, name) + getattr(another, name))
    out.mapped, out.last = one.mapped | another.mapped, max(one.last, another.last)
    for each in (one, another):
        for kind, times in (each.touches or {}).items():
            out.touches = out.touches or {}
            out.touches[kind] = out.touches.get(kind, 0) + times
        for (what, error), times in (each.failures or {}).items():
            out.fail(what, error, times)
    return out


def use_of(file: File, pids: Iterable[int], epoch: int) -> FileUse:
    """A row of these processes' use; they have used it."""
    pids = tuple(sorted(pids))
    counts = file.by[pids[0]]
    for pid in pids[1:]:
        counts = summed(counts, file.by[pid])
    failures: dict[str, dict[str, int]] = {}
    for (what, error), times in sorted((counts.failures or {}).items()):
        failures.setdefault(what, {})[ERRNO[error][0] if error in ERRNO else f"errno {error}"] = times
    return FileUse(
        text(file.path),
        file.kind,
        pids,
        counts.opens,
        counts.reads,
        counts.read_bytes,
        counts.writes,
        counts.written_bytes,
        counts.others,
        dict(sorted((counts.touches or {}).items())),
        failures,
        "" if not counts.mapped else "written" if counts.mapped & WRITABLE else "read",
        counts.total,
        counts.last + epoch if counts.last else 0,
        tuple(map(text, file.names)),
        max(file.space, 0),
        file.cut,
        file.deleted,
        file.note,
    )


def opens_failed(counts: Counts) -> int:
    return sum(times for (what, _), times in counts.failures.items() if what == "open") if counts.failures else 0


FIGURES: Final[dict[Sort, Callable[[Counts], int]]] = {
    "time": lambda counts: counts.total,
    "opens": lambda counts: counts.opens,
    "failed": lambda counts: sum(counts.failures.values()) if counts.failures else 0,
    "reads": lambda counts: counts.reads,
    "read": lambda counts: counts.read_bytes,
    "writes": lambda counts: counts.writes,
    "written": lambda counts: counts.written_bytes,
    "touches": lambda counts: sum(counts.touches.values()) if counts.touches else 0,
}


def order(sort: Sort) -> Callable[[tuple[File, Iterable[int]]], Any]:
    """The key by which (file, pids) stand in order."""
    if sort == "path":
        return lambda row: (row[0].path[:1] != b"/", row[0].path)
    if sort == "last":
        return lambda row: (-max(row[0].by[pid].last for pid in row[1]), row[0].path)
    figure = FIGURES[sort]
    return lambda row: (-sum(figure(row[0].by[pid]) for pid in row[1]), row[0].path)
