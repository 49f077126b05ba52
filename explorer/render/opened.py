"""Rows of what all processes hold: `  812 nginx  www-data   5 regular  w  /var/log/nginx/access.log  1.2M +18K/s`, and groups of them."""

from collections import Counter
from typing import Final, NamedTuple

from explorer.model.fd import Fd
from explorer.model.having import Thing
from explorer.model.keeping import Keeping
from explorer.model.missing import Missing
from explorer.model.opened import Looked, Opened, Owner, size
from explorer.model.progress import Progress
from explorer.render.fd import Layout, best, columns_of, fd_line, padded, thing_of
from explorer.render.fd_paths import shortened
from explorer.render.missing import sentence, short
from explorer.render.piece import Line, Piece, Role, piece
from explorer.render.sizes import size as size_words
from explorer.render.width import cut, fit, width

COMM: Final = ((60, 8), (90, 12))
"""Below so many columns, so many for the command; else as many as the kernel gives it."""
LONGEST: Final = 15
USER: Final = 8
USER_FROM: Final = 110
COUNT: Final = 7
KINDS: Final = 6
"""Kinds that a group names."""
WAYS: Final = {"mapped": "mem"}
FOLDER: Final = 0o040000
TYPE: Final = 0o170000
NEW: Final = 5.0
"""Seconds for which a row is marked as new."""


class Columns(NamedTuple):
    """Of a row, in characters. user: 0 where it has no room."""

    pid: int
    comm: int
    user: int
    fd: Layout

    @classmethod
    def of(cls, columns: int, largest: tuple[int, int] = (0, 0)) -> "Columns":
        """For rows of so many columns; largest: the highest PID and descriptor number."""
        pid = max(5, len(str(largest[0])))
        comm = next((comm for below, comm in COMM if columns < below), LONGEST)
        user = USER if columns >= USER_FROM else 0
        ahead = pid + 1 + comm + 1 + (user + 1 if user else 0)
        return cls(pid, comm, user, Layout.of(max(0, columns - ahead), max(largest[1], 1000)))

    def header(self, group: str = "") -> Line:
        """Titles; of groups those of their lines."""
        if group:
            return (piece(f"{'ROWS':>{COUNT + 2}}  {group.upper()}"),)
        user = f"{'USER':<{self.user}} " if self.user else ""
        return (piece(f"{'PID':>{self.pid}} {'COMMAND':<{self.comm}} {user}"), *self.fd.header())

    def sorts(self) -> list[tuple[int, str]]:
        """At which column of the header each title begins, and by what it sorts."""
        at = self.pid + 1
        found = [(0, "process"), (at, "command")]
        at += self.comm + 1
        if self.user:
            found.append((at, "user"))
            at += self.user + 1
        found.append((at, "descriptor"))
        at += self.fd.number + 1
        found.append((at, "kind"))
        at += self.fd.kind + 1 + (self.fd.access + 1 if self.fd.access else 0)
        return [*found, (at, "target"), (at + self.fd.target + 1, "size")]


def row(opened: Opened, columns: Columns, now: float) -> tuple[str, Line]:
    """Its sign in the gutter and its line. now: on the clock of the row."""
    owner, what = opened.owner, opened.what
    head = [piece(f"{owner.process.pid:>{columns.pid}} "), padded(owner.comm, columns.comm, Role.NAME), Piece(" ")]
    if columns.user:
        head += [padded(owner.user, columns.user, Role.PRIVILEGED if owner.uid == 0 else Role.SECONDARY), Piece(" ")]
    if opened.closed:
        assert isinstance(what, Fd)
        line = (*head, *fd_line(what, columns.fd, closed=max(0.0, now - opened.closed)))
        return "-", tuple(Piece(part.text, Role.GONE) for part in line)
    if isinstance(what, Fd) and not what.target and isinstance(what.flags, Missing):
        return " ", (*head, piece(f"{what.number:>{columns.fd.number}} "), *short(what.flags))
    mark = "+" if opened.since and now - opened.since < NEW else " "
    return mark, (*head, *(fd_line(what, columns.fd, progress=progress(opened)) if isinstance(what, Fd) else kept(what, columns.fd)))


def progress(opened: Opened) -> Progress | None:
    """How its position moves."""
    what = opened.what
    if not opened.rate or not isinstance(what, Fd) or isinstance(what.position, Missing):
        return None
    return Progress(what.position, size(opened), opened.rate, inside=what.access == "r")


