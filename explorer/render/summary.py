"""The table of a summary: strace -c's columns, shortest, longest and usual times, which errors there were; as wide as there is room."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from explorer.decode.constants.errno import ERRNO
from explorer.model.summary import By, Counted
from explorer.render.call import PLAIN_ERRORS
from explorer.render.piece import Line, Piece, Role, piece, plain
from explorer.render.times import duration
from explorer.render.trace_line import SLOW
from explorer.render.width import cut, fit, width

SECOND: Final = 1e9
WIDEST: Final = 40
"""Columns that a name may take."""
ERRORS: Final = 12
"""Columns from which on it is worth while to say which errors there were."""


class Column(NamedTuple):
    """title: strace's where it has the column. sort: of model.summary.SORTS. columns: as strace -c, where there is room; least:
    where there is not. cell: of a row, of all rows in one."""

    title: str
    sort: str
    columns: int
    least: int
    cell: Callable[[Counted, Counted], Piece]


def share_cell(row: Counted, _whole: Counted) -> Piece:
    return piece(f"{100 * row.share:.2f}")


def awake_cell(row: Counted, whole: Counted) -> Piece:
    """Its share without calls that sleep by design; of those the word instead."""
    if row.waits and row.name:
        return piece("wait", Role.SECONDARY)
    time = whole.tally.total - whole.waited
    return piece(f"{100 * (row.tally.total - row.waited) / time:.2f}" if time > 0 else "0.00")


def mean_cell(row: Counted, _whole: Counted) -> Piece:
    """µs; what takes less than ten of them, with a decimal."""
    micros = row.mean / 1e3
    return piece(f"{micros:.1f}" if 0 < micros < 9.95 else f"{micros:.0f}")


def errors_cell(row: Counted, _whole: Counted) -> Piece:
    failed = any(not_plain(errno) for errno in row.tally.errors)
    return piece(row.errors or "", Role.FAILED if failed else Role.TEXT)


def took(row: Counted, ns: float, mark: str = "") -> Piece:
    """A time; what waits by design is never slow."""
    if not row.timed:
        return piece("")
    role = Role.SECONDARY if row.waits else Role.MIND if ns >= SLOW else Role.TEXT
    return piece(mark + duration(ns / SECOND), role)


def least_cell(row: Counted, _whole: Counted) -> Piece:
    return took(row, row.tally.least, "~" if row.rough else "")


def most_cell(row: Counted, _whole: Counted) -> Piece:
    return took(row, row.tally.most, "~" if row.rough else "")


COLUMNS: Final[dict[str, Column]] = {
    "time": Column("% time", "time", 6, 6, share_cell),
    "seconds": Column("seconds", "time", 11, 8, lambda row, _: piece(f"{row.tally.total / SECOND:.6f}")),
    "mean": Column("usecs/call", "mean", 11, 10, mean_cell),
    "calls": Column("calls", "calls", 9, 7, lambda row, _: piece(row.calls)),
    "errors": Column("errors", "errors", 9, 6, errors_cell),
    "awake": Column("w/o wait", "", 8, 8, awake_cell),
    "min": Column("min", "min", 7, 7, least_cell),
    "p50": Column("~p50", "p50", 7, 7, lambda row, _: took(row, row.percentile(0.5))),
    "p95": Column("~p95", "p95", 7, 7, lambda row, _: took(row, row.percentile(0.95))),
    "p99": Column("~p99", "p99", 7, 7, lambda row, _: took(row, row.percentile(0.99))),
    "max": Column("max", "max", 7, 7, most_cell),
    "name": Column("syscall", "name", 16, 15, lambda _row, _: piece("")),
}
"""name's cell is made by Layout, which knows what rows stand for."""
GOING: Final = ("min", "p95", "mean", "seconds", "p50", "awake", "max", "errors", "p99", "calls")
"""What goes first where there is no room; what is sorted by stays."""
TITLES: Final[dict[By, str]] = {"call": "syscall", "process": "process", "thread": "thread", "process call": "process, syscall"}


