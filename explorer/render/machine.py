"""The machine in one line: the top of the screen."""

from collections import Counter
from collections.abc import Iterable
from operator import attrgetter
from typing import Final

from explorer.model.birth import NOBODY, Births
from explorer.model.snapshot import Machine, Process
from explorer.render.piece import Line, Piece, Role, piece
from explorer.render.piece import line as line_of
from explorer.render.width import fit, width

GIB: Final = 1 << 30
STATE: Final = attrgetter("state")
LIVELY: Final = 1.0
"""Births a second from which on they are told."""
BUSY: Final = 90.0
"""Per cent of the machine from which on CPU or memory is worth a look."""


def states(processes: Iterable[Process]) -> Counter[str]:
    """How many of them are in each state. Of ten thousand in half a millisecond."""
    return Counter(map(STATE, processes))


def machine_line(
    machine: Machine, counts: Counter[str], columns: int, user: str = "", *, root: bool = False, note: str = "", births: Births = NOBODY
) -> Line:
    """At most so many columns: what matters most stays longest. note: stands at the right, before the user we run as; births where
    there is room."""
    right: list[Piece] = [piece(note + "   ", Role.MIND)] if note else []
    right.append(piece(user, Role.PRIVILEGED if root else Role.TEXT))
    for parts in (_whole(machine, counts), _middle(machine, counts), _small(machine, counts), line_of(piece(machine.hostname, Role.NAME))):
        gap = columns - sum(width(part.text) for part in (*parts, *right)) - 1
        if gap >= 2:
            told = births_words(births)
            told = told if gap >= width(told.text) + 4 else piece("")
            return (*parts, piece(" " * (gap - width(told.text) - 2 * bool(told.text))), told, piece("  " * bool(told.text)), *right)
    return fit(line_of(piece(machine.hostname, Role.NAME)), columns)


def births_words(births: Births) -> Piece:
    """`12 births/s`, or that some were missed; empty where there is nothing to say."""
    if births.lossy:
        return piece(f"≤ {births.missed:,} births missed" if births.missed else "some ends missed", Role.MIND)
    return piece(f"{births.rate:.0f} births/s" if births.rate >= LIVELY else "")


def _whole(machine: Machine, counts: Counter[str]) -> Line:
    one, five, fifteen = machine.load
    return (
        piece(machine.hostname, Role.NAME),
        piece(f"  up {span(machine.uptime)}  load {one:.2f} {five:.2f} {fifteen:.2f}  "),
        *_cpu(machine, wait=True),
        piece("  "),
        *_memory(machine, exact=True),
        piece(f"  swap {_swap(machine)}   "),
        *_counts(counts, everything=True),
    )


def _middle(machine: Machine, counts: Counter[str]) -> Line:
    return (
        piece(machine.hostname, Role.NAME),
        piece(f" load {machine.load[0]:.2f}  "),
        *_cpu(machine, wait=False),
        piece("  "),
        *_memory(machine, exact=False),
        piece("  "),
        *_counts(counts, everything=False),
    )


def _small(machine: Machine, counts: Counter[str]) -> Line:
    blocked = (piece(f" {counts['D']} blocked", Role.FAILED),) if counts["D"] else ()
    return (piece(machine.hostname, Role.NAME), piece(" "), *_cpu(machine, wait=False), piece(f" {counts.total()} procs"), *blocked)


def _cpu(machine: Machine, *, wait: bool) -> Line:
    if not machine.memory_total:
        return (piece("cpu …"),)
    parts = (piece(f"cpu {machine.cpu:.0f}%", Role.MIND if machine.cpu >= BUSY else Role.TEXT),)
    return (*parts, piece(" wait ", Role.SECONDARY), piece(f"{machine.wait:.0f}%")) if wait else parts


def _memory(machine: Machine, *, exact: bool) -> Line:
    if not machine.memory_total:
        return (piece("mem …"),)
    used, total = machine.memory_used / GIB, machine.memory_total / GIB
    full = total > 0 and 100 * used / total >= BUSY
    return (piece(f"mem {used:.1f}/{total:.{1 if exact or total < 10 else 0}f}G", Role.MIND if full else Role.TEXT),)


def _swap(machine: Machine) -> str:
    if not machine.swap_used:
        return "0"
    return f"{machine.swap_used / GIB:.1f}/{machine.swap_total / GIB:.1f}G"


def _counts(counts: Counter[str], *, everything: bool) -> Line:
    parts = [piece(f"{counts.total()} procs  {counts['R']} run")]
    if counts["D"]:
        parts.append(piece(f"  {counts['D']} blocked", Role.FAILED))
    if everything and counts["Z"]:
        parts.append(piece(f"  {counts['Z']} zombie" + ("s" if counts["Z"] > 1 else ""), Role.SECONDARY))
    return tuple(parts)


def span(seconds: float) -> str:
    """A time in its largest unit: 40 s, 20 min, 5 h, 12d for days."""
    for size, unit in ((86400, "d"), (3600, " h"), (60, " min")):
        if seconds >= size:
            return f"{seconds // size:.0f}{unit}"
    return f"{seconds:.0f} s"
