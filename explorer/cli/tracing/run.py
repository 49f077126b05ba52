"""The run of procdive trace and of procdive summary: attach or start, hand over what comes, let go."""

import argparse
import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

from explorer import keep
from explorer.cli.output import Output
from explorer.cli.tracing import targets
from explorer.cli.tracing.letters import separate
from explorer.cli.tracing.wish import Wish
from explorer.model.batch import Batch
from explorer.model.missing import Missing
from explorer.model.process import ProcessId
from explorer.resolve.comm import comm
from explorer.resolve.system import System
from explorer.trace import late
from explorer.trace.choice import engine_for
from explorer.trace.saved import Opened, head, opened
from explorer.trace.tracer import Capture, Refused, Tracer

STOPS: Final = frozenset({"ptrace"})
"""Engines that stop a process at its calls."""


class Taker(Protocol):
    """What is made of a trace: lines, a summary. over: somebody wants it to end. ends: pid → wait status of those that ended."""

    over: bool
    ends: dict[int, int]

    @property
    def enough(self) -> bool:
        """As much as was asked for has come."""
        ...

    def take(self, batch: Batch, tracer: Tracer | Opened) -> None:
        """One more batch, maybe an empty one. Raises OSError where it cannot be written."""
        ...

    def rest(self) -> None:
        """It is over."""
        ...

    def sum_up(self, tracer: Tracer | Opened) -> None:
        """The last line, beside the trace."""
        ...


@dataclass(frozen=True, slots=True)
class Way:
    """capture: what an engine has to take. make: (where it is printed, what is said beside it, threads traced from the start, the first
    line of JSON) → what takes it."""

    capture: Callable[[Tracer], Capture]
    make: Callable[[Output, Output, frozenset[int], Mapping[str, Any]], Taker]


def run(wish: Wish, way: Way, options: argparse.Namespace, system: System, out: Output) -> int:
    """The exit status."""
    where = place(options, out)
    if isinstance(where, Missing):
        out.complain(where)
        return 1
    try:
        if options.open:
            return reopened(wish, way, options.open, where, out)
        if options.command:
            return command(wish, way, options, where, out)
        return attached(wish, way, options, system, where, out)
    finally:
        if where.out not in {out.out, out.err}:
            where.out.close()


def place(options: argparse.Namespace, out: Output) -> Output | Missing:
    """Where lines go."""
    if options.output in {None, "-"} or separate(options):
        # With a command, as strace has it: standard output is the program's.
        stream = out.err if options.command and options.output is None else out.out
        if stream is out.out:
            return out
    else:
        kept = keep.output(options.output, append=options.append)
        if isinstance(kept, Missing):
            return kept
        stream = kept
    return Output(stream, out.err, json_lines=out.json_lines)


def attached(wish: Wish, way: Way, options: argparse.Namespace, system: System, where: Output, out: Output) -> int:
    """To processes that run."""
    since = late.now() if options.tree else None
    found, whole = targets.chosen(options, system, out, seen=where is out)
    if not found:
        return 1
    engine, _ = engine_for(found[0], options.engine)
    if "attach" not in wish.quiet and engine.name in STOPS:
        targets.warn(system, found, out)
    tracer = engine()
    names = [(each.pid, comm(system.proc, each.pid)) for each in found]
    taker = way.make(where, out, targets.threads(system, found), first_line(tracer, names))
    try:
        tracer.attach(found, replace(way.capture(tracer), since=since))
    except Refused as refused:
        out.complain(refused.missing)
        return 1
    except KeyboardInterrupt:
        tracer.detach()
        return 0
    greet(found, system, tracer, wish, out)
    with interrupted(taker):
        follow(tracer, taker, wish)
    taker.sum_up(tracer)
    return 0 if whole else 1


def greet(found: Sequence[ProcessId], system: System, tracer: Tracer, wish: Wish, out: Output) -> None:
    """On a terminal: whom, and how it ends."""
    if not out.err.isatty() or "attach" in wish.quiet:
        return
    names = ", ".join(f"{each.pid} {comm(system.proc, each.pid)}".rstrip() for each in found[:3])
    more = f" and {len(found) - 3} more" if len(found) > 3 else ""
    out.complain(f"attached to {names}{more} by {tracer.name}; Ctrl-C lets go")


def command(wish: Wish, way: Way, options: argparse.Namespace, where: Output, out: Output) -> int:
    """To a program from its first instruction; its exit status."""
    tracer = engine_for(None, options.engine)[0]()
    with patient() as pressed:
        try:
            pid = tracer.start(options.command, way.capture(tracer))
        except Refused as refused:
            if pressed:
                # It ended by Ctrl-C before it was a program.
                return 128 + signal.SIGINT
            out.complain(refused.missing)
            return 1
        taker = way.make(where, out, frozenset({pid}), first_line(tracer, [(pid, os.path.basename(options.command[0]))]))
        follow(tracer, taker, wish)
    taker.sum_up(tracer)
    status = getattr(tracer, "status", None)
    if status is None:
        status = taker.ends.get(pid)
    if status is None:
        return 0 if taker.over else 1
    return int(128 + (status & 0x7F) if status & 0x7F else status >> 8 & 0xFF)


def reopened(wish: Wish, way: Way, path: str, where: Output, out: Output) -> int:
    """A trace that was kept."""
    file = opened(path)
    if isinstance(file, Missing):
        out.complain(file)
        return 1
    taker = way.make(where, out, frozenset(), file.head or first_line(file, []))
    with interrupted(taker):
        follow(file, taker, wish)
    taker.sum_up(file)
    return 0


def first_line(tracer: Tracer | Opened, names: Sequence[tuple[int, str]]) -> dict[str, Any]:
    """Of JSON: what this trace is."""
    return head(tracer.name, names, time.time(), os.uname().release)


@contextmanager
def interrupted(taker: Taker) -> Iterator[None]:
    """The first Ctrl-C ends the trace between two batches; another one, where that cannot be, at once."""

    def stop(_number: int, _frame: object) -> None:
        if taker.over:
            raise KeyboardInterrupt
        taker.over = True

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def patient() -> Iterator[list[int]]:
    """Ctrl-C is not for us: a handler that only notes it, which a program that we start does not inherit."""
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: pressed.append(number))
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)


def follow(tracer: Tracer | Opened, taker: Taker, wish: Wish) -> None:
    """Hand over until it is over: all have ended, or time or lines are used up. Whatever happens, nobody stays traced."""
    until = None if wish.seconds is None else time.monotonic() + wish.seconds
    letting_go = False
    try:
        for batch in tracer.batches():
            taker.take(batch, tracer)
            taker.over = taker.over or taker.enough or (until is not None and time.monotonic() >= until)
            if taker.over and not letting_go:
                letting_go = True
                tracer.detach()
        taker.rest()
    finally:
        tracer.detach()
