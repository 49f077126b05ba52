"""What of a call is taken along: the memory that its arguments point to, and the names of its descriptors."""

import os
from typing import Final

from explorer.child.tracer.tracee import EXECS, Flight
from explorer.decode.syscall import decode_syscall
from explorer.decode.syscall.call import Style
from explorer.decode.syscall.reach import reach
from explorer.kernel.ptrace import Remote
from explorer.model.batch import ARCHES
from explorer.model.trace import Call
from explorer.trace.payload import pack
from explorer.trace.taken import Asked, Pieces, Places, Recorder, made_by, names_wanted, take

AT_FDCWD: Final = -100
Late = tuple[Pieces, list[tuple[int, bool, bytes]]]
"""Of a call's end: pieces of memory, and names of the descriptors that it made."""
NOTHING: Final[Late] = ([], [])


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
        self.limit = self.style.string

    def take(self, string: int, verbose: bool = False) -> None:
        """From now on so many bytes of each buffer. verbose: what strace -v shows besides."""
        self.style = Style(string, verbose)
        self.limit = string

    def read(self, places: Places) -> list[bytes]:
        """taken.Reader of the thread that the remote memory is set to."""
        read = self.remote.read
        return [read(address, size) if size else b"" for address, size in places]

    def begin(self, flight: Flight) -> None:
        """What belongs to the beginning of a call; its thread is stopped there."""
        tid = self.remote.tid = flight.tid
        flight.string = self.limit
        known = reach(flight.number, ARCHES[flight.arch]).of(flight.args)
        if not known.whole or self.style.verbose:
            self.begin_deep(flight)
            return
        flight.reach = known
        if known.entry:
            flight.pieces = take(known, flight.args, None, self.limit, False, self.read)
        if known.fds or known.fds_inside:
            flight.fds = {number: name for number in names_wanted(known, flight.args, flight.pieces) if (name := link(tid, number))}

    def begin_deep(self, flight: Flight) -> None:
        """Of a call that only decoding tells of: what decoding it asks for."""
        names = Asked(lambda number: os.fsdecode(link(flight.tid, number)))
        memory = Recorder(self.remote, flight.pieces)
        decode_syscall(Call(flight.number, flight.args, ARCHES[flight.arch], None, memory, names), self.style)
        flight.fds = {number: os.fsencode(name) for number, name in names.items()}

    def end(self, flight: Flight, result: int) -> Late:
        """What belongs to the end of a call, for packed; its thread is stopped there, and may go on afterwards."""
        tid = self.remote.tid = flight.tid
        known = flight.reach
        if known is None:
            flight.string = min(flight.string, self.limit)
            return self.end_deep(flight, result)
        if not known.exit and not known.makes:
            return NOTHING
        pieces = take(known, flight.args, result, flight.string, True, self.read) if known.exit else []
        made = made_by(known, result, pieces) if known.makes else ()
        return pieces, [(number, True, name) for number in made if (name := link(tid, number))] if made else []

    def end_deep(self, flight: Flight, result: int) -> Late:
        """Of a call that only decoding tells of."""
        pieces: Pieces = []
        # After execve its arguments are another program's memory.
        replaced = flight.number & 0xFFFF in EXECS[flight.arch] and result >= 0
        entry = Recorder(None if replaced else self.remote, flight.pieces)
        fds = {number: os.fsdecode(name) for number, name in flight.fds.items()}
        opened = Asked(lambda number: "" if number in flight.fds else os.fsdecode(link(flight.tid, number)))
        call = Call(flight.number, flight.args, ARCHES[flight.arch], result, Recorder(self.remote, pieces), fds, entry, opened)
        decode_syscall(call, Style(flight.string, self.style.verbose))
        return pieces, [(number, True, os.fsencode(name)) for number, name in opened.items()]


def packed(flight: Flight, late: Late = NOTHING) -> bytes:
    """The payload of a call; late: of its end, nothing while it is in flight."""
    pieces, made = late
    names = [(number, False, name) for number, name in flight.fds.items()] if flight.fds else []
    taken = [(address, False, raw) for address, raw in flight.pieces if raw] if flight.pieces else []
    if pieces:
        taken += [(address, True, raw) for address, raw in pieces if raw]
    return pack(flight.args, names + made if made else names, taken, flight.string)
