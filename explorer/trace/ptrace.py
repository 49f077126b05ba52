"""The engine for everybody: ptrace, in a process beside us (child/tracer)."""

import os
import shutil
import stat
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Final

from explorer.kernel.errors import missing
from explorer.kernel.procfs import Procfs
from explorer.kernel.tracing import Starting, TracerProcess, paths, reaped
from explorer.model.batch import Batch, Kind
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.process import ProcessId
from explorer.model.trace import Call
from explorer.trace.payload import call_of as packed_call
from explorer.trace.refusal import failed, refusal
from explorer.trace.tracer import ALL, Capture, Refused
from explorer.trace.wire import capture_words, frames, words_frame

OFTEN: Final = 0.05
PATIENCE: Final = 60.0
"""Seconds of silence while attaching, after which it has failed."""
HUNG: Final = "reading the memory of process {pid} does not end: it is let go"
STUCK: Final = f"{HUNG}; what others do meanwhile is missing, they are attached to again"
LETTING_GO: Final = 2.0
"""Seconds that the tracer gets to end in order."""
KILLED: Final = "the tracer process was killed: what it traced goes on, untraced"


class PtraceTracer:
    """A Tracer. status: how the first process ended (wait(2)), None as long as it runs. why: how tracing ended, empty while it goes on.

    The traced go on whoever dies: we, the process that traces, both. Where we do not read, it drops events and counts them.
    """

    name: ClassVar[str] = "ptrace"
    COUNTS: ClassVar[frozenset[str]] = frozenset()

    def __init__(self) -> None:
        self.epoch = 0
        self.status: int | None = None
        self.why = ""
        self._process: TracerProcess | None = None
        self._held = bytearray()
        self._waiting: deque[Batch | dict[str, Any]] = deque()
        self._first = 0
        self._taken = ALL
        self._let_go = threading.Event()
        self._child = 0
        self._proc = Procfs()

    @classmethod
    def unusable(cls, target: ProcessId | None = None) -> Missing | None:
        if len(paths()) < 2:
            return Missing(Reason.UNSUPPORTED, "python-ptrace is not installed", "pip install python-ptrace")
        return None if target is None else refusal(Procfs(), target)

    def attach(self, targets: Sequence[ProcessId], capture: Capture) -> None:
        for target in targets:
            if (why := self.unusable(target)) is not None:
                raise Refused(why)
        if not targets:
            raise Refused(Missing(Reason.GONE, "no process"))
        self._begin()
        self._attach(targets, capture)

    def start(self, command: Sequence[str], capture: Capture) -> int:
        if not command:
            raise Refused(Missing(Reason.UNSUPPORTED, "no command"))
        if (why := self.unusable()) is not None:
            raise Refused(why)
        path = program(command[0])
        process = self._begin()
        try:
            starting = Starting(path, command, process.pid)
        except OSError as error:
            process.discard()
            raise Refused(missing(error.errno or 0, command[0])) from None
        try:
            self._attach([identity(starting.pid)], capture, hidden=True)
        except Refused:
            starting.never()
            raise
        if words := loses(path):
            self._waiting.append(notice(words))
        starting.go()
        self._child = starting.pid
        return starting.pid

    def capture(self, capture: Capture) -> None:
        self._taken = capture
        if self._process is not None:
            self._process.send(words_frame(capture=capture_words(capture)))

    def batches(self) -> Iterator[Batch]:
        process = self._process
        if process is None:
            return
        more = True
        while more:
            while self._waiting:
                frame = self._waiting.popleft()
                if isinstance(frame, Batch):
                    yield self._seen(frame)
                elif "stuck" in frame:
                    process = self._without(frame, process)
                    yield notice(STUCK.format(pid=frame["stuck"]))
                    more = not self.why
                else:
                    more = self._goes_on(frame) and more
            raw = process.read(OFTEN) if more else b""
            if raw is None:
                self.why = KILLED
                yield notice(KILLED)
                break
            if raw:
                self._take(raw)
            elif more:
                yield Batch()
        process.discard()
        if self._child and (status := reaped(self._child, 1.0 if self.status is not None else 0.0)) is not None:
            self.status = status

    def detach(self) -> None:
        self._let_go.set()
        process = self._process
        if process is None:
            return
        process.send(words_frame(detach=True))
        if not process.ended(LETTING_GO):
            process.kill()
            process.ended(LETTING_GO)

    def cost(self) -> float | None:
        """Seconds of CPU that the tracer process has taken so far; None where it has ended."""
        try:
            words = self._proc.read(self._process.pid, "stat").rpartition(b")")[2].split() if self._process is not None else []
        except Unreadable:
            return None
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK") if words else None

    def call_of(self, number: int, arch: int, result: int | None, payload: bytes) -> Call:
        return packed_call(number, arch, result, payload)

    def _begin(self) -> TracerProcess:
        try:
            self._process = TracerProcess()
        except OSError as error:
            raise Refused(missing(error.errno or 0, "starting the tracer process")) from None
        self.epoch = time.time_ns() - time.monotonic_ns()
        return self._process

    def _attach(self, targets: Sequence[ProcessId], capture: Capture, hidden: bool = False) -> None:
        process = self._process
        assert process is not None
        pids = [[target.pid, target.start] for target in targets]
        process.send(words_frame(targets=pids, capture=capture_words(capture), hidden=[pids[0][0]] if hidden else []))
        self._first, self._taken = targets[0].pid, capture
        while True:
            raw = process.read(PATIENCE)
            if not raw:
                process.discard()
                reason = Reason.TIMED_OUT if raw is not None else Reason.UNSUPPORTED
                raise Refused(Missing(reason, "the tracer process did not answer"))
            self._take(raw)
            for frame in self._waiting:
                if isinstance(frame, Batch):
                    continue
                if "attached" in frame:
                    return
                process.discard()
                if "refused" in frame:
                    said = frame["refused"]
                    target = next((each for each in targets if each.pid == said["pid"]), targets[0])
                    raise Refused(failed(self._proc, target, said["error"]))
                raise Refused(Missing(Reason.UNSUPPORTED, f"the tracer process failed: {frame.get('why', '')}"))

    def _without(self, said: dict[str, Any], process: TracerProcess) -> TracerProcess:
        """A tracer process that could not go on, because the memory of a process hangs: another one for all but that."""
        process.discard()
        self._held.clear()
        others, first = [ProcessId(pid, start) for pid, start in said["others"]], self._first
        if self._let_go.is_set() or not others:
            self.why = "detached" if self._let_go.is_set() else HUNG.format(pid=said["stuck"])
            return process
        try:
            process = self._begin()
            self._attach(others, self._taken)
        except Refused as refused:
            self.why = refused.missing.detail
        self._first = first
        if self._let_go.is_set():
            process.send(words_frame(detach=True))
        return process

    def _take(self, raw: bytes) -> None:
        self._held += raw
        self._waiting.extend(frames(self._held))

    def _seen(self, batch: Batch) -> Batch:
        """On its way to whoever reads."""
        if Kind.EXITED in batch.kinds:
            for row, kind in enumerate(batch.kinds):
                if kind == Kind.EXITED and batch.tids[row] == self._first:
                    self.status = batch.results[row]
        return batch

    def _goes_on(self, words: dict[str, Any]) -> bool:
        """What the tracer says besides events: whether that was not its last word."""
        if "ended" in words:
            self.why = words["ended"]
            if words.get("status") is not None:
                self.status = words["status"]
        elif "why" in words:
            self.why = f"a fault of procdive itself: {words['why']}"
        return not self.why


