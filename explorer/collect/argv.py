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
    raw = system.reader.ask([Ask("r", system.proc.path(at.path, "cmdline"), limit)])[0]
    if isinstance(raw, Missing):
        # Nor would its memory answer.
        return raw
    started, stat = StartStack(), at.stat
    if stat.startstack and stat.arg_end > stat.arg_start:
        stack = system.reader.ask([Ask("r", system.proc.path(at.path, "mem"), MOST, stat.startstack)])[0]
        if isinstance(stack, bytes):
            started = decode_start_stack(stack, stat.startstack, stat.arg_start, stat.arg_end)
    return decode(raw, started, max(0, stat.arg_end - stat.arg_start), limit)
