"""The process table as ps prints it: its columns, its words, and the tree in front of the command."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from explorer.model.missing import Missing
from explorer.model.process import TICKS
from explorer.model.snapshot import Machine, Process
from explorer.model.tree import Row
from explorer.render.command import command_pieces
from explorer.render.piece import Line, Piece, Role, piece, plain
from explorer.render.process import clock_time, cpu_share, elapsed, memory_share, started
from explorer.render.times import clock, full_moment
from explorer.render.width import cut, fit, width

WIDEST: Final = 32
"""Columns that a name may take."""

GAP: Final = Piece(" ")


class Column(NamedTuple):
    """title: as ps heads it. cell: its text. left: stands at the left. sort: a key of model.order.SORTS, "" for none."""

    title: str
    cell: Callable[[Process, Machine], str]
    left: bool = False
    sort: str = ""


def state(process: Process, _machine: Machine) -> str:
    """STAT without what only ps knows: state, < high or N low priority, s session leader, l several threads."""
    more = ("<" if process.nice < 0 else "N" if process.nice > 0 else "") + ("s" if process.session == process.id.pid else "")
    return process.state + more + ("l" if process.threads > 1 else "")


def lifetime_share(process: Process, machine: Machine) -> str:
    """%CPU as ps means it: over the whole life."""
    seconds = elapsed(process, machine)
    return f"{100 * (process.utime + process.stime) / TICKS / seconds if seconds else 0.0:.1f}"


def age(process: Process, machine: Machine) -> str:
    """ELAPSED: [[DD-]HH:]MM:SS."""
    text = clock(int(elapsed(process, machine)))
    return text.removeprefix("00:")


COLUMNS: Final[dict[str, Column]] = {
    "user": Column("USER", lambda p, _: p.user, left=True, sort="user"),
    "uid": Column("UID", lambda p, _: "?" if isinstance(p.uid, Missing) else str(p.uid), sort="user"),
    "pid": Column("PID", lambda p, _: str(p.id.pid), sort="pid"),
    "ppid": Column("PPID", lambda p, _: str(p.ppid), sort="ppid"),
    "pgrp": Column("PGRP", lambda p, _: str(p.pgrp)),
    "sess": Column("SESS", lambda p, _: str(p.session)),
    "c": Column("C", lambda p, m: str(cpu_share(p, m)), sort="time"),
    "pcpu": Column("%CPU", lifetime_share, sort="time"),
    "pmem": Column("%MEM", lambda p, m: f"{memory_share(p, m):.1f}", sort="rss"),
    "rss": Column("RSS", lambda p, _: str(p.rss >> 10), sort="rss"),
    "vsz": Column("VSZ", lambda p, _: str(p.vsize >> 10), sort="vsize"),
    "stime": Column("STIME", started, left=True, sort="start"),
    "lstart": Column("STARTED", lambda p, m: full_moment(m.boot_time + p.id.start / TICKS), left=True, sort="start"),
    "etime": Column("ELAPSED", age, sort="start"),
    "etimes": Column("ELAPSED", lambda p, m: str(int(elapsed(p, m))), sort="start"),
    "tty": Column("TTY", lambda p, _: p.tty, left=True, sort="tty"),
    "time": Column("TIME", lambda p, _: clock_time(p), sort="time"),
    "s": Column("S", lambda p, _: p.state, left=True, sort="state"),
    "stat": Column("STAT", state, left=True, sort="state"),
    "nice": Column("NI", lambda p, _: str(p.nice), sort="nice"),
    "pri": Column("PRI", lambda p, _: str(p.priority), sort="priority"),
    "nlwp": Column("NLWP", lambda p, _: str(p.threads), sort="threads"),
    "flags": Column("FLAGS", lambda p, _: f"{p.flags:x}"),
    "comm": Column("COMMAND", lambda p, _: p.comm, left=True, sort="command"),
    "args": Column("CMD", lambda p, _: p.command, left=True, sort="command"),
}
"""Those of `-o`, by the name that is kept for each; ALIASES has ps's other ones. args is drawn with the tree."""

