"""Capture as what the loop asks at each stop."""

from collections.abc import Iterable

from explorer.child.tracer.tracee import Flight
from explorer.decode.syscall import numbers
from explorer.decode.syscall.multiplexed import IPC_CALLS, SOCKET_CALLS
from explorer.decode.syscall.reach import reach
from explorer.model.batch import ARCHES
from explorer.trace.tracer import Capture

SOCKETCALL, IPC = 102, 117


class Wanted:
    """begins: whether a call that begins is looked at; ends: whether one that has ended is reported."""

    def __init__(self, capture: Capture) -> None:
        self.capture = capture
        self.tids = capture.tids
        self.numbers: tuple[frozenset[int], ...] | None = None
        self.fds = capture.fds
        self.all = capture.calls is None and capture.fds is None
        """begins says yes to everything."""
        self.picky = not (capture.failed and capture.succeeded and not capture.slower)
        """Only the end tells."""
        calls = capture.calls
        if calls is not None:
            self.numbers = tuple(frozenset(number for number, name in numbers.names(arch).items() if name in calls) for arch in ARCHES)

    def whose(self, tid: int, pid: int) -> bool:
        """Whether events of a thread are."""
        return self.tids is None or tid in self.tids or pid in self.tids

    def begins(self, number: int, arch: int, args: tuple[int, ...]) -> bool:
        """By the call's name, and by its descriptors: one is among its arguments, or may turn out to be in memory, or its result."""
        if self.fds is not None and not self.names(number, arch, args):
            known = reach(number, ARCHES[arch]).of(args)
            if known.whole and not known.makes and not known.fds_inside:
                return False
        return self.called(number, arch, args)

    def names(self, number: int, arch: int, args: tuple[int, ...]) -> bool:
        """Whether one of the wanted descriptors is among its arguments."""
        fds = self.fds or ()
        return any(args[place] & 0xFFFFFFFF in fds for place in reach(number, ARCHES[arch]).of(args).fds)

    def touches(self, flight: Flight, result: int | None = None, made: Iterable[tuple[int, bool, bytes]] = ()) -> bool:
        """Whether what is known of a call by now has one of the wanted descriptors. made: those that it made."""
        fds = self.fds
        if fds is None or not fds.isdisjoint(flight.fds) or any(number in fds for number, _, _ in made):
            return True
        if result in fds and reach(flight.number, ARCHES[flight.arch]).of(flight.args).makes == "result":
            return True
        return self.names(flight.number, flight.arch, flight.args)

    def called(self, number: int, arch: int, args: tuple[int, ...]) -> bool:
        """By its name alone."""
        if self.numbers is None or number & 0x3FFFFFFF in self.numbers[arch]:
            return True
        if arch != 1 or number not in {SOCKETCALL, IPC} or self.capture.calls is None:
            return False
        if number == SOCKETCALL:
            return 1 <= args[0] <= len(SOCKET_CALLS) and SOCKET_CALLS[args[0] - 1][0] in self.capture.calls
        return IPC_CALLS.get(args[0] & 0xFFFF) in self.capture.calls

    def ends(self, result: int, took: int) -> bool:
        """By how it went."""
        if took < self.capture.slower:
            return False
        return self.capture.failed if -4096 < result < 0 else self.capture.succeeded
