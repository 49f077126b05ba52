"""Descriptors as rows: `3 tcp listen  rw 0.0.0.0:80   queue 3/511  also 811 813`. The Files pane, and what `procdive fds` prints."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple, overload

from explorer.decode.fd.path import PathFd
from explorer.model.fd import Fd
from explorer.model.files import Closed, NoFiles, OpenFiles
from explorer.model.having import Thing
from explorer.model.missing import Reason
from explorer.model.progress import Progress
from explorer.render.fd_cells import cells
from explorer.render.growth import count, summary, warnings
from explorer.render.pages import of_fd
from explorer.render.piece import Line, Piece, Role, piece, plain
from explorer.render.progress import moving
from explorer.render.sheet import Row, Sheet, Target
from explorer.render.width import cut, fit, width
from explorer.render.wrap import wrap

KIND: Final = 11
SHORT_KIND: Final = 4
SHORT_BELOW: Final = 52
"""Columns below which a kind is four letters."""
NO_ACCESS_BELOW: Final = 40
"""Columns below which there is no room for r and w."""
DETAILS: Final = ((70, 20), (84, 26), (110, 27), (150, 36))
"""Below so many columns, so many for size, queue and peer; from the last on half of what the kind leaves."""
ANONYMOUS: Final = frozenset(
    {"eventfd", "eventpoll", "timerfd", "signalfd", "inotify", "fanotify", "pidfd", "io_uring", "bpf", "perf", "userfaultfd", "anon_inode"}
)
"""Kinds of which an access mode says nothing."""
UNREAD: Final = piece("not read yet", Role.SECONDARY)
HINTS: Final = 1000
"""Of so many it is looked whether their other ends are hidden: if they are, then soon."""
FILES: Final = frozenset({"regular", "memfd", "blk"})
"""Kinds whose position may be on its way somewhere."""


class Layout(NamedTuple):
    """The columns of a row, in characters. kind, access: 0 where they have no room."""

    number: int
    kind: int
    access: int
    target: int
    detail: int

    @classmethod
    def of(cls, columns: int, largest: int = 0) -> "Layout":
        """For rows of so many columns; largest: the highest descriptor number."""
        number = max(3, len(str(largest)))
        kind = KIND if columns >= SHORT_BELOW else SHORT_KIND
        access = 2 if columns >= NO_ACCESS_BELOW else 0
        rest = columns - number - kind - access - (3 if access else 2)
        detail = next((detail for below, detail in DETAILS if columns < below), max(36, rest // 2))
        detail = max(0, min(detail, rest // 2))
        return cls(number, kind, access, max(1, rest - detail - 1), detail)

    @property
    def columns(self) -> int:
        """How wide a row is."""
        return self.number + 1 + self.kind + 1 + (self.access + 1 if self.access else 0) + self.target + 1 + self.detail

    def header(self) -> Line:
        """Titles."""
        kind = f"{'kind':<{self.kind}} " if self.kind else ""
        access = "rw " if self.access else ""
        text = f"{'fd':>{self.number}} {kind}{access}{cut('target', self.target):<{self.target}} {cut(TITLE, self.detail)}"
        return (piece(cut(text, self.columns)),)


TITLE: Final = "size · queue · peer"


def fd_line(fd: Fd, layout: Layout, *, progress: Progress | None = None, closed: float | None = None) -> Line:
    """A row of cells, as wide as the layout says. progress: of its position. closed: seconds since it was closed."""
    found = cells(fd)
    kind = found.kind if layout.kind > SHORT_KIND else found.short
    access = "" if fd.kind in ANONYMOUS else fd.access
    target = best(found.target, layout.target)
    told = (fd.kind in FILES and moving(fd, progress)) or found.detail
    if closed is not None:
        told = tuple((piece(text),) for text in (f"closed {closed:.0f} s ago", "closed"))
    detail = best(told, layout.detail)
    parts: list[Piece] = [piece(f"{fd.number:>{layout.number}} "), padded(kind, layout.kind, Role.TEXT), piece(" ")]
    if layout.access:
        parts.append(piece(f"{access:<{layout.access}} ", Role.SECONDARY))
    parts += target
    if detail:
        parts.append(piece(" " * (layout.target - columns_of(target) + 1)))
        parts += detail
    shown = fit(tuple(parts), layout.columns)
    return tuple(Piece(part.text, Role.GONE) for part in shown) if closed is not None else shown


def best(variants: Sequence[Line], columns: int) -> Line:
    """The fullest variant that fits; the last one cut where none does."""
    for variant in variants:
        if columns_of(variant) <= columns:
            return variant
    return fit(variants[-1], columns) if variants else ()


def columns_of(pieces: Line) -> int:
    """How wide a line is."""
    return width(plain(pieces))


def padded(text: str, columns: int, role: Role) -> Piece:
    """A text cut and padded to its column."""
    shown = cut(piece(text).text, columns)
    return piece(shown + " " * (columns - width(shown)), role)


class Rows(Sequence[Row]):
    """Made when they are asked for: a process may have a hundred thousand descriptors. seen: told the number of each row that
    was, closely: of each that was unfolded.
    """

    def __init__(
        self,
        fds: Sequence[Fd | Closed | int],
        layout: Layout,
        pid: int,
        opened: frozenset[int] = frozenset(),
        progress: Mapping[int, Progress] | None = None,
        seen: Callable[[int], object] | None = None,
        closely: Callable[[int], object] | None = None,
    ) -> None:
        self._fds = fds
        self._layout = layout
        self._pid = pid
        self._opened = opened
        self._progress = progress or {}
        self._seen = seen
        self._closely = closely

    def __len__(self) -> int:
        return len(self._fds)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        entry = self._fds[index]
        if isinstance(entry, int):
            if self._seen:
                self._seen(entry)
            return Row(str(entry), fit((piece(f"{entry:>{self._layout.number}} "), UNREAD), self._layout.columns))
        if isinstance(entry, Closed):
            line = fd_line(entry.fd, self._layout, closed=entry.ago)
            return Row(key_of(entry), line, copy=entry.fd.target, mark="-")
        if self._seen:
            self._seen(entry.number)
        progress = self._progress.get(entry.number)
        return Row(
            key_of(entry),
            fd_line(entry, self._layout, progress=progress),
            unfold=lambda columns: self._unfolded(entry, columns, progress),
            target=other_end(entry, self._pid),
            copy=entry.target,
            mark="+" if entry.number in self._opened else " ",
            thing=thing_of(entry),
            pages=of_fd(entry),
        )

    def place(self, key: str) -> int | None:
        """The index of the row with this key: as in Sheet.rows, without making any."""
        digits = key.split(" ")[1] if key.startswith("closed ") else key
        if not digits.isdecimal():
            return None
        index = bisect_left(self._fds, int(digits), key=number_of)
        return index if index < len(self._fds) and key_of(self._fds[index]) == key else None

    def _unfolded(self, fd: Fd, columns: int, progress: Progress | None) -> tuple[Line, ...]:
        if self._closely:
            self._closely(fd.number)
        return unfolded(fd, columns, progress)


def number_of(entry: Fd | Closed | int) -> int:
    """What rows are ordered by."""
    return entry if isinstance(entry, int) else entry.fd.number if isinstance(entry, Closed) else entry.number


def key_of(entry: Fd | Closed | int) -> str:
    """The key of a row."""
    return f"closed {entry.fd.number} {entry.fd.target}" if isinstance(entry, Closed) else str(number_of(entry))


def thing_of(fd: Fd) -> Thing | None:
    """What others may have too; None where its link may not be read."""
    return Thing(f"{fd.number} {fd.note}", fd.target, fd.number) if fd.target else None


def unfolded(fd: Fd, columns: int, progress: Progress | None = None) -> tuple[Line, ...]:
    """All that is known of it, loaded when somebody unfolds a row."""
    from explorer.render.fd_unfold import INDENT, KEYS, unfold
    from explorer.render.progress import unfolded as told

    ahead = [fit((piece(f"{INDENT}{key:<{KEYS[0]}}  ", Role.SECONDARY), *value), columns) for key, value in told(fd, progress)]
    return (*ahead, *unfold(fd, columns))


def other_end(fd: Fd, pid: int) -> Target | None:
    """Where Enter jumps: who has the other end; else the first watched descriptor, the process held, or who else has this one."""
    watched = getattr(fd, "watches", ())
    if fd.peers:
        return Target(fd.peers[0].pid, fd.peers[0].fd)
    if fd.kind == "eventpoll" and watched:
        return Target(pid, next((watch.tfd for watch in watched if not watch.closed), watched[0].tfd))
    held = getattr(fd, "pid", 0) if fd.kind == "pidfd" else 0
    if isinstance(held, int) and held > 0:
        return Target(held)
    strangers = [holder for holder in fd.others if holder.pid != pid] or list(fd.others)
    return Target(strangers[0].pid, strangers[0].fd) if strangers else None


def sheet(
    files: OpenFiles | NoFiles,
    columns: int,
    options: frozenset[str] = frozenset(),
    seen: Callable[[int], object] | None = None,
    closely: Callable[[int], object] | None = None,
) -> Sheet:
    """The Files pane. options: "locks" shows only those with locks. seen, closely: as in Rows."""
    if isinstance(files, NoFiles):
        return Sheet(notes=nothing(files, columns))
    fds: Sequence[Fd | Closed | int] = merged(files)
    if "locks" in options:
        fds = [fd for fd in fds if isinstance(fd, PathFd) and fd.locks]
    layout = Layout.of(columns, number_of(fds[-1]) if fds else 0)
    return Sheet(
        rows=Rows(fds, layout, files.pid, files.opened, files.progress, seen, closely),
        header=layout.header(),
        notes=notes(files, columns, len(fds), "locks" in options),
        count=str(count(files)),
        summary=summary(files),
    )


def merged(files: OpenFiles) -> Sequence[Fd | Closed | int]:
    """Closed ones stand where they stood, the last of each number, unless the number means another one by now."""
    there = files.rows or files.fds
    rows: list[Fd | Closed | int] = list(there) if files.closed else []
    for number, entry in {entry.fd.number: entry for entry in files.closed}.items():
        index = bisect_left(rows, number, key=number_of)
        if index == len(rows) or number_of(rows[index]) != number:
            rows.insert(index, entry)
    return rows if files.closed else there


def notes(files: OpenFiles, columns: int, shown: int, only_locks: bool) -> tuple[Line, ...]:
    """What stands above the rows."""
    out: list[Line] = []
    if only_locks:
        out.append((piece("only those with locks"[:columns], Role.MIND), piece("  x shows all", Role.SECONDARY)))
        if not shown:
            out.append((piece("No descriptor of it holds a lock or waits for one."),))
    elif not files.fds and not files.unread:
        out.append((piece("It has no descriptor open."),))
    if files.unread:
        rest = "are being read" if files.unfinished else "are read when they come into sight"
        out.append(fit((piece(f"{files.unread:,} more {rest}", Role.SECONDARY),), columns))
    out += warnings(files, columns)
    unseen = (fd.unseen for fd in islice(files.fds, HINTS) if lonely(fd))
    hidden = next((why for why in unseen if why is not None and why.reason is Reason.DENIED), None)
    if hidden is not None:
        out.append(fit((piece(f"Other ends may be among {hidden.detail}: as root they show", Role.SECONDARY),), columns))
    return tuple(out)


def nothing(files: NoFiles, columns: int) -> tuple[Line, ...]:
    """Why there are no rows: what, why, what is still known, what helps."""
    who = f"{files.pid} {files.comm}".rstrip()
    said: list[tuple[str, str]]
    if files.kernel_thread:
        what, said = "Nothing of the kind", [("", f"{who} is a kernel thread: no files, no memory, no environment.")]
    elif files.why is None:
        what, said = "Nothing of the kind", [("", f"{who} has no descriptor open.")]
    elif files.why.reason is Reason.DENIED:
        needs = "only root may see them: it gave up root, or hides itself" if files.gave_up else f"{files.why.detail} needs root"
        known = f"it has room for {files.slots:,} descriptors" if files.slots else ""
        what = "No permission"
        said = [("", f"Files of {who}: denied. {needs}; you are {files.user}.")]
        said += [("Still known  ", known), ("Helps        ", f"sudo procdive {files.pid}")]
    elif files.why.reason is Reason.GONE:
        what, said = "Process gone", [("", files.why.detail if "another" in files.why.detail else f"{who} has ended.")]
    else:
        what, said = files.why.reason.value.capitalize(), [("", f"Files of {who}: {files.why.detail}"), ("Helps        ", files.why.cure)]
    lines: list[Line] = [(piece(what, Role.MIND),)]
    for label, text in said:
        for index, part in enumerate(wrap(text, max(10, columns - 2 - len(label))) if text else ()):
            lines.append((piece("  " + (label if index == 0 else " " * len(label)), Role.SECONDARY), piece(part)))
    return tuple(lines)


def lonely(fd: Fd) -> bool:
    """Whether it should have somebody at the other end, and nobody is seen there."""
    return fd.other_end is not None and not fd.peers
