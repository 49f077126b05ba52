"""The walk over all open files on this kernel: the same descriptors as /proc tells, of processes that hold one thing each."""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import replace

import pytest

from explorer.collect import everything
from explorer.collect.everything import at_once, one_by_one
from explorer.decode.fd.timerfd import TimerFd
from explorer.kernel.bpf.support import unsupported
from explorer.model.fd import Fd
from explorer.model.held import USUAL, Held
from explorer.model.missing import Missing
from explorer.resolve.system import System
from tests.engines import bpf
from tests.engines.watched import SLOWER, TREE, until
from tests.specimens.holds import Holds

pytestmark = [pytest.mark.root, pytest.mark.timeout(100 * SLOWER), pytest.mark.xdist_group("engines")]
KINDS = (
    "eventfd", "eventpoll", "timerfd", "signalfd", "pidfd", "memfd", "pipe", "shared_listener", "tcp", "udp", "namespace", "anonymous",
    "devices",
)  # fmt: skip
WALK = """
import sys
from explorer.kernel.bpf.walks import Walks
walks = Walks()
begun = walks.files()
next(begun)
print("walks", flush=True)
sys.stdin.read()
"""


def walk() -> None:
    """Skips the test where programs cannot run here, or fails it where they have to."""
    why = unsupported()
    if why is not None:
        said = f"{why.detail}; {why.cure}"
        if os.environ.get("PROCDIVE_REQUIRE_ENGINES"):
            pytest.fail(said)
        pytest.skip(said)


def told(held: Held) -> dict[int, Fd] | Missing:
    """By number; a timer's remaining time is another one whenever it is read."""
    if isinstance(held.fds, Missing):
        return held.fds
    return {fd.number: replace(fd, value=0.0, info=()) if isinstance(fd, TimerFd) else fd for fd in held.fds}


def test_the_same_descriptors_as_by_proc(monkeypatch: pytest.MonkeyPatch) -> None:
    walk()
    monkeypatch.setattr(everything, "PATIENT", 60 * SLOWER)
    system = System()
    system.reader.deadline = 10 * SLOWER
    try:
        with ExitStack() as stack:
            pids: dict[int, str] = {}
            for kind in KINDS:
                try:
                    pids[stack.enter_context(Holds(kind)).pid] = kind
                except pytest.skip.Exception:
                    continue
            walked = {held.process.pid: held for held in at_once(system, list(pids), USUAL)}
            read = {held.process.pid: held for held in one_by_one(system, sorted(pids), USUAL, 0)}
            assert len(pids) > len(KINDS) // 2
            assert walked.keys() == read.keys() == pids.keys()
            for pid, kind in pids.items():
                assert told(walked[pid]) == told(read[pid]), kind
                assert (walked[pid].process, walked[pid].comm, walked[pid].uid) == (read[pid].process, read[pid].comm, read[pid].uid), kind
    finally:
        system.close()


def test_a_killed_walk_leaves_nothing() -> None:
    walk()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TREE), *sys.path])}
    with subprocess.Popen([sys.executable, "-c", WALK], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=TREE, env=environment) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"walks\n"
        objects = bpf.held(holder.pid)
        assert {kind for kind, _ in objects} >= {"prog", "map"}
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        until(lambda: not any(bpf.exists(each) for each in objects), f"{objects} to be gone")
