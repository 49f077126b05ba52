"""The ptrace engine for tests: a command or processes under trace, and what was told of them."""

import os
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from explorer.model.event import TraceEvent, Unfinished
from explorer.model.process import ProcessId
from explorer.model.trace import Syscall
from explorer.trace.log import Log
from explorer.trace.ptrace import PtraceTracer
from explorer.trace.tracer import ALL, Capture
from tests.loopback import until


def identity(pid: int) -> ProcessId:
    return ProcessId(pid, int(Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[19]))


def state(tid: int) -> str:
    return Path(f"/proc/{tid}/stat").read_bytes().rpartition(b")")[2].split()[0].decode()


def tracer_of(tid: int) -> int:
    return int(Path(f"/proc/{tid}/status").read_text().partition("TracerPid:")[2].split()[0])


def runs_free(pid: int) -> bool:
    """No thread of it is traced, none is stopped."""
    tids = [int(name) for name in os.listdir(f"/proc/{pid}/task")]
    return all(tracer_of(tid) == 0 and state(tid) in {"R", "S", "D"} for tid in tids)


def words(event: TraceEvent) -> str:
    """Short: read(0</dev/zero>, …) = 1."""
    what = event.what
    if isinstance(what, Syscall | Unfinished):
        call = what.call if isinstance(what, Unfinished) else what
        args = ", ".join(f"{value.text}<{value.note}>" if value.note and value.kind == "fd" else value.text for _, value in call.args)
        end = (
            ""
            if call.result is None
            else f" = {call.result.text}{f'<{call.result.note}>' if call.result.kind == 'fd' else ''} {call.error}"
        )
        return f"{call.name}({args}){end}".rstrip()
    return str(what)


class Traced:
    """`with Traced(pids) as traced:` — log fills in a thread of its own; done when the tracer has ended."""

    def __init__(self, targets: Iterable[int] = (), command: Sequence[str] = (), capture: Capture = ALL) -> None:
        self.tracer = PtraceTracer()
        self.log = Log()
        self._guard = threading.Lock()
        self.pid = 0
        if command:
            self.pid = self.tracer.start(command, capture)
        else:
            self.tracer.attach([identity(pid) for pid in targets], capture)
        self.log.epoch = self.tracer.epoch
        self.most = 0.0
        """Seconds between two batches, at most."""
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        before = time.monotonic()
        for batch in self.tracer.batches():
            now = time.monotonic()
            self.most, before = max(self.most, now - before), now
            with self._guard:
                self.log.append(batch)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.tracer.detach()
        self.end()

    @property
    def helper(self) -> int:
        """The pid of the process that traces."""
        assert self.tracer._process is not None
        return self.tracer._process.pid

    def end(self, deadline: float = 20) -> Self:
        """Wait until it has ended by itself."""
        self._thread.join(deadline)
        assert not self._thread.is_alive(), "it does not end"
        return self

    @property
    def events(self) -> list[TraceEvent]:
        with self._guard:
            return [self.log.event(place) for place in range(self.log.first, self.log.end)]

    @property
    def flying(self) -> list[TraceEvent]:
        with self._guard:
            return list(self.log.flying())

    @property
    def lines(self) -> list[str]:
        return [words(event) for event in self.events]

    def of(self, kind: type) -> list[TraceEvent]:
        return [event for event in self.events if isinstance(event.what, kind)]

    def calls(self, name: str) -> list[Syscall]:
        return [event.what for event in self.events if isinstance(event.what, Syscall) and event.what.name == name]

    def until(self, condition: Callable[[], object], what: str) -> None:
        until(condition, f"{what}; there is {self.lines[-20:]}")


def run(*command: str, capture: Capture = ALL) -> Traced:
    """A command under trace, to its end."""
    return Traced(command=command, capture=capture).end()
