"""procdive trace: system calls as they happen, as strace -f -y prints them."""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from explorer import keep
from explorer.cli.output import Output
from explorer.cli.tracing import asked, letters, whom
from explorer.cli.tracing.apart import Apart
from explorer.cli.tracing.both import Both
from explorer.cli.tracing.lines import Lines
from explorer.cli.tracing.live import Live
from explorer.cli.tracing.run import Taker, Way
from explorer.cli.tracing.run import run as traced
from explorer.cli.tracing.summing import one_of, summed
from explorer.cli.tracing.sums import Sums
from explorer.cli.tracing.wish import Wish, wish_of
from explorer.model.missing import Missing
from explorer.query.trace import Wrong
from explorer.resolve.sockets import Sockets
from explorer.resolve.system import System
from explorer.trace.ends import Ends, devices

EXAMPLES = """examples:
  procdive trace 812                     what process 812 does, and all that it starts; Ctrl-C lets go
  procdive trace nginx                   all processes of that name
  procdive trace -p 812,813 --seconds 5  these two, for five seconds
  procdive trace --tree 812              its living descendants too
  procdive trace -- ls -l /etc           a program from its first instruction; its exit status is ours
  procdive trace -o calls -- make        lines into a file that only you can read; the program keeps the terminal
  procdive trace -ff -o calls -- make    a file for each thread: calls.812, calls.813
  procdive trace -e openat,read 812      these calls            -e %file  -e '!futex'  -e status=failed
  procdive trace -e fd=7 -e path=/etc --slower 1ms 812
  procdive trace -c 812                  no lines, but a table in the end: procdive summary; -C has both
  procdive trace --json 812 | jq .       one JSON object an event
  procdive trace --json -o calls.json 812
  procdive trace --open calls.json       that trace again, in the screen; with other options, or into a pipe, as text

Lines are strace -f -y's, and its letters mean what they mean there: -c -C -S -U -e -f -n -o -A -p -P -q -r -s -t -tt -ttt -T -v -x -xx
-y -z -Z -a.
A call that does not return shows at once as <unfinished ...>, and again when it does. -e: kinds are ANDed, the last one of a kind counts.
They go to standard output; with -- COMMAND to standard error, as with strace, unless -o says where.

As root programs in the kernel tell what is called (engine bpf): nothing is stopped. Elsewhere ptrace stops a process twice a call: a busy
one runs many times slower while it is traced. procdive doctor says which one is taken and why. Either way the process goes on unharmed
afterwards, whatever becomes of procdive. What cannot be written as fast as it happens is left away and counted, never waited for.
exit status: 0 done (Ctrl-C too), 1 gone or may not be traced, 2 wrong usage; with -- COMMAND the command's, 128+n where signal n ended it
"""
LONGEST: Final = 4096


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    whom.add(parser, "the trace", "lines")
    filters(parser.add_argument_group("which calls"))
    looks(parser.add_argument_group("how they are printed"))
    group = parser.add_argument_group("how they are counted")
    group.add_argument("-c", "--summary-only", dest="counts", action="store_const", const="only", help="no lines, a table in the end")
    group.add_argument("-C", "--summary", dest="counts", action="store_const", const="too", help="lines, and the table in the end")
    asked.add(group)
    letters.add(parser)


def filters(group: "argparse._ArgumentGroup") -> None:
    """What is shown of what happens."""
    group.add_argument(
        "-e", dest="expressions", action="append", default=[], metavar="EXPR", help="calls, or KIND=…, as for strace; see below"
    )
    group.add_argument("-P", "--trace-path", dest="paths", action="append", default=[], metavar="PATH", help="calls on this path")
    group.add_argument("--slower", default="", metavar="TIME", help="calls that took so long or longer: 1ms, 200us, 2s")
    group.add_argument("-z", "--successful-only", dest="only", action="store_const", const="successful", default="", help="without error")
    group.add_argument("-Z", "--failed-only", dest="only", action="store_const", const="failed", help="with an error")


