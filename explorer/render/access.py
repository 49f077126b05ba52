"""The files of a trace as a table, wide and narrow; what one of them is, unfolded; what cannot be seen.

A path loses its middle, never its end. While it has less than ENOUGH columns others go, in the order of GOING; the one that is sorted
by stays.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from explorer.model.access import FileUse, Unseen
from explorer.render.piece import Line, Piece, Role, piece, plain
from explorer.render.sizes import size
from explorer.render.times import clock_moment, duration
from explorer.render.width import cut, fit, width

ENOUGH: Final = 34
"""Columns for a path."""
SECOND: Final = 1_000_000_000
NAMED: Final = 3
"""Processes that a sentence names."""
PLAIN: Final = frozenset({"EAGAIN", "EINTR", "EINPROGRESS", "EALREADY"})


class Column(NamedTuple):
    """title: its head. columns: how wide. sort: of model.access.SORTS, "" for none. cell: of a row."""

    title: str
    columns: int
    sort: str
    cell: Callable[[FileUse], Piece]


def number(count: int) -> Piece:
    """Nothing for none: a table of files is mostly zeros."""
    return piece(count if count else "")


def moved(count: int, calls: int) -> Piece:
    """Bytes, of so many calls."""
    return piece(size(count) if calls else "")


def failed(use: FileUse) -> Piece:
    """All that failed; red where it is more than "not now"."""
    errors = [error for kinds in use.failures.values() for error in kinds]
    total = sum(times for kinds in use.failures.values() for times in kinds.values())
    plain_only = all(error in PLAIN or error.startswith("ERESTART") for error in errors)
    return piece(total if total else "", Role.SECONDARY if plain_only else Role.FAILED)


COLUMNS: Final[dict[str, Column]] = {
    "opens": Column("OPENS", 6, "opens", lambda use: number(use.opens)),
    "failed": Column("FAILED", 7, "failed", failed),
    "reads": Column("READS", 7, "reads", lambda use: number(use.reads)),
    "read": Column("READ", 6, "read", lambda use: moved(use.read_bytes, use.reads)),
    "writes": Column("WRITES", 7, "writes", lambda use: number(use.writes)),
    "written": Column("WRITTEN", 8, "written", lambda use: moved(use.written_bytes, use.writes)),
    "others": Column("OTHER", 6, "", lambda use: number(use.others)),
    "touches": Column("TOUCHED", 8, "touches", lambda use: number(use.touched)),
    "time": Column("TIME", 7, "time", lambda use: piece(duration(use.time / SECOND) if use.time else "")),
    "last": Column("LAST", 8, "last", lambda use: piece(clock_moment(use.last / SECOND) if use.last else "")),
    "process": Column("PROCESS", 15, "", lambda use: piece(len(use.pids))),
    "path": Column("PATH", 0, "path", lambda use: piece(use.path, Role.PATH)),
}
"""process and path have cells that Layout makes."""
GOING: Final = ("last", "others", "process", "touches", "reads", "writes", "failed", "opens", "read", "written")
LEFT: Final = frozenset({"process", "path"})


def shortened(path: str, columns: int) -> str:
    """At most so many columns: the beginning of its first folders, …, and its end."""
    text = piece(path).text
    if width(text) <= columns:
        return text
    head = cut(text, max(1, min(8, columns // 4)), "")
    room = columns - width(head) - 1
    if room < 1:
        return cut(text, columns)
    tail = text[-room:]
    while width(tail) > room:
        tail = tail[1:]
    return f"{head}…{tail}"


def marks(use: FileUse) -> Line:
    """What has to be known of a path: how much of it that is, whether it still is."""
    out: list[Piece] = []
    if use.cut:
        out.append(piece(" (cut)", Role.MIND))
    if use.deleted:
        out.append(piece(" (deleted)", Role.MIND))
    if use.mapped:
        out.append(piece(" (mapped)" if use.mapped == "read" else " (mapped, writable)", Role.MIND))
    return tuple(out)


def told(use: FileUse) -> Line:
    """What was done with its name, what failed, which address it has, by which names it was opened: as many words as there is room for."""
    said: list[Line] = [(piece(use.note),)] if use.note else []
    failures = use.failures
    role = failed(use).role
    for kind, times in (*by_count(use.touches), *((kind, 0) for kind in ("open", "use") if kind in failures)):
        name = "" if kind == "use" else f"{kind} {times}" if times > 1 else kind
        said.append((piece(name, Role.SECONDARY), *error_words(failures.get(kind, {}), times, role, space=bool(name))))
    if use.names:
        said.append((piece(f"as {', '.join(use.names)}", Role.SECONDARY),))
    return tuple(part for index, each in enumerate(said) for part in (Piece(", " if index else "  ", Role.SECONDARY), *each))


def error_words(errors: Mapping[str, int], times: int, role: Role, *, space: bool) -> Line:
    """ENOENT 2, EACCES; without the number where it is that of all calls."""
    words = ", ".join(error if count in {1, times} else f"{error} {count}" for error, count in by_count(errors))
    return (piece(f"{' ' if space else ''}{words}", role),) if words else ()


def by_count(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Most first."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


@dataclass(frozen=True, slots=True)
class Layout:
    """columns: keys of COLUMNS. room: of the path and what is told behind it, 0 for as much as it takes. spaces: whether mount namespaces
    are named. names: pid → the process's name."""

    columns: tuple[str, ...]
    room: int
    spaces: bool
    names: Mapping[int, str]

    def titles(self, sort: str = "", *, backwards: bool = False) -> Line:
        """Their heads; an arrow at the one that is sorted by, where sort is given."""
        out: list[Piece] = []
        for key in self.columns:
            title, columns, own, _ = COLUMNS[key]
            here = bool(sort) and own == sort
            arrow = ("▲" if backwards != (sort == "path") else "▼") if here else ""
            text = f"{title + arrow:<{columns}} " if key in LEFT else f"{title + arrow:>{columns}} "
            out.append(piece(text, Role.TITLE))
        return trimmed(tuple(out))

    def row(self, use: FileUse) -> Line:
        """A row's cells."""
        out: list[Piece] = []
        for key in self.columns:
            columns = COLUMNS[key].columns
            if key == "path":
                out += self.path(use)
            elif key == "process":
                found = fit(self.process(use), columns)
                out += [*found, Piece(" " * (columns - width(plain(found)) + 1))]
            else:
                text, role = COLUMNS[key].cell(use)
                out += [Piece(" " * max(0, columns - width(text))), Piece(text, role), Piece(" ")]
        return trimmed(tuple(out))

    def process(self, use: FileUse) -> Line:
        """Who."""
        if len(use.pids) > 1:
            return (piece(f"{len(use.pids)} processes", Role.SECONDARY),)
        return piece(f"{use.pids[0]} "), piece(self.names.get(use.pids[0], ""), Role.NAME)

    def path(self, use: FileUse) -> Line:
        """The path with its marks, and what more there is to say in what is left."""
        behind = marks(use)
        if self.spaces and use.namespace:
            behind += (piece(f" mnt:[{use.namespace}]", Role.SECONDARY),)
        if not self.room:
            return (piece(use.path, Role.PATH), *behind, *told(use))
        text = shortened(use.path, max(1, self.room - width(plain(behind))))
        line = (Piece(text, Role.PATH), *behind)
        left = self.room - width(plain(line))
        more = told(use) if left > 8 else ()
        return fit((*line, *fit(more, left)), self.room)


