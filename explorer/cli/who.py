"""procdive who: everybody who has a file, a tree, a file system, a device, a pipe, a socket, a port, shared memory; and how."""

import argparse
import shutil
from collections.abc import Iterator

from explorer.cli.output import Output
from explorer.collect.having import Search
from explorer.collect.sought import sought
from explorer.model.having import Having, Thing, WhoHas
from explorer.model.missing import Missing, Reason
from explorer.query.inet import NotUnderstood
from explorer.query.who import Question, question
from explorer.render.having import remarks, table
from explorer.render.piece import Line, Role, piece
from explorer.resolve.names import Names
from explorer.resolve.system import System

EXAMPLES = """what may be asked about:
  /var/log/syslog        a file, by whatever name somebody has it; a name that is gone: deleted files that had it
  /var/log/              with a slash, +D or --tree: everything in the folder and below; a folder without: itself
  /mnt                   a mount point, and a block device: everything on that file system; with -f itself alone
  /dev/null 8:1          a device, by path or major:minor
  /run/x.sock @name      unix sockets of that name, and who talks to them
  :80 tcp:443 10.0.0.5:22 [::1]:53 udp:domain
                         internet sockets with that at either end, in all network namespaces
  812/fd/5 812/cwd       whatever a process has there
  pipe:[7] socket:[7] net:[4026531840] inode:131 inode:8:1:131 memfd:NAME shm:ID
  eventfd:ID pidfd:PID bpf-map:ID bpf-prog:ID bpf-link:ID tun:NAME
                         by the number or name that other tools show

examples:
  procdive who :8080                     who has this port
  procdive who -t /var/log/ | xargs ps   the PIDs alone, one a line
  procdive who /mnt                      why it cannot be unmounted
  procdive who 812/fd/5                  who else has this descriptor's file, and who is at the other end

A row: PID (- is the kernel), user, command, and how: descriptors with their access, mapped with permissions, cwd, root, exe, locked,
waits for lock, mounted, loop device, swaps to it; other end: it has what that is connected to. Everybody once.
exit status: 0 somebody has each, 1 nobody has one of them or it cannot be looked at, 2 wrong usage
"""
DIGITS = 7


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    # lsof's +D is an option too.
    parser.prefix_chars = "-+"
    parser.add_argument("things", nargs="*", metavar="WHAT", help="what somebody may have; see below")
    parser.add_argument("+D", "--tree", dest="tree", action="store_true", help="a folder means everything in it and below")
    parser.add_argument("-f", "--alone", dest="alone", action="store_true", help="a mount point or block device means itself alone")
    parser.add_argument("-t", dest="terse", action="store_true", help="only the PIDs, one a line, each once")


def run(options: argparse.Namespace, system: System, out: Output) -> int:
    """Print them; the exit status."""
    if not options.things:
        out.complain("who has what? procdive who PATH, procdive who :PORT, procdive who PID/fd/N; --help has more")
        return 2
    names = Names(system.reader)
    try:
        asked = [(text, question(text, names, tree=options.tree, alone=options.alone)) for text in options.things]
    except NotUnderstood as wrong:
        out.complain(str(wrong))
        return 2
    status = 0
    told: set[int] = set()
    for text, each in asked:
        if len(asked) > 1 and not options.terse and not out.json_lines:
            out.line((piece(f"{text}:", Role.PATH),))
        status |= not somebody(system, out, text, each, told, terse=options.terse)
    return status


def somebody(system: System, out: Output, text: str, asked: Question, told: set[int], *, terse: bool) -> bool:
    """Print who has one thing as they are found; whether anybody has. told: PIDs that were printed, where terse."""
    marks = sought(system, asked)
    if isinstance(marks, Missing):
        out.complain(marks)
        return False
    columns = shutil.get_terminal_size().columns if out.out.isatty() else 0
    shown = False
    for found in Search(system, 0, Thing(text, ""), sought=marks, seconds=float("inf"), most=1 << 30, ourselves=False).found():
        if isinstance(found, WhoHas):
            after(out, found, shown=shown, gone=marks.is_gone)
            break
        shown = shown or not found.is_at_other_end
        if terse:
            if found.pid and found.pid not in told and not found.is_at_other_end:
                told.add(found.pid)
                out.line((piece(str(found.pid)),))
        elif out.json_lines:
            out.record({"what": text, "pid": found.pid, "comm": found.comm, "user": found.user, "uses": found.uses})
        else:
            for line in rows(found, columns):
                out.line(line)
        out.out.flush()
    return shown


def rows(found: Having, columns: int) -> Iterator[Line]:
    """Of one process."""
    return table(found, DIGITS, columns)


def after(out: Output, found: WhoHas, *, shown: bool, gone: bool) -> None:
    """What there is to say at the end, on stderr. gone: there is no such file now."""
    name, whom = found.thing.name, " of those that may be looked at" if found.denied else ""
    if not shown and gone:
        out.complain(f"there is no {name}, nor a deleted file of that name that anybody{whom} has")
    elif not shown:
        out.complain(f"nobody{whom} has {name}")
    for line in remarks(found):
        out.complain("".join(part.text for part in line))
    if found.unsure is not None:
        out.complain(found.unsure)
    if found.silent:
        out.complain(Missing(Reason.TIMED_OUT, f"{found.silent:,} questions about others' files or memory", "they may have it, too"))
    if found.denied:
        out.complain(Missing(Reason.DENIED, f"the descriptors of {found.denied:,} processes", "run as root to see them all"))
