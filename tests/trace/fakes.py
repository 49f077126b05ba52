"""An engine that tells what a test gives it."""

import queue
import threading
import time
from collections.abc import Iterator, Sequence
from typing import ClassVar

from explorer.model.batch import UNKNOWN, Batch, Birth, Kind
from explorer.model.missing import Missing
from explorer.model.process import ProcessId
from explorer.model.trace import Call
from explorer.trace.payload import call_of, pack
from explorer.trace.tracer import Capture, Refused


class FakeTracer:
    """tell(batch) is what happened, end() that all targets ended. Its class attributes say what it refuses; reset by the fixture
    of whoever changes them."""

    name: ClassVar[str] = "ptrace"
    COUNTS: ClassVar[frozenset[str]] = frozenset()
    refuses: ClassVar[dict[int, Missing]] = {}
    made: "ClassVar[list[FakeTracer]]" = []
    hold: ClassVar[threading.Event | None] = None
    """attach waits for it."""

    def __init__(self) -> None:
        self.epoch = time.time_ns() - time.monotonic_ns()
        self.targets: tuple[ProcessId, ...] = ()
        self.command: tuple[str, ...] = ()
        self.captures: list[Capture] = []
        self.detached = False
        self._told: queue.Queue[Batch | None] = queue.Queue()
        FakeTracer.made.append(self)

    @classmethod
    def unusable(cls, target: ProcessId | None = None) -> Missing | None:
        return cls.refuses.get(target.pid) if target is not None else None

    def attach(self, targets: Sequence[ProcessId], capture: Capture) -> None:
        if FakeTracer.hold is not None:
            FakeTracer.hold.wait(20)
        for target in targets:
            if (missing := self.refuses.get(-target.pid)) is not None:
                raise Refused(missing)
        self.targets = tuple(targets)
        self.captures.append(capture)

    def start(self, command: Sequence[str], capture: Capture) -> int:
        self.command = tuple(command)
        self.captures.append(capture)
        return 4242

    def capture(self, capture: Capture) -> None:
        self.captures.append(capture)

    def batches(self) -> Iterator[Batch]:
        while not self.detached:
            try:
                batch = self._told.get(timeout=0.02)
            except queue.Empty:
                yield Batch()
                continue
            if batch is None:
                return
            yield batch

    def detach(self) -> None:
        self.detached = True

    def call_of(self, number: int, arch: int, result: int | None, payload: bytes) -> Call:
        return call_of(number, arch, result, payload)

    # the test's side

    def tell(self, batch: Batch) -> None:
        self._told.put(batch)

    def end(self) -> None:
        self._told.put(None)


def calls(count: int, pid: int = 812, number: int = 39, result: int = 812) -> Batch:
    """getpid() = 812, so many of them, a microsecond apart."""
    batch, now = Batch(), time.monotonic_ns()
    for at in range(count):
        batch.add(Kind.CALL, pid, pid, now + at * 1000, number, result, 500, pack((0,) * 6, [], []))
    return batch


def exited(pid: int, status: int) -> Batch:
    """status: as wait(2) has it."""
    batch = Batch()
    batch.add(Kind.EXITED, pid, pid, time.monotonic_ns(), result=status)
    return batch


def started(pid: int, child: int, birth: Birth = Birth.FORK) -> Batch:
    batch = Batch()
    batch.add(Kind.STARTED, pid, pid, time.monotonic_ns(), birth, child)
    return batch


def pending(pid: int, number: int = 232) -> Batch:
    """In epoll_wait since a moment ago."""
    batch = Batch()
    batch.add(
        Kind.PENDING,
        pid,
        pid,
        time.monotonic_ns() - 2_000_000_000,
        number,
        0,
        UNKNOWN,
        pack((8, 0, 512, 4800, 0, 0), [(8, False, b"eventpoll")], []),
    )
    return batch
