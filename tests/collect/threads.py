"""One thread of a living process, as soon as it is where a test wants it."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import IO

from explorer.collect.stacks import stacks
from explorer.model.stack import Doing, Stacks, Thread, Wait
from explorer.resolve.system import System
from tests.loopback import until

SOURCE = Path(__file__).parent.parent / "specimens/entries.c"


def blocked(thread: Thread) -> bool:
    """In a call, and something is known of what it waits for."""
    return thread.doing is Doing.CALL and thread.waits is not None


def thread_of(system: System, pid: int, tid: int = 0, ready: Callable[[Thread], bool] = blocked) -> Thread:
    """The thread (of no tid: the leader) as soon as ready() says so of it."""

    def look() -> Thread | None:
        found = stacks(system, pid)
        every = found.threads if isinstance(found, Stacks) else ()
        return next((one for one in every if one.tid == (tid or pid) and ready(one)), None)

    found = until(look, f"thread {tid or pid} of {pid}")
    assert found is not None
    return found


def wait_of(system: System, pid: int, tid: int = 0, ready: Callable[[Wait], bool] = lambda _: True) -> Wait:
    """What it waits for, as soon as ready() says so of that."""
    waits = thread_of(system, pid, tid, lambda one: blocked(one) and one.waits is not None and ready(one.waits)).waits
    assert waits is not None
    return waits


@cache
def entries() -> str:
    """specimens/entries.c, compiled."""
    program = f"{mkdtemp(prefix='entries-')}/entries"
    subprocess.run(["gcc", "-O1", "-o", program, str(SOURCE)], check=True)
    return program


@contextmanager
def entry(kind: str) -> Iterator[int]:
    """The pid of a specimen of entries.c."""
    program = subprocess.Popen([entries(), kind], stdout=subprocess.PIPE)
    try:
        assert isinstance(program.stdout, IO) or program.stdout is not None
        assert program.stdout.readline() == b"{}\n"
        yield program.pid
    finally:
        for child in children(program.pid):
            subprocess.run(["kill", "-9", str(child)], check=False)
        program.kill()
        program.wait()
        if program.stdout:
            program.stdout.close()


def children(pid: int) -> list[int]:
    """Of the only thread of a process."""
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
