"""Filters of traces with every word that decode/ knows: what the prompt and the commands ask."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from explorer.decode.constants.errno import ERRNO
from explorer.decode.constants.signals import strace_name
from explorer.decode.syscall import numbers, sets
from explorer.decode.syscall.multiplexed import IPC_CALLS, SOCKET_CALLS
from explorer.query import trace
from explorer.query.trace import TraceFilter, Words, Wrong

WITHIN: Final = {"socketcall": frozenset(name for name, _ in SOCKET_CALLS), "ipc": frozenset(IPC_CALLS.values())}
"""Calls of i386 that stand for several."""
UNNAMED: Final = 1024
"""Up to here a number that has no name yet may be a call of a newer kernel."""


@cache
def words() -> Words:
    """Every name that a filter may have."""
    calls = {name for arch in (*numbers.ARCHES, "x32") for name in numbers.numbers(arch)}
    by_number: dict[int, set[str]] = {}
    for arch in (*numbers.ARCHES, "x32"):
        for number, name in numbers.names(arch).items():
            by_number.setdefault(number, set()).add(f"{name}@{arch}")
    later = {numbers.name(number, "x86_64") for number in range(UNNAMED)}
    return Words(
        frozenset(calls | later | WITHIN["socketcall"] | WITHIN["ipc"]),
        sets.every(),
        {name: number for number, (name, _) in ERRNO.items()},
        {strace_name(number).removeprefix("SIG"): number for number in range(1, 65)},
        {number: frozenset(found) for number, found in by_number.items()},
        WITHIN,
    )


def parse(text: str) -> TraceFilter | Wrong:
    """The filter that a line of the prompt means."""
    return trace.parse(text, words())


def options(expressions: Sequence[str] = (), paths: Sequence[str] = (), slower: str = "", only: str = "") -> TraceFilter | Wrong:
    """The filter that a command's options mean: each -e, each -P, --slower, and "successful" (-z) or "failed" (-Z)."""
    return trace.options(words(), expressions, paths, slower, only)
