"""procdive access: which files and sockets processes use, and what they do with them."""

import argparse
from collections.abc import Mapping
from typing import Any

from explorer.cli.output import Output
from explorer.cli.trace import filters
from explorer.cli.tracing import files, whom
from explorer.cli.tracing.live import Live
from explorer.cli.tracing.run import Way
from explorer.cli.tracing.run import run as traced
from explorer.cli.tracing.summing import one_of
from explorer.cli.tracing.wish import summary_wish
from explorer.model.access import SORTS
from explorer.query.trace import Wrong
from explorer.resolve.system import System

EXAMPLES = """examples:
  procdive access 812                      files and sockets that process 812 uses; on a terminal drawn anew each second
  procdive access nginx --seconds 5        all processes of that name, for five seconds
  procdive access -- ls -l /etc            a program from its first instruction; its exit status is ours
  procdive access --opened -- make         no table: each file that is opened, once, as it happens
  procdive access --failed -- make         each that could not be, with the error: ENOENT /etc/ld.so.preload
  procdive access -e path=/etc 812         only what is under /etc      -P /etc/passwd: exactly that
  procdive access -S written --by process --tree 812
  procdive access --json 812 | jq .        one JSON object a file, times in nanoseconds
  procdive access --open calls.json        of a trace that was kept with procdive trace --json

A row a file: how often it was opened, how often a call on it failed, reads and writes with their bytes, other calls by descriptor, and how
often its name was touched without opening it (stat, access, readlink, rename, unlink, mkdir, chmod, exec, connect …: what, stands behind
the path). Paths are whole, as seen from our root, whatever the process's root and working directory; of a file that was opened the
kernel's own name for it, and behind it the link by which it was asked for. `..` behind a name that may be a link is left as it is.
What no call tells is not seen and is said below the table: io_uring, what happens to a file in mapped memory; nor are files that the
kernel opens itself (the interpreter of a program). sendfile and splice read one file and write the other.

exit status: 0 done (Ctrl-C too), 1 gone or may not be traced, 2 wrong usage; with -- COMMAND the command's, 128+n where signal n ended it
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    whom.add(parser, "the table", "calls; lines with --opened and --failed")
    filters(parser.add_argument_group("which calls and files"))
    table = parser.add_argument_group("what is printed")
    instead = table.add_mutually_exclusive_group()
    instead.add_argument("--opened", action="store_true", help="no table, but each file that is opened, once, as it happens")
    instead.add_argument("--failed", action="store_true", help="no table, but each that cannot be opened, with the error")
    table.add_argument("--by", choices=("file", "process"), default="file", help="a row a file (file), or one a process and file")
    table.add_argument("-S", "--sort", choices=SORTS, default="time", metavar="KEY", help=f"by {', '.join(SORTS)} (time)")
    table.add_argument("-o", "--output", metavar="FILE", help="into this file, made for you alone; - is standard output")
    table.add_argument("-A", "--output-append-mode", dest="append", action="store_true", help="behind what is in the file")
    table.add_argument("-q", dest="quiet", action="count", default=0, help="nothing of attaching; -qq no last line either")
    parser.add_argument("-f", "--follow-forks", dest="ignored", action="store_true", help=argparse.SUPPRESS)


def run(options: argparse.Namespace, system: System, out: Output) -> int:
    """Count; the exit status."""
    if not one_of(options, "access", out):
        return 2
    wish, asked = summary_wish(options), files.asked_of(options)
    if isinstance(wish, Wrong):
        out.complain(wish.message)
        return 2
    wanted = options.command is None and options.output in {None, "-"} and options.open is None and not options.json
    with Live(out, wanted=wanted and not (asked.opened or asked.failed)) as live:

        def make(where: Output, out: Output, _threads: frozenset[int], head: Mapping[str, Any]) -> files.Files:
            return files.Files(wish, asked, live, None if options.open is not None else system, where, out, head)

        return traced(wish, Way(lambda tracer: files.capture(wish, tracer), make), options, system, out)
