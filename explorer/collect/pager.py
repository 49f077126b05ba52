"""A file that was looked at, in the user's pager."""

import os
from collections.abc import Callable
from typing import Final

from explorer.kernel.pager import Paging, words
from explorer.model.missing import Missing, Unreadable
from explorer.model.peek import Peeked
from explorer.resolve.system import System

SEEN: Final = 16


def pager(look: Peeked) -> list[str] | Missing:
    """The command that would show it, beginning where its process stands."""
    try:
        return words(os.environ, above(look))
    except Unreadable as refused:
        return refused.missing


def above(look: Peeked) -> int:
    """The offset of a line's beginning, some lines before its place: they are seen too."""
    end = len(look.before)
    for _ in range(SEEN):
        end = look.before.rfind(b"\n", 0, max(0, end))
    return look.start + end + 1 if end >= 0 else look.start


def paging(system: System, pid: int, look: Peeked, command: list[str], tty: int, refused: Callable[[], object]) -> Paging:
    """The pager, started on a terminal (a descriptor that blocks). refused: called when it is another file by now. Raises OSError."""
    return Paging(system.proc.path(pid, "fd", look.number), look.identity, command, os.environ, tty, refused)
