"""procdive fds: every descriptor of processes, decoded, with who is at the other end."""

import argparse
import shutil
from collections.abc import Callable, Iterable, Iterator

from explorer.cli.output import Output
from explorer.cli.targets import Targets, targets
from explorer.collect.files import PATIENT, files
from explorer.model.fd import Fd
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.query.inet import NotUnderstood, inet
from explorer.render.fd import Layout, columns_of, fd_line, padded
from explorer.render.fd_cells import cells
from explorer.render.piece import Line, Piece, Role, piece
from explorer.render.record import record
from explorer.resolve.comm import comm
from explorer.resolve.system import System

EXAMPLES = """examples:
  procdive fds 812                 everything that process 812 has open
  procdive fds nginx               of all processes of that name
  procdive fds -p 812,813 --json   one JSON object a line
  procdive fds --all -U            all unix sockets, with the process at the other end
  procdive fds -i tcp:443          who talks to or listens on port 443
  procdive fds -n -P -i4           as for lsof: names of hosts and services are never looked up anyway

A row: number, kind, access, what it is; size, queue (unread/unsent bytes, of a listener waiting/backlog), who is at
the other end, who else has it. Filters narrow what the processes have open; without a process they go over all of them.
exit status: 0 done, 1 nothing matched or may not be read, 2 wrong usage
"""
Filter = Callable[[Fd], bool]
WIDEST = 120
PID, COMM = 7, 11
SEVERAL = Layout(4, 11, 2, 44, WIDEST)
"""Of several processes, whose rows are not all known when the first is printed, where the output is no terminal."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("targets", nargs="*", metavar="PID|NAME", help="process or thread id, or the name of processes")
    parser.add_argument("-p", dest="pids", action="append", default=[], metavar="PID[,PID…]", help="these processes")
    parser.add_argument("-c", dest="names", action="append", default=[], metavar="NAME", help="processes of this name")
    parser.add_argument("--all", action="store_true", help="all processes")
    parser.add_argument(
        "-i",
        dest="inet",
        action="append",
        nargs="?",
        const="",
        default=[],
        metavar="[46][PROTOCOL][@ADDRESS][:PORT|:STATE]",
        help="internet sockets only, or those of one family, protocol, address, port",
    )
    parser.add_argument("-U", dest="unix", action="store_true", help="unix sockets only")
    for letter, meaning in (("n", "hosts"), ("P", "ports"), ("a", "filters and processes are ANDed anyway")):
        text = meaning if letter == "a" else f"no names of {meaning}: never are"
        parser.add_argument(f"-{letter}", action="store_true", dest=f"ignored_{letter}", help=f"{text} (as lsof)")


def run(options: argparse.Namespace, system: System, out: Output) -> int:
    """Print them; the exit status."""
    try:
        filters: list[Filter] = [inet(text) for text in options.inet]
    except NotUnderstood as wrong:
        out.complain(str(wrong))
        return 2
    if options.unix:
        filters.append(is_unix)
    asked = bool(options.targets or options.pids or options.names)
    if not asked and not options.all and not filters:
        out.complain("of which process? procdive fds PID, procdive fds NAME, or procdive fds --all")
        return 2
    if asked:
        found = targets(system, options.targets, options.pids, options.names)
    else:
        found = everybody(system)
    for remark in found.remarks:
        out.complain(remark)
    for missing in found.missing:
        out.complain(missing)
    shown, failed = show(system, out, found.pids, filters, each_failure=asked)
    if not shown and filters and not failed and not found.missing:
        out.complain("no descriptor matches")
    return 0 if (shown or (not filters and found.pids and not failed)) and not found.missing and not (failed and asked) else 1


def is_unix(fd: Fd) -> bool:
    """Whether it is an AF_UNIX socket."""
    return getattr(getattr(fd, "socket", None), "family", "") == "unix"


def everybody(system: System) -> Targets:
    """All processes that may be seen."""
    try:
        return Targets(tuple(system.proc.numbers()), (), ())
    except Unreadable as refused:
        return Targets((), (refused.missing,), ())


def show(system: System, out: Output, pids: Iterable[int], filters: list[Filter], *, each_failure: bool) -> tuple[int, int]:
    """How many descriptors were shown, and of how many processes none could be. each_failure: a line for each of those."""
    pids = list(pids)
    shown, denied, failed = 0, 0, 0
    for pid in pids:
        found = files(system, pid, budget=PATIENT)
        if isinstance(found, Missing):
            failed += each_failure or found.reason is Reason.DENIED
            denied += found.reason is Reason.DENIED
            if each_failure:
                out.complain(found)
            continue
        if each_failure and not found:
            out.complain(f"{pid} {comm(system.proc, pid)} has no descriptor open")
        chosen = [fd for fd in found if not filters or any(matches(fd) for matches in filters)]
        if out.json_lines:
            for fd in chosen:
                out.record({"pid": pid, "comm": comm(system.proc, pid), "fd": fd.number, "kind": fd.kind, **named(fd)})
        elif chosen:
            process = (pid, comm(system.proc, pid)) if len(pids) > 1 else None
            for line in table(chosen, width_of(out), process, titles=not shown):
                out.line(line)
        shown += len(chosen)
    if denied and not each_failure:
        out.complain(Missing(Reason.DENIED, f"the descriptors of {denied} processes", "run as root to see them all"))
    return shown, failed


def named(fd: Fd) -> dict[str, object]:
    """Its facts, access mode in words."""
    facts = record(fd)
    facts.pop("number")
    return {"access": fd.access, **facts}


def width_of(out: Output) -> int:
    """Columns of the terminal, 0 where the output is no terminal."""
    return shutil.get_terminal_size().columns if out.out.isatty() else 0


def table(fds: list[Fd], columns: int, process: tuple[int, str] | None, *, titles: bool) -> Iterator[Line]:
    """Rows under each other; with PID and COMMAND in front where process is given. columns 0: as wide as it takes."""
    ahead = PID + 1 + COMM + 1 if process else 0
    layout = Layout.of(columns - ahead, fds[-1].number) if columns else SEVERAL if process else natural(fds)
    if titles:
        front = piece(f"{'PID':>{PID}} {'COMMAND':<{COMM}} ") if process else piece("")
        yield front, *layout.header()
    for fd in fds:
        line = fd_line(fd, layout)
        yield (piece(f"{process[0]:>{PID}} "), padded(process[1], COMM, Role.NAME), Piece(" "), *line) if process else line


def natural(fds: list[Fd]) -> Layout:
    """As wide as the widest cell, up to a point."""
    found = [cells(fd) for fd in fds]
    target = max((columns_of(cell.target[0]) for cell in found if cell.target), default=0)
    detail = max((columns_of(cell.detail[0]) for cell in found if cell.detail), default=0)
    return Layout(max(3, len(str(fds[-1].number))), 11, 2, max(6, min(target, WIDEST)), max(19, min(detail, WIDEST)))