def not_plain(errno: int) -> bool:
    """An error that is more than "not now"."""
    name = ERRNO[errno][0] if errno in ERRNO else ""
    return name not in PLAIN_ERRORS and not name.startswith("ERESTART")


def error_words(errors: Mapping[int, int]) -> Line:
    """ENOENT 13, EACCES 2: most first."""
    out: list[Piece] = []
    for errno, count in sorted(errors.items(), key=lambda item: (-item[1], item[0])):
        name = ERRNO[errno][0] if errno in ERRNO else f"error {errno}"
        out.append(piece(f"{', ' if out else ''}{name} {count}", Role.FAILED if not_plain(errno) else Role.SECONDARY))
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Layout:
    """columns: keys of COLUMNS, left to right. sizes: theirs. errors: columns that are left to say which errors there were, 0 for
    none, -1 for as many as it takes. names: pid or tid → its name."""

    by: By
    columns: tuple[str, ...]
    sizes: tuple[int, ...]
    errors: int
    names: Mapping[int, str]

    def titles(self, sort: str = "", *, backwards: bool = False) -> Line:
        """Their heads; an arrow at the one that is sorted by, where sort is given."""
        out: list[Piece] = []
        arrow, marked = "▲" if backwards != (sort in {"name", "pid"}) else "▼", False
        for key, size in zip(self.columns, self.sizes, strict=True):
            here = not marked and bool(sort) and (COLUMNS[key].sort == sort or (key == "name" and sort == "pid"))
            marked |= here
            title = TITLES[self.by] if key == "name" else COLUMNS[key].title
            # Over the gap to its right, so that no column is wider for it.
            text = f"{cut(title, size - here):<{size - here}}{arrow * here}" if key == "name" else f"{title:>{size}}"
            out.append(piece(f"{text}{arrow if here and key != 'name' else ' '}"))
        return trimmed((*out, piece("which errors"))) if self.errors else trimmed(tuple(out))

    def rule(self) -> Line:
        """strace's dashes under the heads and over the total."""
        return (piece(" ".join("-" * size for size in self.sizes), Role.RULE),)

    def row(self, row: Counted, whole: Counted) -> Line:
        """A row's cells."""
        return self._line(row, whole, self.name(row))

    def total(self, whole: Counted) -> Line:
        """The last row."""
        return self._line(whole, whole, (piece("total", Role.TITLE),))

    def _line(self, row: Counted, whole: Counted, name: Line) -> Line:
        out: list[Piece] = []
        for key, size in zip(self.columns, self.sizes, strict=True):
            if key == "name":
                found = fit(name, size)
                out += [*found, piece(" " * (size - width(plain(found)) + 1))]
            else:
                text, role = COLUMNS[key].cell(row, whole)
                out += [piece(" " * (size - width(text))), Piece(text, role), piece(" ")]
        if self.errors:
            words = error_words(row.tally.errors)
            out += fit(words, self.errors) if self.errors > 0 else words
        return trimmed(tuple(out))

    def name(self, row: Counted) -> Line:
        """Whom or what a row counts."""
        call = (piece(row.name, Role.NAME), *((piece(f" {bits(row.arch)}", Role.MIND),) if bits(row.arch) else ()))
        if self.by == "call":
            return call
        if not row.pid:
            who: Line = (piece("ended processes", Role.SECONDARY),)
        elif self.by == "thread":
            number = f"{row.tid:>7} " if row.tid else f"{'ended':>7} "
            of = f" of {row.pid}" if row.tid != row.pid else ""
            who = (piece(number), piece(self.names.get(row.tid, ""), Role.NAME), piece(of, Role.SECONDARY))
        else:
            who = (piece(f"{row.pid:>7} "), piece(self.names.get(row.pid, ""), Role.NAME if self.by == "process" else Role.TEXT))
        if self.by != "process call":
            return who
        who = fit(who, 23)
        return (*who, piece(" " * (24 - width(plain(who)))), *call)


