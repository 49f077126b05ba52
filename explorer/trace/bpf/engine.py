"""The engine bpf: a Tracer that attaches programs to the kernel's system call entry and exit, and stops nobody."""

import os
import platform
import threading
import time
from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

from explorer.kernel.bpf.lanes import Part
from explorer.kernel.bpf.missed import missed as missed_by
from explorer.kernel.errors import missing
from explorer.kernel.procfs import Procfs
from explorer.kernel.tracing import Starting, reaped
from explorer.model.batch import ARCHES, Batch, Birth, Kind
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.process import ProcessId
from explorer.model.trace import Call
from explorer.trace.bpf import counts, layout
from explorer.trace.bpf.flights import Flights, Known
from explorer.trace.bpf.names import Told, told
from explorer.trace.bpf.programs import PREPARED, TABLES, Programs
from explorer.trace.bpf.refusal import refusal
from explorer.trace.bpf.rows import Raw, with_losses
from explorer.trace.bpf.sockets import Sockets
from explorer.trace.late import late
from explorer.trace.payload import call_of as packed_call
from explorer.trace.ptrace import identity, program
from explorer.trace.tracer import ALL, Capture, Refused

OFTEN: Final = 0.05
"""Seconds between two looks into the ring."""
LOOKS: Final = 0.5
"""Between two looks at the calls in flight, and at what was counted."""
SETTLED: Final = 200_000
"""Nanoseconds: what ended so long ago is there to be read, whichever processor it was on."""
BUSY: Final = 5000
"""Records in one look after which nobody asks what hangs."""
RING: Final = 32 << 20
FEW, TWO = 16, 2
"""Processes whose end is looked for besides, and threads of one that goes on without its first one."""
MOST_TAKEN: Final = 8 << 20
NAMES: Final = 1_000_000
"""Identities whose names are known; then it begins anew. Batches keep those that were known when they were made."""
PIDFDS: Final = 256
"""Descriptors of threads that are kept open."""


