"""What of a call is taken along: the memory that its arguments point to, and the names of its descriptors."""

import os
from typing import Final

from explorer.child.tracer.tracee import EXECS, Flight
from explorer.decode.syscall import decode_syscall
from explorer.decode.syscall.call import Style
from explorer.kernel.ptrace import Remote
from explorer.model.batch import ARCHES
from explorer.model.trace import Call, Value
from explorer.trace.payload import Captured, pack

AT_FDCWD: Final = -100


class Recorder(Captured):
    """Memory that keeps what was read of it. live False: only what it has kept."""

    __slots__ = ("live", "remote")

    def __init__(self, remote: Remote, pieces: list[tuple[int, bytes]], live: bool = True) -> None:
        super().__init__()
        self.pieces = pieces
        self.remote = remote
        self.live = live

    def read(self, address: int, size: int) -> bytes:
        found = super().read(address, size)
        if len(found) < size and self.live:
            more = self.remote.read(address + len(found), size - len(found))
            if more:
                self.pieces.append((address + len(found), more))
                found += more
        return found


class Names(dict[int, str]):
    """Descriptor → name, looked up when asked for."""

    def __init__(self, tid: int) -> None:
        super().__init__()
        self.tid = tid

    def get(self, number: int, default: str = "") -> str:  # type: ignore[override]
        if number not in self and (name := link(self.tid, number)):
            self[number] = os.fsdecode(name)
        return super().get(number, default)


def link(tid: int, number: int) -> bytes:
    """What a descriptor is at this moment, as strace -y has it; empty where it is none."""
    try:
        return os.readlink(b"/proc/%d/cwd" % tid if number == AT_FDCWD else b"/proc/%d/fd/%d" % (tid, number))
    except OSError:
        return b""


class Grasp:
    """What is taken of the calls of all tracees."""

    def __init__(self, remote: Remote) -> None:
        self.remote = remote
        self.style = Style()

    def take(self, string: int, verbose: bool = False) -> None:
        """From now on so many bytes of each buffer. verbose: what strace -v shows besides."""
        self.style = Style(string, verbose)

    def begin(self, flight: Flight) -> None:
        """What belongs to the beginning of a call; its thread is stopped there."""
        self.remote.tid = flight.tid
        names = Names(flight.tid)
        memory = Recorder(self.remote, flight.pieces)
        decode_syscall(Call(flight.number, flight.args, ARCHES[flight.arch], None, memory, names), self.style)
        flight.fds = {number: os.fsencode(name) for number, name in names.items()}

    def pending(self, flight: Flight) -> bytes:
        """The payload of a call in flight."""
        return pack(flight.args, names_of(flight), [(address, False, raw) for address, raw in flight.pieces])

    def end(self, flight: Flight, result: int) -> bytes:
        """The payload of a call whose thread is stopped at its end."""
        self.remote.tid = flight.tid
        pieces: list[tuple[int, bytes]] = []
        # After execve its arguments are another program's memory.
        entry = Recorder(self.remote, flight.pieces, flight.number & 0xFFFF not in EXECS[flight.arch] or result < 0)
        fds = {number: os.fsdecode(name) for number, name in flight.fds.items()}
        call = Call(flight.number, flight.args, ARCHES[flight.arch], result, Recorder(self.remote, pieces), fds, entry)
        decoded = decode_syscall(call, self.style)
        opened: dict[int, bytes] = {}
        if decoded.result is not None and decoded.result.kind == "fd":
            opened[decoded.result.raw] = link(flight.tid, decoded.result.raw)
        for _, value in decoded.args:
            self._opened(value, flight, opened)
        return pack(
            flight.args,
            [*names_of(flight), *((number, True, name) for number, name in opened.items() if name)],
            [*((address, False, raw) for address, raw in flight.pieces), *((address, True, raw) for address, raw in pieces)],
        )

    def _opened(self, value: Value, flight: Flight, opened: dict[int, bytes]) -> None:
        """Descriptors that the call handed out in memory: pipe2, recvmsg."""
        if value.kind == "fd" and value.text.isdigit():
            number = int(value.text)
            if number not in flight.fds and number not in opened:
                opened[number] = link(flight.tid, number)
        for _, part in value.parts:
            self._opened(part, flight, opened)


def names_of(flight: Flight) -> list[tuple[int, bool, bytes]]:
    """Names for pack."""
    return [(number, False, name) for number, name in flight.fds.items()]
