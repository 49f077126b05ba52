"""What works on this machine, each thing tried for real.

A new check: a function System → Check in the file of its theme, one entry in CHECKS. It changes nothing and takes a second
at the most; Verdict.FACT is for what nothing of ours depends on yet.
"""

from collections.abc import Callable, Iterator
from typing import Final

from explorer.collect.doctor.facts import audit, tracefs
from explorer.collect.doctor.iterators import walk
from explorer.collect.doctor.machine import kernel, privileges
from explorer.collect.doctor.processes import calls, children, look_into, memory, stack, visible
from explorer.collect.doctor.sources import births, handles, reader, sock_diag
from explorer.collect.doctor.tracing import bpf, ptrace
from explorer.model.check import Check
from explorer.resolve.system import System

CHECKS: Final[tuple[Callable[[System], Check], ...]] = (
    kernel,
    privileges,
    visible,
    look_into,
    memory,
    stack,
    calls,
    reader,
    sock_diag,
    births,
    handles,
    children,
    ptrace,
    bpf,
    walk,
    tracefs,
    audit,
)


def doctor(system: System) -> Iterator[Check]:
    """One after the other."""
    for check in CHECKS:
        yield check(system)
