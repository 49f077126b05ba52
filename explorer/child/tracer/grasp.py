"""What of a call is taken along: the memory that its arguments point to, and the names of its descriptors."""

import os
from typing import Final

from explorer.child.tracer.tracee import EXECS, Flight
from explorer.decode.syscall import decode_syscall
from explorer.decode.syscall.call import Style
from explorer.decode.syscall.reach import Reach, reach
from explorer.kernel.ptrace import Remote
from explorer.model.batch import ARCHES
from explorer.model.trace import Call
from explorer.trace.payload import HEAD, MOST, NAME, PIECE, pack
from explorer.trace.taken import Asked, Pieces, Places, Recorder, made_by, names_wanted, take, where

AT_FDCWD: Final = -100
HELD: Final = 64
"""Folders that are held open."""
Late = tuple[Pieces, list[tuple[int, bool, bytes]]]
"""Of a call's end: pieces of memory, and names of the descriptors that it made."""
NOTHING: Final[Late] = ([], [])


def link(tid: int, number: int) -> bytes:
    """What a descriptor is at this moment, as strace -y has it; empty where it is none."""
    try:
        return os.readlink(b"/proc/%d/cwd" % tid if number == AT_FDCWD else b"/proc/%d/fd/%d" % (tid, number))
    except OSError:
        return b""


def folder_of(tid: int) -> int:
    """Its folder of descriptors; -1 where there is none for us."""
    try:
        return os.open(b"/proc/%d/fd" % tid, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return -1


class Grasp:
    """What is taken of the calls of all tracees."""

    def __init__(self, remote: Remote) -> None:
        self.remote = remote
        self.folders: dict[int, int] = {}
        """thread → its /proc/TID/fd, held open: a name costs a quarter less by it. The folder is the thread's whatever it becomes."""
        self.style = Style()
        self.limit = self.style.string

    def take(self, string: int, verbose: bool = False) -> None:
        """From now on so many bytes of each buffer. verbose: what strace -v shows besides."""
        self.style = Style(string, verbose)
        self.limit = string

    def link(self, tid: int, number: int) -> bytes:
        """What link has."""
        folder = self.folders.get(tid)
        if folder is None:
            folder = self.folders[tid] = folder_of(tid) if len(self.folders) < HELD else -1
        if folder < 0 or number < 0:
            return link(tid, number)
        try:
            return os.readlink(b"%d" % number, dir_fd=folder)
        except OSError:
            return b""

    def forget(self, tid: int) -> None:
        """A thread has ended, or is another one by execve."""
        folder = self.folders.pop(tid, -1)
        if folder >= 0:
            os.close(folder)

    def read(self, places: Places) -> list[bytes]:
        """taken.Reader of the thread that the remote memory is set to."""
        read = self.remote.read
        return [read(address, size) if size else b"" for address, size in places]

    def pieces(self, known: Reach, args: tuple[int, ...], result: int | None, limit: int) -> Pieces:
        """What taken.take has; result: None at the beginning. One stretch of bytes, which is all that most calls have, by a shorter way."""
        late = result is not None
        listed = known.exit if late else known.entry
        if len(listed) == 1 and known.flat[late]:
            address, size = where(listed[0], args, known.mask, result, limit)
            return [(address, self.remote.read(address, size))] if size else []
        return take(known, args, result, limit, late, self.read)

    def begin(self, flight: Flight) -> None:
        """What belongs to the beginning of a call; its thread is stopped there."""
        tid = self.remote.tid = flight.tid
        args = flight.args
        flight.string = self.limit
        known = reach(flight.number, ARCHES[flight.arch])
        if known.chosen is not None:
            known = known.of(args)
        if not known.whole or self.style.verbose:
            self.begin_deep(flight)
            return
        flight.reach = known
        if known.entry:
            flight.pieces = self.pieces(known, args, None, self.limit)
        if known.fds_inside or len(known.fds) > 1:
            flight.fds = {number: name for number in names_wanted(known, args, flight.pieces) if (name := self.link(tid, number))}
        elif known.fds:
            number = args[known.fds[0]] & 0xFFFFFFFF
            if (number < 1 << 31 or (number := number - (1 << 32)) == AT_FDCWD) and (name := self.link(tid, number)):
                flight.fds = {number: name}

    def begin_deep(self, flight: Flight) -> None:
        """Of a call that only decoding tells of: what decoding it asks for."""
        names = Asked(lambda number: os.fsdecode(self.link(flight.tid, number)))
        flight.pieces = []
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
        pieces = self.pieces(known, flight.args, result, flight.string) if known.exit else []
        made = made_by(known, result, pieces) if known.makes else ()
        return pieces, [(number, True, name) for number in made if (name := self.link(tid, number))] if made else []

    def end_deep(self, flight: Flight, result: int) -> Late:
        """Of a call that only decoding tells of."""
        pieces: Pieces = []
        # After execve its arguments are another program's memory.
        replaced = flight.number & 0xFFFF in EXECS[flight.arch] and result >= 0
        entry = Recorder(None if replaced else self.remote, flight.pieces)
        fds = {number: os.fsdecode(name) for number, name in flight.fds.items()}
        opened = Asked(lambda number: "" if number in flight.fds else os.fsdecode(self.link(flight.tid, number)))
        call = Call(flight.number, flight.args, ARCHES[flight.arch], result, Recorder(self.remote, pieces), fds, entry, opened)
        decode_syscall(call, Style(flight.string, self.style.verbose))
        return pieces, [(number, True, os.fsencode(name)) for number, name in opened.items()]


def packed(flight: Flight, late: Late = NOTHING) -> bytes:
    """The payload of a call (trace/payload.py); late: of its end, nothing while it is in flight."""
    pieces, made = late
    fds, early = flight.fds, flight.pieces
    if len(fds) + len(made) > MOST or len(early) + len(pieces) > MOST:
        names = [(number, False, name) for number, name in fds.items()] + made
        return pack(flight.args, names, [(at, False, raw) for at, raw in early] + [(at, True, raw) for at, raw in pieces], flight.string)
    out = [b""]
    for number, name in fds.items():
        out += (NAME.pack(number, 0, len(name)), name)
    for number, _, name in made:
        out += (NAME.pack(number, 1, len(name)), name)
    names_end = len(out)
    for at, raw in early:
        if raw:
            out += (PIECE.pack(at, 0, len(raw)), raw)
    for at, raw in pieces:
        if raw:
            out += (PIECE.pack(at, 1, len(raw)), raw)
    out[0] = HEAD.pack(*flight.args, names_end // 2, (len(out) - names_end) // 2, flight.string)
    return b"".join(out)
