"""A process watched by an engine, of any name."""

import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar

import pytest

from explorer.model.batch import Batch, Kind
from explorer.model.event import TraceEvent
from explorer.model.process import ProcessId
from explorer.trace.decoded import event_of
from explorer.trace.engines import ENGINES
from explorer.trace.text import text
from explorer.trace.tracer import ALL, Capture, Tracer
from tests import loopback

T = TypeVar("T")
SLOWER: Final = float(os.environ.get("PROCDIVE_SLOWER", "1"))
NAMES: Final = ("ptrace", "bpf")
TREE: Final = Path(__file__).parents[2]
KNOWN: Final = Path(__file__).parent / "known.py"
LOOP: Final = "import os, time\nprint(flush=True)\nos.read(0, 1)\nwhile True: os.getppid(), time.sleep(0.005)\n"
SAME: Final = (Kind.CALL, Kind.SIGNAL, Kind.EXITED, Kind.STARTED)


def until(condition: Callable[[], T], what: str, seconds: float = 20) -> T:
    """The condition's value as soon as it is true; fails after so many seconds, and later on a slow machine."""
    return loopback.until(condition, what, seconds * SLOWER)


@cache
def missing(name: str) -> str:
    """Why the engine of that name cannot be used; empty where it can. Asked once: an emulated machine takes a minute for it."""
    found = next((each for each in ENGINES if each.name == name), None)
    if found is None:
        return f"there is no engine {name}"
    why = found.unusable()
    return f"{name}: {why.detail}; {why.cure}" if why else ""


def engine(name: str) -> type[Tracer]:
    """The engine of that name. Skips the test where it cannot be used, or fails it where it has to be."""
    why = missing(name)
    if not why:
        return next(each for each in ENGINES if each.name == name)
    if os.environ.get("PROCDIVE_REQUIRE_ENGINES"):
        pytest.fail(why)
    pytest.skip(why)


def identity(pid: int) -> ProcessId:
    return ProcessId(pid, int(Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[19]))


class Watched:
    """`with Watched("bpf", [pid]) as watched:` — batches come in a thread of their own, until it is left or all have ended."""

    def __init__(self, name: str, pids: Sequence[int] = (), command: Sequence[str] = (), capture: Capture = ALL) -> None:
        self.tracer = engine(name)()
        self.batches: list[Batch] = []
        self.pid = self.tracer.start(command, capture) if command else 0
        if not command:
            self.tracer.attach([identity(pid) for pid in pids], capture)
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        for batch in self.tracer.batches():
            self.batches.append(batch)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.tracer.detach()
        self.end()

    @property
    def over(self) -> bool:
        """It has ended."""
        return not self._thread.is_alive()

    def end(self) -> Self:
        """Wait until it has ended by itself."""
        until(lambda: self.over, f"the end of {self.tracer.name}")
        return self

    def rows(self, *kinds: Kind) -> Iterator[tuple[Batch, int]]:
        """Rows of those kinds, as batch and place."""
        for batch in list(self.batches):
            yield from ((batch, row) for row, kind in enumerate(batch.kinds) if kind in kinds)

    def events(self, *kinds: Kind) -> list[TraceEvent]:
        """The same, decoded."""
        return [event_of(batch, row, self.tracer.epoch, self.tracer.call_of) for batch, row in self.rows(*kinds)]

    def lines(self, *kinds: Kind) -> list[str]:
        """The same as text, without whose they are."""
        return [text(event.what) for event in self.events(*kinds)]

    def by_thread(self, *kinds: Kind) -> dict[int, list[str]]:
        """The same, of each thread."""
        found: dict[int, list[str]] = {}
        for event in self.events(*kinds):
            found.setdefault(event.tid, []).append(text(event.what))
        return found

    @property
    def lost(self) -> int:
        """Events."""
        return sum(batch.results[row] for batch, row in self.rows(Kind.LOST))

    def seen(self, words: str) -> bool:
        """Whether a finished call has these words in its line."""
        return any(words in line for line in self.lines(Kind.CALL))


def differing(one: dict[int, list[str]], other: dict[int, list[str]]) -> str:
    """The first line in which what two engines told of threads is not the same; empty where there is none."""
    if one.keys() != other.keys():
        return f"threads {sorted(one)} and {sorted(other)}"
    for tid, lines in one.items():
        for place, (left, right) in enumerate(zip(lines, other[tid], strict=False)):
            if left != right:
                return f"line {place + 1} of thread {tid}: {left} | {right}"
        less, more = sorted((lines, other[tid]), key=len)
        if len(less) != len(more):
            return f"thread {tid}: {len(lines)} and {len(other[tid])} lines, the first more is {more[len(less)]}"
    return ""


def births(watched: Watched) -> Counter[int]:
    """How often which kind of Birth."""
    return Counter(batch.numbers[row] for batch, row in watched.rows(Kind.STARTED))


@contextmanager
def program(*argv: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Python program of ours that has written a line and waits for one."""
    process = subprocess.Popen([sys.executable, "-ISB", *argv], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd="/")
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        assert process.stdout.readline()
        until(lambda: state(process.pid) == "S", "it to wait")
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def go(process: "subprocess.Popen[bytes]") -> None:
    """The line that it waits for."""
    assert process.stdin is not None
    process.stdin.write(b"go\n")
    process.stdin.flush()


def state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[0].decode()


def tracer_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/status").read_text().partition("TracerPid:")[2].split()[0])
