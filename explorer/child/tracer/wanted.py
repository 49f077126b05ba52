"""Capture as what the loop asks at each stop."""

from explorer.decode.syscall import numbers
from explorer.decode.syscall.multiplexed import IPC_CALLS, SOCKET_CALLS
from explorer.model.batch import ARCHES
from explorer.trace.tracer import Capture

SOCKETCALL, IPC = 102, 117


class Wanted:
    """begins: whether a call that begins is looked at; ends: whether one that has ended is reported."""

    def __init__(self, capture: Capture) -> None:
        self.capture = capture
        self.tids = capture.tids
        self.numbers: tuple[frozenset[int], ...] | None = None
        self.all = capture.calls is None
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
        """By the call's name."""
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
