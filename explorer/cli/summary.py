"""procdive summary: where the time of system calls goes, as strace -c counts them."""

import argparse

from explorer.cli.output import Output
from explorer.cli.trace import filters
from explorer.cli.tracing import asked, whom
from explorer.cli.tracing.summing import summed
from explorer.resolve.system import System

EXAMPLES = """examples:
  procdive summary 812                    what process 812 calls, and all that it starts; on a terminal drawn anew each second
  procdive summary nginx --seconds 5      all processes of that name, for five seconds
  procdive summary -p 812,813 --by process
  procdive summary --tree 812 --by process,call -S calls
  procdive summary -- ls -l /etc          a program from its first instruction; its exit status is ours
  procdive summary -e %file -Z 812        only calls that take a file's name, only those that failed
  procdive summary --histogram futex 812  and how long those took, a bar for each power of two
  procdive summary --json 812 | jq .      one JSON object a row, times in nanoseconds
  procdive summary --open calls.json      of a trace that was kept with procdive trace --json

Columns as strace -c has them, and: w/o wait, the share of the time without calls that sleep by design (epoll_wait, futex, nanosleep …:
they have the word instead); min and max; p50, p95 and p99 from a histogram of powers of two, so ~: more than half and less than
double of what is true, mostly nearer; which errors there were. Times are wall-clock, with everything that the call waited for.
A call is counted when it returns: those that never do (exit) are not, those that have not yet are told below. 32-bit calls have rows of
their own. What a busy engine had to leave out makes the figures too small, and is said.

exit status: 0 done (Ctrl-C too), 1 gone or may not be traced, 2 wrong usage; with -- COMMAND the command's, 128+n where signal n ended it
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    whom.add(parser, "the table", "calls")
    filters(parser.add_argument_group("which calls"))
    table = parser.add_argument_group("the table")
    asked.add_own(table)
    asked.add(table)
    table.add_argument("-o", "--output", metavar="FILE", help="into this file, made for you alone; - is standard output")
    table.add_argument("-A", "--output-append-mode", dest="append", action="store_true", help="behind what is in the file")
    table.add_argument("-q", dest="quiet", action="count", default=0, help="nothing of attaching; -qq no last line either")
    for letters in (("-c", "--summary-only"), ("-f", "--follow-forks"), ("-w", "--summary-wall-clock")):
        parser.add_argument(*letters, dest="ignored", action="store_true", help=argparse.SUPPRESS)


def run(options: argparse.Namespace, system: System, out: Output) -> int:
    """Count; the exit status."""
    return summed(options, system, out)
