"""One trace: whom it is of, its events, and the thread that reads them."""

import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, Literal

from explorer.decode.constants.signals import strace_name
from explorer.model.batch import Batch, Birth, Kind
from explorer.model.event import TraceEvent
from explorer.model.missing import Missing, Reason
from explorer.model.process import ProcessId
from explorer.render.piece import Line
from explorer.trace.access import Access, places
from explorer.trace.addresses import Addresses
from explorer.trace.log import Log
from explorer.trace.saved import Opened
from explorer.trace.summary import Summary
from explorer.trace.tracer import ALL, Capture, Refused, Tracer
from explorer.ui.fault import Fault
from explorer.ui.trace.comms import Comms
from explorer.ui.trace.counting import Begun, Counting, accessing, summing
from explorer.ui.trace.mailbox import Mailbox
from explorer.ui.trace.notice import cure
from explorer.ui.trace.written import Written

State = Literal["attaching", "live", "ended", "refused", "opened"]
PAUSE: Final = 0.01
"""Seconds that a file waits for the screen."""
OFTEN: Final = 0.1
"""Seconds at least between two times that the screen is told,"""
DAMPED: Final = 1.0
"""and where the screen's own drawing is what makes the events."""


class Session:
    """Attributes are for the screen's thread, which calls take() after each `told`.

    label: "812 nginx". engine: "ptrace", "file". why: of a refusal, or how it ended in words. since: time.time() at attach.
    damped: the process shows our own screen. written: what a command that we started has written.
    """

    def __init__(self, label: str, targets: Sequence[ProcessId] = (), *, engine: str = "ptrace", capture: Capture = ALL) -> None:
        self.label = label
        self.targets = tuple(targets)
        self.engine = engine
        self.capture = capture
        self.log = Log()
        self.state: State = "attaching"
        self.why: Missing | str = ""
        self.since = time.time()
        self.damped = False
        self.written: Written | None = None
        self.addresses: Addresses | None = None
        """Of the sockets in its events; None for those of a file."""
        self.names: tuple[tuple[int, str], ...] = ()
        """Pids and names of the targets."""
        self.summary: Counting[Summary] | None = None
        """None until somebody asks for it: summed()."""
        self.access: Counting[Access] | None = None
        """Likewise: accessed()."""
        self.spent: float | None = None
        """Seconds of CPU that watching took so far, the screen's apart; None before anything is known."""
        self.spent_all = False
        """The engine says what its own part is."""
        self.comms = Comms()
        """Names of who is counted."""
        self.without = ""
        """A better engine that could not be used."""
        self.notice: Line = ()
        """What a person has to know about the engine."""
        self.traced: frozenset[int] = frozenset()
        """Pids that are traced now."""
        self._tracer: Tracer | None = None
        self._file: Opened | None = None
        self._post: Callable[[Session], object] = lambda _session: None
        self._box = Mailbox()
        self._fresh = self._counted = Batch()
        """What the engine counted: not taken yet, and what was taken last."""
        self._following: set[int] = set()
        self._statuses: dict[int, tuple[int, int]] = {}
        self._letting_go = self._detaching = False
        self._until: float | None = None
        self._cpu: float | None = None
        self._pid = self.targets[0].pid if len(self.targets) == 1 else 0
        self._result: tuple[State, Missing | str] | None = None
        self._attached: float | None = None
        self._guard = threading.Lock()
        self._told = False
        self._due = 0.0

    @property
    def running(self) -> bool:
        """It is attached, or about to be."""
        return self.state in {"attaching", "live"}

    @property
    def calls(self) -> int:
        """So many were seen or, where no rows of all of them come, counted."""
        counted = self._counted
        if "stream" in self.capture.what or not counted.tallies:
            moved = counted.uses if "stream" not in self.capture.what else None
            return self.log.calls + (sum(use.reads + use.writes + use.others for use in moved.values()) if moved else 0)
        return sum(tally.count for tally in counted.tallies.values())

    # in the screen's thread

    def begin(
        self,
        tracer: Tracer,
        post: Callable[["Session"], object],
        command: Sequence[str] = (),
        seconds: float | None = None,
    ) -> None:
        """Attach, or start the command, in a thread of its own. post: called there whenever take() has something, never twice before it.

        seconds: for how long; None until detach().
        """
        self._tracer, self._post = tracer, post
        if command:
            self.written = Written()
        threading.Thread(target=self._run, args=(tuple(command), seconds), name=f"trace-{self.label}", daemon=True).start()

    def read(self, file: Opened, post: Callable[["Session"], object]) -> None:
        """Events of a file instead, in a thread of its own."""
        self._file, self._post = file, post
        self.state, self.engine, self.names = "opened", file.name, tuple(file.targets)
        self.since = file.since or self.since
        self.log.epoch, self.log.call_of = file.epoch, file.call_of
        threading.Thread(target=self._read, args=(file,), name=f"read-{self.label}", daemon=True).start()

    def take(self) -> None:
        """What came since the last time goes to the log; states change here and nowhere else."""
        with self._guard:
            self._told = False
            batches, result, attached = self._box.take(), self._result, self._attached
            fresh, self._fresh = self._fresh, Batch()
            self.traced, self.spent = frozenset(self._following), self._cpu
        if attached is not None and self.state == "attaching" and self._tracer is not None:
            self.state, self.since = "live", attached
            self.log.epoch, self.log.call_of = self._tracer.epoch, self._tracer.call_of
        for batch in batches:
            self.log.append(batch)
        self._take_counts(fresh)
        if result is not None and self.running:
            state, why = result
            self.state, self.why = state, self._personal(why) if isinstance(why, Missing) else why
            self.traced = frozenset()
            self.log.flights.clear()

    def _take_counts(self, fresh: Batch) -> None:
        if fresh.tallies is not None:
            self._counted.tallies = fresh.tallies
            if self.summary is not None and self.summary.own:
                self.summary.snapshot(Batch(tallies=fresh.tallies))
        if fresh.uses is not None:
            self._counted.uses = fresh.uses
            if self.access is not None and self.access.own:
                self.access.snapshot(Batch(uses=fresh.uses))

    def summed(self) -> Counting[Summary]:
        """The summary, begun where nobody has asked for it before."""
        if self.summary is None:
            self.summary = summing(self.log, self._begin_counting("summary"))
            self._take_counts(Batch(tallies=self._counted.tallies))
        return self.summary

    def accessed(self) -> Counting[Access]:
        """The access to files, likewise."""
        if self.access is None:
            pids = {target.pid for target in self.targets} | self.traced
            self.access = accessing(self.log, self._begin_counting("access"), None if self._file else places(), pids)
            self._take_counts(Batch(uses=self._counted.uses))
        return self.access

    def _begin_counting(self, what: str) -> Begun:
        """By the engine from now on, or since it takes anything; else from the rows that are still there."""
        log, since = self.log, round(self.since * 1e9)
        if self._tracer is not None and self.running and what in self._tracer.COUNTS:
            if what in self.capture.what:
                return Begun(since, log.first, True)
            self.take_instead(replace(self.capture, what=self.capture.what | {what}))
            return Begun(time.time_ns(), log.end, True)
        if log.first and len(log):
            rows, row = log.place(log.first)
            since = rows.times[row] + log.epoch
        return Begun(since, log.first, False)

    def detach(self) -> None:
        """Let go. Returns at once; the state changes when it is done."""
        self._letting_go = True
        if self._file is not None:
            self._file.detach()
        tracer = self._tracer
        # While it attaches there is nothing to let go of yet: _run sees to it.
        if tracer is not None and self._attached is not None and self._result is None and not self._detaching:
            self._detaching = True
            # Beside the thread that reads: what was sent until now is still to come.
            threading.Thread(target=quietly, args=(tracer,), name=f"detach-{self.label}", daemon=True).start()

    def refuse(self, why: Missing) -> None:
        """It never began."""
        self.state, self.why = "refused", self._personal(why)

    def take_instead(self, capture: Capture) -> None:
        """From now on the engine takes this."""
        self.capture = capture
        if self._tracer is not None and self.state == "live":
            self._tracer.capture(capture)

    def _personal(self, why: Missing) -> Missing:
        """A refusal beside our label: the name is not said twice, and who may do it is said as a command."""
        detail = why.detail.removeprefix(f"{self.label} ").removeprefix(f"{self.label}: ")
        return Missing(why.reason, detail, cure(why, self.targets[0].pid if self.targets else 0))

    def named(self, event: TraceEvent) -> TraceEvent:
        """An event with addresses for its sockets, as far as they are known."""
        return event if self.addresses is None else self.addresses.named(event)

    # in its own

    def _run(self, command: Sequence[str], seconds: float | None) -> None:
        tracer = self._tracer
        assert tracer is not None
        try:
            self._begin(tracer, command)
            self._until = None if seconds is None else time.monotonic() + seconds
            for batch in tracer.batches():
                self._count(tracer, batch)
                self._came(batch if self.written is None else self.written.without_shell(batch))
                if not self._detaching and (self._letting_go or (self._until is not None and time.monotonic() >= self._until)):
                    self.detach()
            if self.written is not None:
                self._came(self.written.rest())
            self._end("ended", self._ending())
        except Refused as refused:
            self._end("refused", refused.missing)
        except Exception as error:  # noqa: BLE001 a fault of one trace must not end the screen
            fault = Fault.of(error, f"the trace of {self.label}")
            quietly(tracer)
            why = Missing(Reason.UNSUPPORTED, f"a fault of procdive itself: {fault.error}", f"details in {fault.log}" if fault.log else "")
            self._end("ended" if self._attached else "refused", why)
        finally:
            if self.written is not None:
                self.written.close()

    def _read(self, file: Opened) -> None:
        try:
            for batch in file.batches():
                # Of a file nothing is lost: it waits.
                while self._box.full(batch) and not self._letting_go:
                    self._tell()
                    time.sleep(PAUSE)
                self._box.put(batch)
                self._tell()
        except Exception as error:  # noqa: BLE001 a damaged file must not end the screen
            fault = Fault.of(error, f"the file {self.label}")
            said = Batch()
            said.add(Kind.NOTICE, 0, 0, 0, payload=f"a fault of procdive itself: {fault.error}".encode())
            self._box.put(said)
        self._tell(now=True)

    def _begin(self, tracer: Tracer, command: Sequence[str]) -> None:
        capture = self.capture
        if self.written is not None:
            self._pid = tracer.start(self.written.around(command), capture)
            self._following.add(self._pid)
            self.names = ((self._pid, os.path.basename(command[0])),)
        else:
            tracer.attach(self.targets, capture)
            self._following.update(target.pid for target in self.targets)
        with self._guard:
            self._attached = time.time()
        if self.capture is not capture:  # somebody wanted more meanwhile
            tracer.capture(self.capture)
        self._tell(now=True)

    def _count(self, tracer: Tracer, batch: Batch) -> None:
        """What the engine counted goes to the screen as it is, the last of it; and what all this costs."""
        own: float | None = getattr(tracer, "cost", lambda: None)()
        with self._guard:
            self._cpu, self.spent_all = (own or 0.0) + time.thread_time(), own is not None
            self._fresh.tallies = batch.tallies if batch.tallies is not None else self._fresh.tallies
            self._fresh.uses = batch.uses if batch.uses is not None else self._fresh.uses
        batch.tallies = batch.uses = None
        self.comms.read()

    def _came(self, batch: Batch) -> None:
        if self.addresses is not None and (batch or batch.sockets):
            self.addresses.learn(batch)
        if batch:
            self._look(batch)
            self._box.put(batch)
        self._tell()

    def _look(self, batch: Batch) -> None:
        """Who is traced now, and who ended how."""
        if Kind.STARTED in batch.kinds or Kind.EXITED in batch.kinds:
            for row, kind in enumerate(batch.kinds):
                if kind == Kind.STARTED and batch.numbers[row] != Birth.THREAD and self.capture.follow:
                    self._following.add(batch.results[row])
                elif kind == Kind.EXITED and batch.tids[row] == batch.pids[row]:
                    self._following.discard(batch.pids[row])
                    self._statuses[batch.pids[row]] = batch.results[row], batch.times[row]

    def _tell(self, *, now: bool = False) -> None:
        """Say once that there is something; not again before it was taken, nor too often."""
        when = time.monotonic()
        with self._guard:
            counted = self._fresh.tallies is not None or self._fresh.uses is not None
            due = now or ((bool(self._box) or counted) and when >= self._due)
            if not due or self._told:
                return
            self._told = True
            self._due = when + (DAMPED if self.damped else OFTEN)
        self._post(self)

    def _end(self, state: State, why: Missing | str) -> None:
        with self._guard:
            self._following.clear()
            self._result = (state, why)
            told, self._told = self._told, True
        if not told:
            self._post(self)

    def _ending(self) -> str:
        """How it ended: "exited 0 at 14:22:04"."""
        clock = time.strftime("%H:%M:%S")
        if self._letting_go:
            return f"detached at {clock}"
        pids = {self._pid} if self._pid else {target.pid for target in self.targets}
        ends = [self._statuses[pid] for pid in pids if pid in self._statuses]
        if not ends:
            return f"the engine ended at {clock}"
        last = max(ends, key=lambda end: end[1])[0]
        words = f"killed by {strace_name(last & 0x7F)}" if last & 0x7F else f"exited {last >> 8 & 0xFF}"
        return f"{words} at {clock}" if self._pid else f"all {len(self.targets)} ended, the last {words} at {clock}"


def quietly(tracer: Tracer) -> None:
    """Detach; a fault of that goes to the log."""
    try:
        tracer.detach()
    except Exception as error:  # noqa: BLE001 there is nobody left to tell
        Fault.of(error, "a detach")
