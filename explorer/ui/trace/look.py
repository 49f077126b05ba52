"""What has to be known before processes are attached to: who cannot be, how busy they are, and what a call would cost them."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from explorer.collect.busy import LITTLE, Busy, busy
from explorer.decode.proc.stat import decode as decode_stat
from explorer.decode.proc.status import decode as decode_status
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.snapshot import Process
from explorer.resolve.system import System
from explorer.trace.price import price
from explorer.trace.tracer import Tracer

STOPS: Final = frozenset({"ptrace"})
"""Engines that stop a process at each of its calls."""


class Chosen(NamedTuple):
    """The engine for a process. lesser: where it is not the best one, the best one's name and why it is not used."""

    engine: type[Tracer]
    lesser: tuple[str, Missing] | None = None


Choose = Callable[[Process], Chosen]


@dataclass(frozen=True, slots=True)
class Looked:
    """engine: for those of processes, None where nobody can be attached to. refused: who cannot be, and why. busy: what was seen of
    each, nothing where nobody is stopped. shows: pids that show our own screen. cost: seconds a call, None where nobody has to be asked.
    lesser: as Chosen has it."""

    engine: type[Tracer] | None
    processes: tuple[Process, ...]
    refused: tuple[tuple[Process, Missing], ...]
    busy: tuple[Busy, ...]
    shows: frozenset[int]
    cost: float | Missing | None
    lesser: tuple[str, Missing] | None = None

    @property
    def stops(self) -> bool:
        """They would be stopped at each of their calls."""
        return self.engine is not None and self.engine.name in STOPS

    @property
    def safe(self) -> bool:
        """Nothing has to be asked."""
        return self.cost is None and not self.shows


class Prices:
    """What each engine costs, measured once, when it is first needed."""

    def __init__(self, measure: Callable[[type[Tracer]], float | Missing] = price) -> None:
        self._measure = measure
        self._known: dict[str, float | Missing] = {}

    def of(self, engine: type[Tracer]) -> float | Missing:
        """Seconds a call."""
        if engine.name not in self._known:
            self._known[engine.name] = self._measure(engine)
        return self._known[engine.name]


def look(
    system: System,
    processes: Sequence[Process],
    engine_of: Choose,
    prices: Prices,
    *,
    ours: frozenset[int] = frozenset(),
    showing: frozenset[int] = frozenset(),
) -> Looked:
    """Takes up to a second; stops and changes nothing but a child of our own."""
    engines: dict[str, Chosen] = {}
    refused: list[tuple[Process, Missing]] = []
    left: list[Process] = []
    for process in processes:
        chosen = engine_of(process)
        why = refusal(system, process, ours) or chosen.engine.unusable(process.id)
        if why is None:
            engines[chosen.engine.name] = chosen
            left.append(process)
        else:
            refused.append((process, why))
    if not left:
        return Looked(None, (), tuple(refused), (), frozenset(), None)
    # One session has one engine: that of the first process, which the others' Tracer.attach accepts or names in its refusal.
    engine, lesser = next(iter(engines.values()))
    shows = showing & {process.id.pid for process in left}
    if engine.name not in STOPS:
        return Looked(engine, tuple(left), tuple(refused), (), shows, None, lesser)
    seen = busy(system, [process.id for process in left])
    # A moment's watching may meet a busy one while it has to wait for a processor: what the table saw counts too.
    for process in left:
        if isinstance(found := seen[process.id], Busy) and process.cpu > found.cpu and process.cpu >= LITTLE:
            seen[process.id] = replace(found, cpu=process.cpu)
    told = tuple(each for each in seen.values() if isinstance(each, Busy))
    idle = all(isinstance(each, Missing) or each.idle for each in seen.values())
    return Looked(engine, tuple(left), tuple(refused), told, shows, None if idle else prices.of(engine), lesser)


def refusal(system: System, process: Process, ours: frozenset[int]) -> Missing | None:
    """Who is not traced whatever the engine: we ourselves, and those that trace us."""
    if process.id.pid == os.getpid():
        return Missing(Reason.UNSUPPORTED, "that is procdive itself: it would wait for itself for ever", "trace it from another procdive")
    if process.id.pid in ours:
        return Missing(Reason.UNSUPPORTED, f"{process.id.pid} works for this procdive: each would wait for the other")
    tracer = tracer_of(system, "self")
    if tracer and process.id.pid in {tracer, *parents(system, tracer)}:
        who = f"{process.id.pid} {process.comm}"
        return Missing(Reason.UNSUPPORTED, f"{who} traces you already: each would wait for the other", "end its trace first")
    return None


def tracer_of(system: System, pid: int | str) -> int:
    """Who traces a process, by ptrace; 0 for nobody."""
    try:
        found = decode_status(system.proc.read(pid, "status")).tracer
    except Unreadable:
        return 0
    return 0 if isinstance(found, Missing) else found


def parents(system: System, pid: int) -> list[int]:
    """Its parent, where that is no init: an engine's helper is a child of whom it works for."""
    try:
        stat = decode_stat(system.proc.read(pid, "stat"))
    except Unreadable:
        return []
    return [] if isinstance(stat, Missing) or stat.ppid <= 1 else [stat.ppid]