def notice(text: str) -> Batch:
    """A sentence that a person should read."""
    batch = Batch()
    batch.add(Kind.NOTICE, 0, 0, time.monotonic_ns(), payload=text.encode())
    return batch


def program(name: str) -> str:
    """Its path. Raises Refused."""
    path = shutil.which(name)
    if path is not None:
        return path
    if os.path.exists(name):
        raise Refused(Missing(Reason.DENIED, f"{name}: no program that we may run"))
    raise Refused(Missing(Reason.GONE, f"{name}: no such program"))


def loses(path: str) -> str:
    """What a program that gets other rights by being run loses under us, in a sentence; "" where it loses nothing.

    The kernel gives them only where whoever traces has them, too (security/commoncap.c).
    """
    if not os.geteuid():
        return ""
    try:
        mode = os.stat(path).st_mode
        bits = [name for bit, name in ((stat.S_ISUID, "set-uid"), (stat.S_ISGID, "set-gid")) if mode & bit]
        if "security.capability" in os.listxattr(path):
            bits.append("given capabilities")
    except OSError:
        return ""
    how = " and ".join(bits)
    return f"{path} is {how}: while an ordinary user traces it, it runs without those rights; as root: procdive trace" if how else ""


def identity(pid: int) -> ProcessId:
    """Of a child of ours."""
    words = Procfs().read(pid, "stat").rpartition(b")")[2].split()
    return ProcessId(pid, int(words[19]))
