"""The run of procdive summary, and of procdive trace -c."""

import argparse
from collections.abc import Mapping
from typing import Any

from explorer.cli.output import Output
from explorer.cli.tracing import counts
from explorer.cli.tracing.asked import asked_of
from explorer.cli.tracing.live import Live
from explorer.cli.tracing.run import Way
from explorer.cli.tracing.run import run as traced
from explorer.cli.tracing.sums import Sums
from explorer.cli.tracing.wish import summary_wish
from explorer.query.trace import Wrong
from explorer.resolve.system import System


def summed(options: argparse.Namespace, system: System, out: Output, command: str = "summary") -> int:
    """Count; the exit status. command: how it was called, for what is said."""
    if not one_of(options, command, out):
        return 2
    wish, asked = summary_wish(options), asked_of(options)
    if isinstance(wish, Wrong):
        out.complain(wish.message)
        return 2
    if isinstance(asked, Wrong):
        out.complain(asked.message)
        return 2
    # The program that is started has the terminal for itself.
    wanted = options.command is None and options.output in {None, "-"} and options.open is None and not options.json
    with Live(out, wanted=wanted) as live:

        def make(where: Output, out: Output, _threads: frozenset[int], head: Mapping[str, Any]) -> Sums:
            return Sums(wish, asked, live, None if options.open is not None else system, where, out, head)

        return traced(wish, Way(lambda tracer: counts.capture(wish, tracer), make), options, system, out)


def one_of(options: argparse.Namespace, command: str, out: Output) -> bool:
    """Whether it is told whom to trace, once, and where to; otherwise that is said."""
    if (options.output or "").startswith(("|", "!")):
        out.complain(f"-o wants a file; into a command: procdive {command} PID | COMMAND")
        return False
    told = sum((bool(options.targets or options.pids), options.open is not None, options.command is not None))
    if told != 1 or options.command == ():
        ways = " PID, procdive ".join((command, command)) + f" NAME, procdive {command} -- COMMAND, procdive {command} --open FILE"
        out.complain(f"one of: procdive {ways}")
        return False
    return True