def looks(group: "argparse._ArgumentGroup") -> None:
    """How a line looks, and where it goes."""
    group.add_argument("-o", "--output", metavar="FILE", help="into this file, made for you alone; - is standard output")
    group.add_argument("-A", "--output-append-mode", dest="append", action="store_true", help="behind what is in the file")
    group.add_argument("-a", "--columns", dest="column", type=whom.count, default=40, metavar="COLUMN", help="where results begin (40)")
    group.add_argument("-s", "--string-limit", dest="string", type=size, default=32, metavar="N", help="bytes of a buffer (32, most 4096)")
    group.add_argument("-t", dest="clock", action="count", default=0, help="time of day; -tt with microseconds; -ttt seconds since 1970")
    group.add_argument("-r", "--relative-timestamps", dest="since", action="store_true", help="time since the line before")
    group.add_argument("-T", "--syscall-times", dest="took", action="store_true", help="time that each call took")
    group.add_argument("-n", "--syscall-number", dest="numbers", action="store_true", help="numbers of calls")
    group.add_argument("-v", "--no-abbrev", dest="verbose", action="store_true", help="whole structures")
    group.add_argument("-x", dest="hex", action="count", default=0, help="text that is no ASCII in hexadecimal; -xx all text")
    group.add_argument("-y", dest="names", action="count", default=0, help="what descriptors are: shown anyway; -yy both ends of sockets")
    group.add_argument("-q", dest="quiet", action="count", default=0, help="nothing of attaching; -qq nothing of ends either")


def size(text: str) -> int:
    """Bytes of a buffer; more than can be taken is as much as can be. Raises ValueError."""
    return min(whom.count(text), LONGEST)


def run(options: argparse.Namespace, system: System, out: Output) -> int:
    """Trace; the exit status."""
    if options.counts == "only":
        return summed(options, system, out, "trace -c")
    if not options.counts and (options.sort or options.columns):
        out.complain("-S and -U are of a summary: with -c or -C, or procdive summary")
        return 2
    wish, table = wish_of(options), asked.asked_of(options)
    for found in (wish, table):
        if isinstance(found, Wrong):
            out.complain(found.message)
            return 2
    assert not isinstance(wish, Wrong)
    assert not isinstance(table, Wrong)
    if not one_of(options, "trace", out):
        return 2
    if options.counts and letters.separate(options):
        out.complain("-C prints one table for all, -ff a file for each thread: one of them")
        return 2
    if options.counts and options.json:
        out.complain("-C prints lines and a table; procdive summary --json has the table's rows, procdive trace --json the lines")
        return 2

    def make(where: Output, out: Output, threads: frozenset[int], head: Mapping[str, Any]) -> Taker:
        ends = (
            Ends(Sockets(system.proc, system.reader, age=0).of, devices(system.reader))
            if options.names > 1 and options.open is None
            else None
        )
        if letters.separate(options):
            return apart(wish, options, out, head, ends)
        lines = Lines(wish, where, out, threads, head, ends)
        if not options.counts:
            return lines
        beside = replace(wish, events=None)
        kept = None if options.open is not None else system
        return Both(lines, Sums(beside, table, Live(out, wanted=False), kept, where, out, head, mute=True))

    return traced(wish, Way(lambda _tracer: wish.capture(), make), options, system, out)


def apart(wish: Wish, options: argparse.Namespace, out: Output, head: Mapping[str, Any], ends: Ends | None) -> Apart:
    """-ff: FILE.TID for each thread."""
    wish = replace(wish, look=replace(wish.look, ids="never"))

    def made(tid: int, again: bool) -> Lines:
        kept = keep.output(f"{options.output}.{tid}", append=options.append or again)
        if isinstance(kept, Missing):
            raise OSError(kept.detail)
        return Lines(wish, Output(kept, out.err, json_lines=out.json_lines), out, frozenset({tid}), head, ends)

    return Apart(wish, made, Lines(wish, Output(out.err, out.err), out, frozenset(), head))