def layout(columns: int, sort: str = "", names: Mapping[int, str] | None = None, *, spaces: bool = False, alone: bool = False) -> Layout:
    """For a table so wide, 0 for as wide as it takes. alone: of one process only, which need not be told."""
    wanted = [key for key in COLUMNS if not (alone and key == "process")]
    going = [key for key in GOING if key in wanted and (not sort or COLUMNS[key].sort != sort)]
    while columns and going and columns - needed(wanted) < ENOUGH:
        wanted.remove(going.pop(0))
    return Layout(tuple(wanted), max(1, columns - needed(wanted)) if columns else 0, spaces, names or {})


def needed(wanted: Sequence[str]) -> int:
    """Columns of all but the path."""
    return sum(COLUMNS[key].columns + 1 for key in wanted if key != "path")


def several(uses: Iterable[FileUse]) -> bool:
    """Whether their paths are of more than one mount namespace."""
    return len({use.namespace for use in uses if use.namespace}) > 1


def table(rows: Sequence[FileUse], columns: int, sort: str = "", names: Mapping[int, str] | None = None) -> list[Line]:
    """Heads and rows."""
    alone = len({pid for row in rows for pid in row.pids}) < 2
    made = layout(columns, sort, names, spaces=several(rows), alone=alone)
    lines = [made.titles(), *map(made.row, rows)]
    return [fit(line, columns) for line in lines] if columns else lines


