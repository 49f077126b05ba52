"""From stop to stop: each is told, and its thread goes on at once."""

import os
import time
from collections import deque
from typing import Final

from explorer.child.tracer.grasp import NOTHING, Grasp, packed
from explorer.child.tracer.sink import Sink
from explorer.child.tracer.tracee import ENDS, EXECS, X32_BIT, Flight, place, process_of, sits_in
from explorer.child.tracer.wanted import Wanted
from explorer.kernel import ptrace
from explorer.kernel.ptrace import Stops
from explorer.model.batch import UNFINISHED_END, UNKNOWN, Birth, Kind
from explorer.trace.tracer import Capture

FLUSH: Final = 20_000_000
"""ns between flushes while there is much to tell."""
LONG: Final = 200_000_000
"""ns in flight after which a call is shown without its end."""
CALL, PENDING = int(Kind.CALL), int(Kind.PENDING)
ENTRY, EXIT, CLD_DUMPED, SYSCALL_STOP = ptrace.ENTRY, ptrace.EXIT, ptrace.CLD_DUMPED, int(ptrace.SYSCALL_STOP)
resume = ptrace.resume
FEW: Final = 2
"""Threads among which none is forgotten, whatever the order in which the kernel tells of them."""
BIRTHS: Final = {ptrace.FORK: Birth.FORK, ptrace.VFORK: Birth.VFORK, ptrace.CLONE: Birth.CLONE}