class BpfTracer:
    """A Tracer. status: how the first process ended (wait(2)), None as long as it runs. why: how tracing ended, empty while it goes on.

    names: identity of what a descriptor was → what strace -y writes between < and >. untallied: calls, and uses, that found no
    room to be counted. ring: bytes that wait for us at most.
    """

    name: ClassVar[str] = "bpf"
    COUNTS: ClassVar[frozenset[str]] = frozenset({"summary", "access"})

    def __init__(self, ring: int = RING) -> None:
        self.epoch = 0
        self.status: int | None = None
        self.why = ""
        self.names: dict[int, bytes] = {}
        self.untallied = 0
        self._size = ring
        self._programs: Programs | None = None
        self._flights: Flights | None = None
        self._proc = Procfs()
        self._pids: set[int] = set()
        self._first = self._child = 0
        self._lost = self._attached = 0
        self._missed = 0
        self._later: list[Part] = []
        """Of the ring, what is later than what was taken from the lanes."""
        self._capture = ALL
        self._stop = threading.Event()
        self._detached = False
        self._guard = threading.Lock()
        """Held by whoever uses the programs: they may be let go of by any thread."""
        self._pidfds: dict[int, int] = {}
        self._sockets = Sockets()
        self._addresses: dict[int, str] = {}
        """Of sockets, by inode, not handed on yet."""

    @classmethod
    def unusable(cls, target: ProcessId | None = None) -> Missing | None:
        why = PREPARED.unusable(RING)
        return refusal(Procfs(), target) if why is None and target is not None else why

    def attach(self, targets: Sequence[ProcessId], capture: Capture) -> None:
        if not targets:
            raise Refused(Missing(Reason.GONE, "no process"))
        for target in targets:
            if (why := refusal(self._proc, target)) is not None:
                raise Refused(why)
        self._begin([target.pid for target in targets], capture, layout.OURS)

    def start(self, command: Sequence[str], capture: Capture) -> int:
        if not command:
            raise Refused(Missing(Reason.UNSUPPORTED, "no command"))
        path = program(command[0])
        try:
            starting = Starting(path, command, os.getpid())
        except OSError as error:
            raise Refused(missing(error.errno or 0, command[0])) from None
        self._child = identity(starting.pid).pid
        try:
            self._begin([starting.pid], capture, layout.UNTIL_EXEC)
        except Refused:
            starting.never()
            raise
        starting.go()
        return starting.pid

    def capture(self, capture: Capture) -> None:
        with self._guard:
            if self._programs is not None and not self._detached:
                self._capture = capture
                self._programs.settle(capture)
                if self._flights is not None:
                    self._flights.capture = capture

    def batches(self) -> Iterator[Batch]:
        if self._programs is None:
            return
        # What we started is in no call that is to be told, or has made some already, which wait to be read.
        yield Batch() if self._child else self._in_flight(self._attached)
        looked = time.monotonic()
        wait = OFTEN
        while not self._stop.wait(wait):
            batch = self._taken()
            yield batch
            wait = self._pause(batch)
            if not self._pids and not self._living():
                break
            if time.monotonic() - looked >= LOOKS:
                looked = time.monotonic()
                # Births and ends may be among what was lost.
                self._living()
                if len(batch) < BUSY:
                    yield self._in_flight()
                yield self._counted()
        self.detach()
        while (batch := self._taken()) or self._waits():
            yield batch
        yield self._counted()
        self._close()
        if self._child and (status := reaped(self._child, 1.0 if self.status is not None else 0.0)) is not None:
            self.status = status

    def detach(self) -> None:
        self._stop.set()
        with self._guard:
            if not self._detached:
                self._detached = True
                if self._programs is not None:
                    self._programs.object.detach()

    def call_of(self, number: int, arch: int, result: int | None, payload: bytes) -> Call:
        return packed_call(number, arch, result, payload)

    def _begin(self, pids: list[int], capture: Capture, how: int) -> None:
        try:
            programs = PREPARED.take(self._size)
        except Unreadable as error:
            raise Refused(error.missing) from None
        try:
            programs.settle(capture)
            for pid in pids:
                programs.mark(pid, how)
            self._attached = time.monotonic_ns()
            programs.put(layout.ATTACHED, self._attached, 8)
            self.epoch = time.time_ns() - time.monotonic_ns()
            programs.attach()
        except Unreadable as error:
            programs.close()
            raise Refused(error.missing) from None
        pids = [*pids, *self._late(programs, pids, capture, how)]
        self._programs, self._capture, self._first = programs, capture, pids[0]
        self._pids.update(pids)
        self._flights = Flights(self._proc, self._known, ARCHES.index(TABLES[platform.machine()][0]), capture)

    def _late(self, programs: Programs, pids: list[int], capture: Capture, how: int) -> list[int]:
        """Those that were born while our targets were listed; births of all that are marked are followed by now."""
        found: list[int] = []
        while capture.since is not None and (more := late(self._proc, {*pids, *found}, capture.since)):
            for child in more:
                if refusal(self._proc, child) is None:
                    programs.mark(child.pid, how)
                found.append(child.pid)
        return found

    def _taken(self) -> Batch:
        """What has come; after detach, at last, what was lost and no record came behind."""
        with self._guard:
            if self._programs is None:
                return Batch()
            until = None if self._detached else time.monotonic_ns() - SETTLED
            lanes = self._programs.lanes
            # These first: the names of what is in them were told through the ring before.
            parts = [] if lanes is None else lanes.take(until)
            raw, offsets = self._programs.ring.take(MOST_TAKEN)
            lost = self._programs.get(layout.LOST) if self._detached and not offsets and not parts else self._lost
        kinds = bytes([raw[at + layout.KIND] for at in offsets])
        if layout.NAME_RECORD in kinds:
            for at, kind in zip(offsets, kinds, strict=True):
                if kind == layout.NAME_RECORD:
                    self._learn(told(raw, at))
            offsets = [at for at, kind in zip(offsets, kinds, strict=True) if kind != layout.NAME_RECORD]
            kinds = kinds.translate(None, bytes([layout.NAME_RECORD]))
        if lanes is None:
            parts = [Part(raw, 0, offsets)] if offsets else []
            batch = Raw(parts, kinds, self.names)
        else:
            rare = self._rare(Part(raw, 0, offsets), until)
            batch = Raw([*parts, *rare], None if rare else bytes(sum(len(part.places) for part in parts)), self.names)
        if not batch:
            return self._lost_at_last(lost)
        if Kind.EXITED in batch.kinds or Kind.STARTED in batch.kinds:
            self._births_and_ends(batch)
        whole, self._lost = with_losses(batch, self._lost)
        whole.sockets, self._addresses = self._addresses, {}
        return whole

    def _rare(self, come: Part, until: int | None) -> list[Part]:
        """What came through the ring beside the lanes, and is not later than what was taken from these; the rest is kept for then."""
        waited, self._later = self._later, []
        now: list[Part] = []
        for part in (*waited, come):
            times = [int.from_bytes(part.raw[at : at + 8], "little") for at in part.places]
            due = [at for at, when in zip(part.places, times, strict=True) if until is None or when <= until]
            later = [at for at, when in zip(part.places, times, strict=True) if until is not None and when > until]
            if due:
                now.append(Part(part.raw, 0, due))
            if later:
                self._later.append(Part(part.raw, 0, later))
        return now

    def _lost_at_last(self, lost: int) -> Batch:
        """What no record came behind."""
        batch = Batch()
        if lost > self._lost:
            batch.add(Kind.LOST, 0, 0, time.monotonic_ns(), result=lost - self._lost)
            self._lost = lost
        return batch

    def _pause(self, batch: Batch) -> float:
        """Seconds to the next look."""
        # So much has come that more must be waiting.
        if batch.size > MOST_TAKEN // 2:
            return 0
        with self._guard:
            lanes = None if self._programs is None else self._programs.lanes
            return OFTEN if lanes is None else OFTEN * min(1.0, max(0.1, 1 - 2 * lanes.filled))

    def _waits(self) -> bool:
        """Whether something has come that was not taken: not all records are rows."""
        with self._guard:
            return bool(self._later) or (self._programs is not None and self._programs.ring.pending > 0)

    def _learn(self, name: Told) -> None:
        if len(self.names) >= NAMES and self._programs is not None:
            self.names = {}
            self._programs.tell_again()
        self.names[name.identity] = name.name
        if name.address:
            self._addresses[name.inode] = self._sockets.of(name).note

    def _births_and_ends(self, batch: Batch) -> None:
        for row, kind in enumerate(batch.kinds):
            if kind == Kind.STARTED and batch.numbers[row] != Birth.THREAD:
                self._pids.add(batch.results[row])
            elif kind == Kind.EXITED:
                if batch.tids[row] == self._first:
                    self.status = batch.results[row]
                self._pids.discard(batch.tids[row])

    def _living(self) -> bool:
        """Whether a process is traced yet: its first thread may be long gone, and what says so be lost."""
        with self._guard:
            programs = self._programs
            self._pids = set(programs.marked()) if programs is not None else set()
            if programs is not None and len(self._pids) <= FEW:
                for pid in [pid for pid in self._pids if over(self._proc, pid)]:
                    programs.forget(pid)
                    self._pids.discard(pid)
        return bool(self._pids)

    def _in_flight(self, attached: int = 0) -> Batch:
        """The calls that are being made. attached: all of them, whatever they last."""
        if self._flights is None or "stream" not in self._capture.what:
            return Batch()
        return self._flights.look(sorted(self._pids), time.monotonic_ns(), attached)

    def _counted(self) -> Batch:
        """What the programs counted."""
        batch = Batch()
        with self._guard:
            programs = self._programs
            if programs is not None and "summary" in self._capture.what:
                batch.tallies = counts.tallies(programs.object, programs.memory)
            if programs is not None and "access" in self._capture.what:
                batch.uses = counts.uses(programs.object, self.names)
            if programs is not None:
                before, self.untallied = self.untallied, programs.get(layout.UNTALLIED)
                if (left_out := missed_by(programs.object.descriptors())) > self._missed:
                    batch.add(Kind.LOST, 0, 0, time.monotonic_ns(), result=left_out - self._missed)
                    self._missed = left_out
                # Where a stream has them they are not lost, and whoever counts uses asks.
                if self.untallied > before and "summary" in self._capture.what and "stream" not in self._capture.what:
                    batch.add(Kind.LOST, 0, 0, time.monotonic_ns(), result=self.untallied - before)
        return batch

    def _known(self, tid: int) -> Known | None:
        """The call that the programs have a thread in."""
        with self._guard:
            if self._programs is None:
                return None
            try:
                raw = self._programs.flight(tid, self._pidfd(tid))
            except (Unreadable, OSError):
                return None
        if not raw:
            return None
        found = layout.FLIGHT.unpack_from(raw)
        return Known(found[7], found[1:7], found[9], found[0]) if found[0] else None

    def _pidfd(self, tid: int) -> int:
        """A descriptor of a thread, kept. Raises OSError: before Linux 6.9 for a thread that is not the first of its process."""
        if tid not in self._pidfds:
            if len(self._pidfds) > PIDFDS:
                self._drop_pidfds()
            try:
                self._pidfds[tid] = os.pidfd_open(tid, PIDFD_THREAD)
            except OSError:
                self._pidfds[tid] = os.pidfd_open(tid)
        return self._pidfds[tid]

    def _drop_pidfds(self) -> None:
        for fd in self._pidfds.values():
            os.close(fd)
        self._pidfds.clear()

    def _close(self) -> None:
        with self._guard:
            self._drop_pidfds()
            if self._flights is not None:
                self._flights.close()
            if self._programs is not None:
                self._programs.close()
                self._programs = None


def over(proc: Procfs, pid: int) -> bool:
    """Whether a process has ended, whatever the programs saw of it."""
    try:
        return proc.read(pid, "stat").rpartition(b")")[2][1:2] in {b"Z", b"X"} and len(proc.names(pid, "task")) < TWO
    except Unreadable as error:
        return error.missing.reason is Reason.GONE


PIDFD_THREAD: Final = os.O_EXCL
"""pidfd.h"""
