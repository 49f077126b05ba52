"""A row of the store becomes an event."""

from collections.abc import Callable

from explorer.decode.constants.signals import strace_name
from explorer.decode.syscall import decode_syscall
from explorer.decode.syscall.args import siginfo
from explorer.decode.syscall.call import DEFAULT, Style
from explorer.model.batch import UNFINISHED_END, UNKNOWN, Batch, Birth, Kind
from explorer.model.event import Exited, Lost, Notice, Signal, Started, Stopped, Superseded, TraceEvent, Unfinished, What
from explorer.model.trace import Call, Value

CallOf = Callable[[int, int, int | None, bytes], Call]
"""(number, arch, result, payload) → the call, as the engine that made the payload has it (Tracer.call_of)."""
CORE = 0x80
BIRTHS = frozenset(map(int, Birth))


def event_of(batch: Batch, row: int, epoch: int, call_of: CallOf, style: Style = DEFAULT) -> TraceEvent:
    """The event of a row. epoch: as Tracer has it. Never raises on what a row holds."""
    took, cpu = batch.tooks[row], batch.cpus[row]
    return TraceEvent(
        batch.times[row] + epoch,
        batch.tids[row],
        batch.pids[row],
        what(batch, row, call_of, style),
        None if took == UNKNOWN else took,
        None if cpu == UNKNOWN else cpu,
    )


def what(batch: Batch, row: int, call_of: CallOf, style: Style) -> What:
    """Its kind in words."""
    kind, number, result = batch.kinds[row], batch.numbers[row], batch.results[row]
    if kind in {Kind.CALL, Kind.PENDING}:
        open_ended = kind == Kind.PENDING or result == UNFINISHED_END
        call = decode_syscall(call_of(number, batch.arches[row], None if open_ended else result, batch.payload(row)), style)
        return Unfinished(call, kind == Kind.CALL) if open_ended else call
    if kind == Kind.SIGNAL:
        return Signal(number, strace_name(number), signal_info(number, batch.payload(row)))
    if kind == Kind.STOPPED:
        return Stopped(number, strace_name(number))
    if kind == Kind.STARTED:
        return Started(result, Birth(number) if number in BIRTHS else Birth.CLONE)
    if kind == Kind.EXITED:
        return exited(result)
    if kind == Kind.SUPERSEDED:
        return Superseded(result)
    if kind == Kind.LOST:
        return Lost(result)
    return Notice(batch.payload(row).decode("utf-8", "replace"))


def signal_info(number: int, raw: bytes) -> Value:
    """siginfo as strace has it; what was not told is {si_signo=…} alone. The kernel hands it over in its own, 64-bit, layout."""
    if len(raw) < siginfo.SIZE:
        raw = number.to_bytes(4, "little", signed=True) + bytes(siginfo.SIZE - 4)
    return siginfo.decode(0, raw)


def exited(status: int) -> Exited:
    """A wait status (wait(2)) in words."""
    signal = status & 0x7F
    if signal:
        return Exited(None, strace_name(signal), bool(status & CORE))
    return Exited(status >> 8 & 0xFF)
