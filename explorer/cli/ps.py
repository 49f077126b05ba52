"""procdive ps: the tree of processes with the columns of ps -ef."""

import argparse
import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Final

from explorer.cli.output import Output
from explorer.model.order import LARGEST_FIRST, SORTS
from explorer.model.process import TICKS
from explorer.model.snapshot import Machine, Process, Snapshot
from explorer.model.tree import View, grow
from explorer.render.process import cpu_share
from explorer.render.ps import ALIASES, BSD, COLUMNS, FULL, table, titles
from explorer.resolve.system import System

EXAMPLES: Final = """examples:
  procdive ps                      the tree, without kernel threads
  procdive ps -ef                  with them; also procdive ps aux
  procdive ps nginx                whose command has nginx in it, their ancestors (in parentheses) and descendants
  procdive ps user:www-data 'cpu>5' '!cron'
  procdive ps -u www-data,mail -p 812,813 --flat --sort=-rss
  procdive ps -o pid,user,rss,args
  procdive ps --json nginx         one JSON object a line, of those that match

filters: a word in the command; user: tty: comm: state:D pid: ppid: threads>10 rss>100M time>1m; ! denies; all must hold
exit status: 0 done, 1 nothing matched, 2 wrong usage
"""


LEFT_OUT: Final = {"id", "cpu", "thread_of", "exit_code"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("pattern", nargs="*", metavar="PATTERN", help="what to look for (see below); aux, ax: all, as ps")
    parser.add_argument("-e", "-A", "-K", "--kernel", dest="kernel", action="store_true", help="kernel threads too")
    parser.add_argument("-f", action="store_true", help="the columns of ps -f, which are the usual ones here")
    parser.add_argument("-a", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("-x", action="store_true", help=argparse.SUPPRESS)
    some: dict[str, Any] = {"action": "append", "default": []}
    parser.add_argument("-u", "-U", "--user", dest="users", metavar="USER[,…]", help="of these users, by name or uid", **some)
    parser.add_argument("-p", "--pid", dest="pids", metavar="PID[,…]", help="these processes", **some)
    parser.add_argument("-C", dest="names", metavar="NAME[,…]", help="whose comm is one of these", **some)
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("-H", "--tree", "--forest", dest="flat", action="store_false", default=None, help="as a tree, even if sorted")
    shape.add_argument("--flat", dest="flat", action="store_true", help="as a list")
    parser.add_argument("--sort", metavar="[-]KEY", help=f"by {', '.join(sorted(SORTS))}, or a column; - for the largest first")
    parser.add_argument("-o", "--format", dest="columns", metavar="COLUMN[,…]", help=f"of {', '.join(COLUMNS)}", **some)
    parser.add_argument("-w", action="count", default=0, help="lines longer than the terminal are not cut")
    parser.add_argument("--no-headers", "--no-heading", dest="headers", action="store_false", help="without the first line")


def run(options: argparse.Namespace, system: System, out: Output) -> int:
    """Print them; the exit status."""
    system.reader.warm()
    # While that starts.
    from explorer.collect.listing import listing

    words = list(options.pattern)
    bsd = bool(words) and set(words[0]) <= set("auxwf") and {"a", "x"} & set(words[0]) and words[0] not in {"a", "f"}
    if options.a and options.users == ["x"]:
        # ps -aux: what everybody types means aux.
        options.users, bsd = [], True
    elif bsd:
        words.pop(0)
    names = columns(options.columns) or (BSD if bsd else FULL)
    unknown = [name for name in names if name not in COLUMNS]
    if unknown:
        return wrong(out, f"there is no column {unknown[0]}; there are {', '.join(COLUMNS)}")
    sort, descending = sorting(options.sort or "")
    if sort not in SORTS:
        return wrong(out, f"nothing is sorted by {options.sort}; there are {', '.join(sorted(SORTS))}")
    numbers = listed(options.pids)
    if not all(number.isascii() and number.isdecimal() and len(number) < 11 for number in numbers):
        return wrong(out, "-p wants process ids: procdive ps -p 812,813")
    wish = wanted(words)
    if isinstance(wish, str):
        return wrong(out, wish)
    snapshot = listing(system, figures="pmem" in names and not options.json)
    chosen = selected(snapshot, numbers, listed(options.users), listed(options.names))
    kernel = bool(options.kernel or bsd or numbers or options.users or options.names)
    flat = bool(options.sort) if options.flat is None else bool(options.flat)
    forest = grow(chosen, View(flat=flat or out.json_lines, sort=sort, descending=descending, kernel=kernel, wanted=wish))
    if snapshot.hidden is not None:
        out.complain(snapshot.hidden)
    if not forest.hits:
        out.complain("no process matches" if words or chosen is not snapshot else "no process is visible")
        return 1
    if out.json_lines:
        for row in forest:
            out.record(fact(row.process, snapshot.machine))
    else:
        head = titles(names, bsd=bool(bsd)) if options.headers else ()
        for line in table(forest, snapshot.machine, names, head, width_of(options, out)):
            out.line(line)
    return 0


def wrong(out: Output, message: str) -> int:
    """Wrong usage."""
    out.complain(message)
    return 2


def listed(values: Iterable[str]) -> list[str]:
    """The words of comma lists."""
    return [word for value in values for word in value.replace(",", " ").split()]


def columns(asked: Iterable[str]) -> tuple[str, ...]:
    """The columns of -o in our names; an = and what follows (a head, in ps) is passed over."""
    names = [word.partition("=")[0].lower() for word in listed(asked)]
    return tuple(ALIASES.get(name, name) for name in names)


def sorting(asked: str) -> tuple[str, bool]:
    """What to sort by, and whether the largest stands first: as asked with - or +, else as people expect it."""
    word = asked.lstrip("+-").lower()
    column = ALIASES.get(word, word)
    key = word if word in SORTS else COLUMNS[column].sort if column in COLUMNS else word
    key = key or "pid" if not asked else key
    return key, asked.startswith("-") or (key in LARGEST_FIRST and not asked.startswith("+"))


def wanted(words: list[str]) -> Callable[[Process], bool] | str | None:
    """The filter that a person typed; a sentence where it is none. It never finds ourselves."""
    if not words:
        return None
    from explorer.query.processes import Wrong, parse

    wish = parse(" ".join(f'"{word}"' if " " in word else word for word in words), TICKS)
    if isinstance(wish, Wrong):
        return wish.message
    own = os.getpid()

    def others(process: Process) -> bool:
        ours = process.id.pid == own or (process.ppid == own and "explorer.child" in process.command)
        return not ours and wish(process)

    return others


def selected(snapshot: Snapshot, pids: list[str], users: list[str], names: list[str]) -> Snapshot:
    """Only those of -p, -u and -C, which add up, as in ps."""
    if not (pids or users or names):
        return snapshot
    numbers, comms = {int(pid) for pid in pids}, {name[:15] for name in names}
    kept = {
        pid: process
        for pid, process in snapshot.processes.items()
        if pid in numbers or process.user in users or str(process.uid) in users or process.comm in comms
    }
    return replace(snapshot, processes=kept)


def width_of(options: argparse.Namespace, out: Output) -> int:
    """As wide as the terminal; as need be into a file, or with -w."""
    if not out.out.isatty() or options.w:
        return 0
    import shutil

    return shutil.get_terminal_size().columns


def fact(process: Process, machine: Machine) -> dict[str, Any]:
    """One object of JSON: what the row has, and what follows from it. started: seconds since 1970; time: seconds of CPU."""
    from explorer.render.record import record

    made = record(process)
    return {
        "pid": process.id.pid,
        "start": process.id.start,
        **{key: value for key, value in made.items() if key not in LEFT_OUT},
        "exit_code": process.exit_code if process.state == "Z" else None,
        "kernel_thread": process.is_kernel_thread,
        "started": round(machine.boot_time + process.id.start / TICKS, 2),
        "time": (process.utime + process.stime) / TICKS,
        "c": cpu_share(process, machine),
    }