class Loop:
    """tracees: thread → pid, seized and running. orders: what procdive has said since, looked at each time a signal interrupts us."""

    def __init__(self, tracees: dict[int, int], capture: Capture, sink: Sink, grasp: Grasp) -> None:
        self.tracees = tracees
        self.sink = sink
        self.grasp = grasp
        self.clock = time.monotonic_ns
        self.stops = Stops()
        self.flights: dict[int, Flight] = {}
        self.young: deque[Flight] = deque()
        """Calls in flight that were not shown yet, oldest first."""
        self.fresh = set(tracees)
        """Threads that have not stopped yet since they were seized."""
        self.hidden: set[int] = set()
        """Threads of which nothing is told until they call execve: those that are about to start a program."""
        self.status: dict[int, int] = {}
        """How processes ended, as of wait(2)."""
        self.stop = False
        self.now = self.flushed = 0
        """ns, of the stop that is being told, and of the last flush."""
        self.take(capture)

    def take(self, capture: Capture) -> None:
        """From now on this."""
        self.wanted = Wanted(capture)
        self.everyone = capture.tids is None
        self.signals = capture.signals
        self.follow = capture.follow
        self.grasp.take(capture.string, capture.verbose)

    def begin(self, patience: float = 0.3) -> None:
        """Stop each of the seized threads once, so that its calls are told; returns when all have, or some seconds are over."""
        for tid in self.fresh:
            ptrace.interrupt(tid)
        late = self.clock() + int(patience * 1e9)
        while self.fresh and self.tracees and self.clock() < late:
            self.turn()
        now = self.clock()
        for tid in self.fresh - self.hidden:
            self.sits(tid, now)

    def sits(self, tid: int, now: int) -> None:
        """A thread that does not stop: in a call that nothing interrupts, vfork or a slow disk."""
        found = sits_in(tid, 0)
        if found is not None and found[0] >= 0:
            flight = Flight(tid, found[0], place(0, found[0]), found[1], now)
            self.flights[tid] = flight
            self.pending(flight)

    def run(self) -> None:
        """Until there is nobody left, or stop is set."""
        while self.tracees and not self.stop:
            self.turn()

    def turn(self) -> None:
        """What there is to tell now: of one thread, or of all that stopped, in turns; waits until there is something, or a signal comes."""
        stops = self.stops
        try:
            stop = stops.next()
        except ChildProcessError:
            self.tracees.clear()
            return
        if stop is None:
            self.tick(self.clock())
            return
        if len(self.tracees) <= FEW:
            self.told(*stop)
        else:
            # The kernel tells of the first of its list that has stopped: the quick would starve the others.
            waiting = [stop]
            while stop is not None and stop[2] == SYSCALL_STOP and stop[0] > CLD_DUMPED:
                stops.consume(stop[1])
                stop = stops.next(os.WNOHANG)
                if stop is not None:
                    waiting.append(stop)
            for stop in waiting:
                self.told(*stop)
        if self.now - self.flushed > FLUSH:
            self.tick(self.now)

    def tick(self, now: int) -> None:
        """Send what has gathered."""
        young = self.young
        while young and (young[0].over or young[0].time < now - LONG):
            flight = young.popleft()
            if not flight.over:
                self.pending(flight)
        self.sink.flush()
        self.flushed = now

    def told(self, code: int, tid: int, status: int) -> None:
        """One report."""
        self.now = now = self.clock()
        if status == SYSCALL_STOP and code > CLD_DUMPED:
            op = self.stops.op(tid)
            if op == ENTRY:
                self.enters(tid, now)
            elif op == EXIT:
                self.leaves(tid, now)
            elif op != ptrace.NONE:  # else by execve another thread has this number since: its own stop is reported too
                resume(tid)
        elif code <= CLD_DUMPED:
            self.ended(tid, now)
        elif status >> 8:
            self.event(tid, status >> 8, status & 0xFF, now)
        elif tid in self.tracees or self.appears(tid, status):
            self.signalled(tid, status, now)

    def enters(self, tid: int, now: int) -> None:
        """It stands at the beginning of a call; it goes on."""
        arch, number, args = self.stops.called()
        if not arch and number & X32_BIT:
            arch = place(arch, number)
        if not self.ours(tid, number, arch, args, now):
            resume(tid)
            return
        flight = self.flights[tid] = Flight(tid, number, arch, args, now)
        if not self.sink.full:
            self.grasp.begin(flight)
        resume(tid)
        if number in ENDS[arch]:
            self.finish(flight, UNFINISHED_END, now)
        else:
            self.young.append(flight)

    def ours(self, tid: int, number: int, arch: int, args: tuple[int, ...], now: int) -> bool:
        """Whether a call that begins is a new one, and one to tell of."""
        if self.fresh:
            self.fresh.discard(tid)
        flight = self.flights.get(tid)
        if flight is not None and flight.restarts:
            if flight.goes_on(number, args):
                flight.restarts = 0
                return False
            self.finish(flight, flight.restarts, now)
        if tid in self.hidden:
            if number not in EXECS[arch]:
                return False
            self.hidden.discard(tid)
        return (self.wanted.all or self.wanted.begins(number, arch, args)) and (
            self.everyone or self.wanted.whose(tid, self.tracees.get(tid, 0))
        )

    def leaves(self, tid: int, now: int) -> None:
        """It stands at the end of a call; it goes on."""
        flight = self.flights.get(tid)
        result = self.stops.returned()
        if flight is None and tid in self.fresh:
            self.fresh.discard(tid)
            flight = self.taken(tid, now)
        if flight is None:
            resume(tid)
        else:
            self.finish(flight, result, now, resuming=True)

    def taken(self, tid: int, now: int) -> Flight | None:
        """The call that a thread comes from that was in it when we came; None where it was in none, or nobody wants it."""
        if tid in self.hidden:
            return None
        found = ptrace.registers(tid, self.stops.arch())
        if found is None:
            return None
        number, args, result = found
        arch = place(self.stops.arch(), number)
        known = self.flights.get(tid)
        if known is None:
            if not self.wanted.begins(number, arch, args) or not self.wanted.whose(tid, self.tracees.get(tid, 0)):
                return None
            known = self.flights[tid] = Flight(tid, number, arch, args, now)
        known.restarts = result
        self.grasp.begin(known)
        return known

    def finish(self, flight: Flight, result: int, now: int, resuming: bool = False) -> None:
        """A call is over, or will never be. resuming: its thread goes on, as soon as all is taken that it could change."""
        tid = flight.tid
        flight.over = True
        self.flights.pop(tid, None)
        endless = result == UNFINISHED_END
        took = UNKNOWN if endless else now - flight.time
        told = endless or not self.wanted.picky or self.wanted.ends(result, took)
        full = self.sink.full
        late = self.grasp.end(flight, result) if told and not full and not endless else NOTHING
        if resuming:
            resume(tid)
        if not told or (self.wanted.fds is not None and not full and not self.wanted.touches(flight, result, late[1])):
            return
        if full:
            self.sink.lose(now)
        else:
            row = (flight.time, CALL, tid, self.tracees.get(tid, 0), flight.number, result, took, packed(flight, late), flight.arch)
            self.sink.rows.append(row)

    def pending(self, flight: Flight) -> None:
        """A call has been in flight for a while."""
        if not self.sink.full and self.wanted.touches(flight):
            pid = self.tracees.get(flight.tid, 0)
            payload = packed(flight)
            self.sink.rows.append((flight.time, PENDING, flight.tid, pid, flight.number, 0, UNKNOWN, payload, flight.arch))

    def tell(self, kind: Kind, tid: int, now: int, number: int = 0, result: int = 0, payload: bytes = b"") -> None:
        """What is no call."""
        pid = self.tracees.get(tid, 0)
        if not self.signals or tid in self.hidden or not (self.everyone or self.wanted.whose(tid, pid)):
            return
        if self.sink.full:
            self.sink.lose(now)
        else:
            self.sink.rows.append((now, kind, tid, pid, number, result, UNKNOWN, payload, 0))

    def signalled(self, tid: int, number: int, now: int) -> None:
        """A signal is about to be delivered; it is."""
        flight = self.flights.get(tid)
        if flight is not None and flight.restarts:
            self.finish(flight, flight.restarts, now)
        if self.signals:
            self.tell(Kind.SIGNAL, tid, now, number, payload=ptrace.siginfo(tid))
        resume(tid, number)

    def event(self, tid: int, event: int, number: int, now: int) -> None:
        """A stop that is not the process's own: our interruption, a birth, an execve, a group-stop."""
        if event == ptrace.EVENT_STOP:
            self.pauses(tid, number, now)
            return
        if event == ptrace.EXEC:
            # Before it is consumed, nothing may be asked of a leader that was another thread (kernel/ptrace.c, looks_like_a_spurious_pid).
            self.stops.consume(tid)
            self.execs(tid, ptrace.event_message(tid), now)
        elif event in BIRTHS:
            self.bears(tid, event, ptrace.event_message(tid), now)
        resume(tid)

    def pauses(self, tid: int, number: int, now: int) -> None:
        """PTRACE_EVENT_STOP: interrupted by us, just born, stopped, or going on after that."""
        if tid not in self.tracees and not self.appears(tid):
            return
        if tid in self.fresh:
            self.fresh.discard(tid)
            self.stops.op(tid)
            flight = self.taken(tid, now)
            if flight is not None and flight.restarts not in ptrace.RESTARTS:
                self.finish(flight, flight.restarts, now)
            elif flight is not None:
                self.pending(flight)
        if number in ptrace.GROUP_STOPS:
            self.tell(Kind.STOPPED, tid, now, number)
            ptrace.listen(tid)
        else:
            resume(tid)

    def appears(self, tid: int, number: int = 0) -> bool:
        """A thread that we did not know, born of a traced one: whether we keep it. It is stopped, before a signal or none."""
        pid = process_of(tid)
        if not self.follow and pid not in self.tracees.values():
            ptrace.detach(tid, number)
            return False
        self.tracees[tid] = pid
        return True

    def bears(self, tid: int, event: int, child: int, now: int) -> None:
        """A thread or a process was born of it."""
        birth = BIRTHS[event]
        if birth == Birth.CLONE and process_of(child) in {self.tracees.get(tid, 0), 0}:
            birth = Birth.THREAD
        self.tell(Kind.STARTED, tid, now, birth, child)

    def execs(self, tid: int, former: int, now: int) -> None:
        """A process has become another program; the thread that did it is the leader from now on, whichever it was."""
        if former == tid or not former:
            return
        ours = self.flights.get(tid)
        if ours is not None:
            self.finish(ours, UNFINISHED_END, now)
        self.tell(Kind.SUPERSEDED, tid, now, result=former)
        self.grasp.forget(tid)
        self.grasp.forget(former)
        self.tracees.setdefault(tid, self.tracees.pop(former, tid))
        self.fresh.discard(former)
        flight = self.flights.pop(former, None)
        if flight is not None:
            flight.tid = tid
            self.flights[tid] = flight

    def ended(self, tid: int, now: int) -> None:
        """It is dead."""
        try:
            _, status = os.waitpid(tid, ptrace.WALL)
        except ChildProcessError:
            status = 0
        flight = self.flights.get(tid)
        if flight is not None:
            self.finish(flight, UNFINISHED_END, now)
        self.tell(Kind.EXITED, tid, now, result=status)
        pid = self.tracees.pop(tid, 0)
        self.fresh.discard(tid)
        self.hidden.discard(tid)
        self.grasp.forget(tid)
        if pid == tid:
            self.status[pid] = status