ALIASES: Final = {
    "euser": "user", "uname": "user", "euid": "uid", "pgid": "pgrp", "sid": "sess", "session": "sess", "tgid": "pid",
    "%cpu": "pcpu", "cpu": "pcpu", "%mem": "pmem", "mem": "pmem", "rssize": "rss", "rsz": "rss", "vsize": "vsz",
    "start": "stime", "start_time": "stime", "bsdstart": "stime", "tname": "tty", "tt": "tty", "cputime": "time",
    "state": "s", "ni": "nice", "priority": "pri", "thcount": "nlwp", "threads": "nlwp", "f": "flags", "flag": "flags",
    "ucmd": "comm", "ucomm": "comm", "cmd": "args", "command": "args",
}  # fmt: skip

FULL: Final = ("user", "pid", "ppid", "c", "stime", "tty", "time", "args")
"""ps -ef, whose UID column has names."""

BSD: Final = ("user", "pid", "pcpu", "pmem", "vsz", "rss", "tty", "stat", "stime", "time", "args")
"""ps aux."""


def titles(names: Sequence[str], *, bsd: bool = False) -> list[str]:
    """The heads of columns; the two spellings of ps differ."""
    heads = {"user": "UID", "args": "CMD"} if not bsd else {"stime": "START", "args": "COMMAND"}
    return [heads.get(name, COLUMNS[name].title) for name in names]


def table(rows: Iterable[Row], machine: Machine, names: Sequence[str], heads: Sequence[str] = (), columns: int = 0) -> list[Line]:
    """The heads, where there are any, and the rows; the tree stands in front of args. columns: as wide as that at the most, 0 for
    as wide as need be."""
    lines = [[cell(row, machine, name) for name in names] for row in rows]
    if heads:
        lines.insert(0, [(piece(head),) for head in heads])
    sizes = [max((width(plain(line[at])) for line in lines), default=0) for at in range(len(names) - 1)] + [0]
    lefts = [COLUMNS[name].left for name in names]
    out = []
    for line in lines:
        pieces: list[Piece] = []
        for text, size, left in zip(line, sizes, lefts, strict=True):
            pad = size - width(plain(text)) if size else 0
            if pad > 0 and not left:
                pieces.append(Piece(" " * pad))
            pieces += text
            pieces.append(Piece(" " * (pad + 1)) if pad > 0 and left else GAP)
        while pieces and not pieces[-1].text.strip(" "):
            pieces.pop()
        out.append(fit(tuple(pieces), columns) if columns else tuple(pieces))
    return out


def cell(row: Row, machine: Machine, name: str) -> Line:
    """What stands in one column of one row."""
    process = row.process
    if name == "args":
        return (*branch(row), *command(row))
    text = cut(piece(COLUMNS[name].cell(process, machine)).text, WIDEST, "+")
    if row.ancestor:
        return (Piece(text, Role.ANCESTOR),)
    return (Piece(text, Role.PRIVILEGED if name == "user" and process.uid == 0 else Role.TEXT),)


def branch(row: Row) -> Line:
    """The lines that lead to a row, two columns a level."""
    if not row.depth:
        return ()
    return (Piece("".join("│ " if goes_on else "  " for goes_on in row.rails) + ("└─" if row.last else "├─"), Role.RULE),)


def command(row: Row) -> Line:
    """The command; in parentheses where it is only kept for what is below it, <defunct> where the process waits to be reaped."""
    pieces = command_pieces(row.process, paths=True, longest=1 << 24)
    if row.process.state in {"Z", "X"}:
        pieces = (*pieces, piece(" <defunct>", Role.MIND))
    if row.ancestor:
        return (Piece("(", Role.ANCESTOR), *(Piece(part.text, Role.ANCESTOR) for part in pieces), Piece(")", Role.ANCESTOR))
    return pieces
