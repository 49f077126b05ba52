"""The command line of one process, and whether it was rewritten."""

from typing import Final

from explorer.decode.proc.cmdline import decode
from explorer.decode.proc.start_stack import MOST, StartStack
from explorer.decode.proc.start_stack import decode as decode_start_stack
from explorer.kernel.reader import Ask
from explorer.model.argv import Argv
from explorer.model.missing import Missing
from explorer.resolve.place import Place
from explorer.resolve.system import System

LIMIT: Final = 8 << 20
"""Bytes: more than execve takes (6 MiB, MAX_ARG_STRINGS and _STK_LIM of fs/exec.c); only who moves arg_end has more."""


def argv(system: System, at: Place, limit: int = LIMIT) -> Argv | Missing:
    """Exact. That argc may be read (ptrace(2) rights) makes sure what is an argument and what a title's padding."""
    asks = [Ask("r", system.proc.path(at.path, "cmdline"), limit)]
    stat = at.stat
    if stat.startstack and stat.arg_end > stat.arg_start:
        asks.append(Ask("r", system.proc.path(at.path, "mem"), MOST, stat.startstack))
    raw, *more = system.reader.ask(asks)
    if isinstance(raw, Missing):
        return raw
    started = StartStack()
    if more and isinstance(more[0], bytes):
        started = decode_start_stack(more[0], stat.startstack, stat.arg_start, stat.arg_end)
    return decode(raw, started, max(0, stat.arg_end - stat.arg_start), limit)