def trimmed(pieces: Line) -> Line:
    """Without spaces at its end."""
    out = list(pieces)
    while out and not out[-1].text.strip(" "):
        out.pop()
    return (*out[:-1], Piece(out[-1].text.rstrip(" "), out[-1].role)) if out else ()


def unfolded(use: FileUse, names: Mapping[int, str] | None = None) -> list[Line]:
    """All that is known of a row, a fact a line."""
    who = ", ".join(f"{pid} {(names or {}).get(pid, '')}".rstrip() for pid in use.pids)
    facts = [
        ("path", use.path),
        ("also opened as", ", ".join(use.names)),
        ("address", use.note),
        ("mount namespace", str(use.namespace or "")),
        ("by", who),
        ("opened", counted(use.opens, "time") if use.opens else ""),
        ("read", f"{counted(use.reads, 'call')}, {counted(use.read_bytes, 'byte')}" if use.reads else ""),
        ("written", f"{counted(use.writes, 'call')}, {counted(use.written_bytes, 'byte')}" if use.writes else ""),
        ("other calls", str(use.others or "")),
        ("touched", ", ".join(f"{kind} {times}" for kind, times in by_count(use.touches))),
        *(
            (f"failed: {what}", ", ".join(f"{error} {times}" for error, times in by_count(errors)))
            for what, errors in sorted(use.failures.items())
        ),
        ("time", duration(use.time / SECOND) if use.time else ""),
        ("last", clock_moment(use.last / SECOND) if use.last else ""),
    ]
    lines: list[Line] = [(piece(f"{name:<16} ", Role.SECONDARY), piece(text)) for name, text in facts if text]
    if use.cut:
        lines.append((piece("only a part of the path is known", Role.MIND),))
    if use.deleted:
        lines.append((piece("it was used after its name was removed", Role.MIND),))
    if use.mapped:
        how = "can be read and written" if use.mapped == "written" else "can be read"
        lines.append((piece(f"mapped into memory, where it {how} unseen", Role.MIND),))
    return lines


def counted(count: int, word: str) -> str:
    """1 call, 2 calls."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def remarks(unseen: Sequence[Unseen], names: Mapping[int, str] | None = None, *, dropped: int = 0, lost: int = 0) -> list[Line]:
    """What has to be said beside the table: what cannot be seen this way, and of whom. dropped, lost: as of trace.access.Access."""
    kinds: list[tuple[list[Unseen], str]] = [
        ([one for one in unseen if one.io_uring], "io_uring: files used through it are unseen"),
        ([one for one in unseen if one.aio], "asynchronous I/O (io_submit): reads and writes by it are unseen"),
        ([one for one in unseen if one.unnamed], "calls whose file could not be told"),
    ]
    out: list[Line] = []
    for found, what in kinds:
        if found:
            calls = sum(one.unnamed for one in found)
            text = f"{calls:,} {what}" if what.startswith("calls") else what
            out.append((piece(f"{text}, by {whose(found, names or {})}", Role.MIND),))
    mapped = [one for one in unseen if one.mapped]
    if mapped:
        most = sorted(mapped, key=lambda one: (-one.written, -one.mapped, one.pid))
        times, written = sum(one.mapped for one in mapped), sum(one.written for one in mapped)
        some = f", {written} of them writable" if written else ""
        text = f"mapped into memory, where use is unseen: {times} file{'' if times == 1 else 's'}{some}, by {whose(most, names or {})}"
        out.append((piece(text, Role.MIND if written else Role.SECONDARY),))
    if dropped:
        out.append((piece(f"{dropped:,} calls on more files than there is room for are not counted", Role.MIND),))
    if lost:
        out.append((piece(f"incomplete: {lost:,} event{'' if lost == 1 else 's'} lost", Role.MIND),))
    return out


def whose(found: Sequence[Unseen], names: Mapping[int, str]) -> str:
    """Their pids and names."""
    text = ", ".join(f"{one.pid} {names.get(one.pid, '')}".rstrip() for one in found[:NAMED])
    return text + (f" and {len(found) - NAMED} more" if len(found) > NAMED else "")
