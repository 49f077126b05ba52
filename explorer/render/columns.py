"""The columns of the process table: which there are, which are shown at a width, what stands in a cell.

While COMMAND has less than ENOUGH columns, others go, in the order of GOING; the one that is sorted by stays to the end.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final, NamedTuple

from explorer.model.snapshot import Machine, Process
from explorer.render.piece import Line, Piece, Role, piece
from explorer.render.process import clock_time, cpu_share, memory_share, started
from explorer.render.sizes import short_size
from explorer.render.width import cut, width

ENOUGH: Final = 24
BUSY: Final = 25.0
"""Per cent of one core from which on a process is worth a look."""

STATES: Final = {"R": Role.NEW, "D": Role.FAILED, "Z": Role.MIND, "T": Role.MIND, "t": Role.MIND, "X": Role.MIND}


class Column(NamedTuple):
    """key: its name. sort: what it is sorted by, a key of model.order.SORTS, "" for nothing. left: stands at the left of its cell."""

    key: str
    title: str
    columns: int
    sort: str
    cell: Callable[[Process, Machine], Piece]
    left: bool = False


def quiet(text: str, zero: bool) -> Piece:
    """A figure; a zero is only secondary."""
    return piece(text, Role.SECONDARY if zero else Role.TEXT)


def cpu_cell(process: Process, _machine: Machine) -> Piece:
    share = process.cpu
    text = f"{share:.1f}" if share < 999.95 else f"{share:.0f}"
    return piece(text, Role.MIND) if share >= BUSY else quiet(text, text == "0.0")


def memory_cell(process: Process, machine: Machine) -> Piece:
    text = f"{memory_share(process, machine):.1f}"
    return quiet(text, text == "0.0")


def user_cell(process: Process, _machine: Machine) -> Piece:
    return piece(process.user, Role.PRIVILEGED if process.uid == 0 else Role.TEXT)


COLUMNS: Final = (
    Column("pid", "PID", 5, "pid", lambda p, _: piece(p.id.pid)),
    Column("ppid", "PPID", 5, "ppid", lambda p, _: quiet(str(p.ppid), p.ppid == 0)),
    Column("user", "USER", 8, "user", user_cell, left=True),
    Column("priority", "PRI", 4, "priority", lambda p, _: piece(p.priority)),
    Column("nice", "NI", 3, "nice", lambda p, _: quiet(str(p.nice), p.nice == 0)),
    Column("threads", "THR", 4, "threads", lambda p, _: quiet(str(p.threads), p.threads <= 1)),
    Column("cpu", "CPU%", 5, "cpu", cpu_cell),
    Column("c", "C", 3, "", lambda p, m: quiet(str(cpu_share(p, m)), not cpu_share(p, m))),
    Column("mem", "MEM%", 4, "rss", memory_cell),
    Column("rss", "RSS", 5, "rss", lambda p, _: quiet(short_size(p.rss), not p.rss)),
    Column("vsize", "VSZ", 5, "vsize", lambda p, _: quiet(short_size(p.vsize), not p.vsize)),
    Column("state", "S", 1, "state", lambda p, _: piece(p.state, STATES.get(p.state, Role.SECONDARY))),
    Column("start", "START", 5, "start", lambda p, m: piece(started(p, m))),
    Column("tty", "TTY", 7, "tty", lambda p, _: quiet(p.tty, p.tty == "?"), left=True),
    Column("time", "TIME", 8, "time", lambda p, _: quiet(clock_time(p), p.utime + p.stime == 0)),
)
ALWAYS: Final = ("pid", "cpu", "state")
USUAL: Final = {60: ("user", "rss"), 110: ("ppid",)}
"""From how many columns of the whole screen on."""
GOING: Final = ("c", "priority", "nice", "threads", "vsize", "time", "start", "tty", "mem", "ppid", "rss", "user")
CHOICE: Final = ("ppid", "user", "priority", "nice", "threads", "c", "mem", "rss", "vsize", "start", "tty", "time")
"""What a person can switch on and off."""


WHOLE: Final = frozenset({"mem", "rss", "vsize", "threads"})
"""What belongs to a process, not to each of its threads: blank in the row of a thread."""


@dataclass(frozen=True, slots=True)
class Layout:
    """columns: those shown, left to right, without COMMAND. widths: theirs. command: what is left for COMMAND."""

    columns: tuple[Column, ...]
    widths: tuple[int, ...]
    command: int

    @property
    def left(self) -> int:
        """Where COMMAND begins."""
        return sum(self.widths) + len(self.widths)


def layout(columns: int, screen: int, largest_pid: int, sort: str, chosen: Collection[str] = (), without: Collection[str] = ()) -> Layout:
    """The columns for a table so wide (gutter not counted) on a screen so wide. chosen, without: what a person added, took away."""
    wanted = {*ALWAYS, *chosen, *(key for least, keys in USUAL.items() if screen >= least for key in keys)} - set(without)
    sorted_by = {column.key for column in COLUMNS if column.sort == sort}
    if not wanted & sorted_by:
        wanted |= {next(column.key for column in COLUMNS if column.sort == sort)} if sorted_by else set()
    pid = max(5, len(str(largest_pid)))
    going = [key for key in GOING if key in wanted]
    going.sort(key=lambda key: key in sorted_by)
    while True:
        shown = tuple(column for column in COLUMNS if column.key in wanted)
        widths = tuple(pid if column.key in {"pid", "ppid"} else column.columns for column in shown)
        room = columns - sum(widths) - len(widths)
        if room >= ENOUGH or not going:
            return Layout(shown, widths, max(0, room))
        wanted.discard(going.pop(0))


def titles(shown: Layout, sort: str, descending: bool, right: Line = ()) -> Line:
    """The header: titles with the sort's arrow, and what is said at the right end, which is worth more than the word COMMAND."""
    arrow = "▼" if descending else "▲"
    out, marked = "", False
    for column, size in zip(shown.columns, shown.widths, strict=True):
        here = column.sort == sort and not marked
        marked |= here
        title = column.title + (arrow if here and column.left else "")
        out += f"{title:<{size}} " if column.left else f"{title:>{size}}{arrow if here else ' '}"
    command = "COMMAND" + (arrow if sort == "command" else "")
    used = sum(width(part.text) for part in right)
    if used and len(command) + 1 + used > shown.command:
        command = command if len(command) <= shown.command - used - 1 else ""
    gap = max(0, shown.command - len(command) - used)
    return (piece(cut(out + command + " " * gap, shown.left + len(command) + gap)), *right)


def cells(shown: Layout, process: Process, machine: Machine) -> Line:
    """The cells of one process, each padded and followed by a space, adjacent plain ones joined."""
    out: list[Piece] = []
    for column, size in zip(shown.columns, shown.widths, strict=True):
        text, role = ("", Role.TEXT) if process.thread_of and column.key in WHOLE else column.cell(process, machine)
        if width(text) > size:
            text = cut(text, size, "+")
        pad = " " * (size - width(text))
        out.append(Piece(text + pad + " " if column.left else pad + text + " ", role))
    return tuple(out)