def kept(keeping: Keeping, layout: Layout) -> Line:
    """What is no descriptor, in the same columns."""
    how = WAYS.get(keeping.how, keeping.how)
    folder = keeping.mode & TYPE == FOLDER
    kind = "mapped" if keeping.how == "mapped" else "directory" if folder else "regular" if keeping.mode else ""
    mark = (piece(" deleted", Role.MIND),) if keeping.deleted is True else ()
    target = best([(piece(text, Role.PATH), *mark) for text in shortened(keeping.path)] if keeping.path else [()], layout.target)
    words = " ".join(keeping.permissions) or (size_words(keeping.size) if keeping.size and not folder else "")
    silent = keeping.how != "mapped" and not keeping.mode
    detail = short(keeping.unread) if keeping.unread is not None else (piece("did not answer", Role.MIND),) if silent else (piece(words),)
    access = (piece(" " * (layout.access + 1)),) if layout.access else ()
    gap = piece(" " * max(1, layout.target - columns_of(target) + 1))
    line = (piece(f"{how:>{layout.number}} "), padded(kind, layout.kind, Role.TEXT), Piece(" "), *access, *target, gap, *detail)
    return fit(line, layout.columns)


def group(label: object, kinds: Counter[str], pids: int, opened: bool, columns: int) -> Line:
    """`-  1,204  812 nginx www-data   900 regular, 300 tcp`, by process; else how many processes it is about."""
    sign = "-" if opened else "+"
    name: Line
    if isinstance(label, Owner):
        name = piece(f"{label.process.pid} "), piece(label.comm, Role.NAME), piece(f" {label.user}", Role.SECONDARY)
    else:
        name = (piece(label or "?", Role.NAME), piece("" if pids == 1 else f"  of {pids:,} processes", Role.SECONDARY))
    told = ", ".join(f"{count:,} {kind}" for kind, count in kinds.most_common(KINDS)) if len(kinds) > 1 or isinstance(label, Owner) else ""
    more = ", …" if told and len(kinds) > KINDS else ""
    head = (piece(f"{sign} "), piece(f"{kinds.total():>{COUNT},}"), piece("  "), *name)
    return fit((*head, piece(f"   {told}{more}", Role.SECONDARY)) if told else head, columns)


def counts(shown: int, looked: Looked, *, filtered: bool, user: str = "") -> Line:
    """`214 of 44,012 · 2,000 of 2,100 processes · 12 may not be read: as root they show`"""
    all_of_them = looked.rows + looked.unkept
    parts: list[Line] = [(piece(f"{shown:,} of {all_of_them:,}", Role.MIND),) if filtered else (piece(f"{all_of_them:,} open"),)]
    seen = looked.processes
    of = f"{seen:,} of {looked.total:,} processes" if seen < looked.total and not looked.rounds else f"{seen:,} processes"
    parts.append((piece(of, Role.TEXT if looked.rounds else Role.MIND),))
    if looked.unkept and not looked.narrowed:
        parts.append((piece(f"only {looked.rows:,} are kept: a filter finds the others", Role.MIND),))
    if looked.denied:
        you = f"; you are {user}" if user else ""
        parts.append((piece(f"{looked.denied:,} may not be read: as root they show{you}", Role.MIND),))
    if looked.silent:
        parts.append((piece(f"{looked.silent:,} did not answer", Role.MIND),))
    if looked.unseen is not None:
        parts.append(sentence(looked.unseen))
    out: list[Piece] = []
    for index, part in enumerate(parts):
        out += [piece(" · ", Role.SECONDARY), *part] if index else part
    return tuple(out)


def thing(opened: Opened) -> Thing | None:
    """What others may have too."""
    return thing_of(opened.what) if isinstance(opened.what, Fd) and not opened.closed else None


def copied(opened: Opened) -> str:
    """Exact, for the clipboard: process, descriptor, where it leads."""
    what = opened.what
    number, target = (str(what.number), what.target) if isinstance(what, Fd) else (what.how, what.path)
    return f"{opened.owner.process.pid} {opened.owner.comm} {number} {target}"


def left_and_right(left: Line, right: str, columns: int) -> Line:
    """A line with something at its right end where there is room for at least a part of it."""
    left = fit(left, columns)
    room = columns - columns_of(left) - 3
    told = cut(piece(right).text, room) if room > 8 else ""
    return (*left, piece(" " * (columns - columns_of(left) - width(told))), piece(told, Role.SECONDARY))