def layout(
    rows: Sequence[Counted], whole: Counted, columns: int, by: By, sort: str = "", names: Mapping[int, str] | None = None,
    chosen: Sequence[str] = (),
) -> Layout:  # fmt: skip
    """The columns for a table so wide, 0 for as wide as it takes. chosen: these and no others (name is added), else all that fit."""
    wanted = [*chosen, *(() if "name" in chosen else ("name",))] if chosen else list(COLUMNS)
    bare = Layout(by, (), (), 0, names or {})
    texts = {key: [COLUMNS[key].cell(row, whole).text for row in (*rows, whole)] for key in wanted if key != "name"}
    texts["name"] = [TITLES[by], *(plain(bare.name(row)) for row in rows)]
    natural = {key: max(map(width, found)) for key, found in texts.items()}
    natural["name"] = min(natural["name"], WIDEST)
    narrow = {key: max(natural[key], COLUMNS[key].least) for key in wanted}
    wide = {key: max(natural[key], COLUMNS[key].columns) for key in wanted}
    kept = next((key for key, column in COLUMNS.items() if column.sort == sort), "")
    going = [key for key in GOING if not chosen and key != kept]
    while columns and going and needed(narrow, wanted) > columns:
        wanted.remove(going.pop(0))
    sizes = wide if not columns or needed(wide, wanted) <= columns else narrow
    left = columns - needed(sizes, wanted)
    if columns and left < 0 and not chosen:
        sizes = {**sizes, "name": max(1, sizes["name"] + left)}
    room = (left - 1 if left > ERRORS else 0) if columns else -1
    said = room if whole.errors and wanted[-1] == "name" else 0
    return Layout(by, tuple(wanted), tuple(sizes[key] for key in wanted), said, names or {})


def needed(sizes: Mapping[str, int], wanted: Sequence[str]) -> int:
    """Columns of a table."""
    return sum(sizes[key] for key in wanted) + len(wanted) - 1


def bits(arch: str) -> str:
    """What stands behind the name of a call that is not the machine's usual."""
    return {"i386": "32-bit", "arm": "32-bit", "x32": "x32"}.get(arch, "")


def trimmed(pieces: Line) -> Line:
    """Without spaces at its end."""
    out = list(pieces)
    while out and not out[-1].text.strip(" "):
        out.pop()
    return (*out[:-1], Piece(out[-1].text.rstrip(" "), out[-1].role)) if out else ()


def table(
    rows: Sequence[Counted], whole: Counted, columns: int, by: By, sort: str = "", names: Mapping[int, str] | None = None,
    chosen: Sequence[str] = (),
) -> list[Line]:  # fmt: skip
    """Heads, rows and the total, as strace -c draws them."""
    made = layout(rows, whole, columns, by, sort, names, chosen)
    lines = [made.titles(), made.rule(), *(made.row(row, whole) for row in rows), made.rule(), made.total(whole)]
    return [fit(line, columns) for line in lines] if columns else lines


def remarks(whole: Counted, lost: int, flying: Sequence[tuple[str, str, float]] = (), engine: str = "") -> list[Line]:
    """What has to be said beside the figures. lost: events that are missing. flying: who, which call, for how many seconds."""
    out: list[Line] = []
    if lost:
        words = f"incomplete: {lost:,} event{'' if lost == 1 else 's'} lost, so that counts and times are too small"
        out.append((piece(words, Role.MIND),))
    said = []
    if whole.waited:
        spent = f"{duration(whole.waited / SECOND)} of {duration(whole.tally.total / SECOND)}"
        said.append(f"{spent} asleep by design (wait)")
    if engine == "ptrace" and whole.timed:
        said.append("ptrace's own stops, 20 µs a call and more")
    if said:
        out.append((piece(f"times are wall-clock: with {', and with '.join(said)}", Role.SECONDARY),))
    if flying:
        said = [f"{who} {call} for {duration(seconds)}" for who, call, seconds in flying[:3]]
        more = f" and {len(flying) - 3} more" if len(flying) > 3 else ""
        out.append((piece(f"not returned yet, so not counted: {', '.join(said)}{more}", Role.SECONDARY),))
    return out
