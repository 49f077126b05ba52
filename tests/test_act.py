"""Changes to other processes: they reach the process that was meant, all its threads, and never another."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from explorer import act
from explorer.collect.scheduling import affinity, ioprio, processors
from explorer.decode.proc.stat import Stat, decode
from explorer.model.missing import Missing, Reason
from explorer.model.process import ProcessId
from explorer.resolve.system import System
from tests.fakeproc import FakeProc
from tests.ordinary import as_user, python

THREADS = """
import sys, threading, time
for _ in range(3):
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def system() -> Iterator[System]:
    made = System()
    yield made
    made.close()


@contextmanager
def child(*program: str) -> Iterator[tuple[ProcessId, subprocess.Popen[str]]]:
    """A process of ours and its identity; ended at the end."""
    argv = program or (sys.executable, "-c", THREADS)
    process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        if not program:
            assert process.stdout.readline() == "ready\n"
        yield ProcessId(process.pid, stat(process.pid).starttime), process
    finally:
        process.kill()
        process.communicate()


def stat(pid: int, tid: int = 0) -> Stat:
    path = f"/proc/{pid}/task/{tid}/stat" if tid else f"/proc/{pid}/stat"
    found = decode(Path(path).read_bytes())
    assert not isinstance(found, Missing)
    return found


def tasks(pid: int) -> list[int]:
    return [int(name) for name in os.listdir(f"/proc/{pid}/task")]


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_signal_arrives(system: System) -> None:
    with child("sleep", "60") as (who, process):
        assert act.send(system, who, signal.SIGTERM) is None
        assert process.wait(20) == -signal.SIGTERM


def test_a_process_is_stopped_and_goes_on(system: System) -> None:
    with child("sleep", "60") as (who, _):
        assert act.send(system, who, signal.SIGSTOP) is None
        until(lambda: stat(who.pid).state == "T")
        assert act.send(system, who, signal.SIGCONT) is None
        until(lambda: stat(who.pid).state == "S")


CHANGES: dict[str, Callable[[System, ProcessId], Missing | None]] = {
    "send": lambda system, who: act.send(system, who, signal.SIGKILL),
    "renice": lambda system, who: act.renice(system, who, 19),
    "set_ioprio": lambda system, who: act.set_ioprio(system, who, 3, 0),
    "set_affinity": lambda system, who: act.set_affinity(system, who, {min(os.sched_getaffinity(0))}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_pid_used_again_is_refused(system: System, name: str) -> None:
    """The pid lives, and is not the process that was meant: as after a reuse, its start time is another one."""
    with child() as (who, process):
        before = (stat(who.pid).nice, ioprio(who.pid), affinity(who.pid))
        refused = CHANGES[name](system, ProcessId(who.pid, who.start - 1))
        assert isinstance(refused, Missing)
        assert refused.reason is Reason.GONE
        assert "another process" in refused.detail
        assert process.poll() is None
        assert (stat(who.pid).nice, ioprio(who.pid), affinity(who.pid)) == before


@pytest.mark.parametrize("name", CHANGES)
def test_one_that_is_gone_is_said_to_be(system: System, name: str) -> None:
    with child("true") as (who, process):
        process.wait()
        refused = CHANGES[name](system, who)
        assert isinstance(refused, Missing)
        assert refused.reason is Reason.GONE


def test_a_pid_that_turns_into_another_process_in_the_middle_is_said(fakeproc: FakeProc) -> None:
    """The start time is compared after a change as well as before it."""
    with child("sleep", "60") as (who, _):
        raw = Path(f"/proc/{who.pid}/stat").read_bytes()
        other = raw.replace(f" {who.start} ".encode(), f" {who.start + 7} ".encode())
        fakeproc.file(f"{who.pid}/stat", raw)
        fakeproc.file(f"{who.pid}/task/{who.pid}/stat", raw)
        changed: list[int] = []

        def change(tid: int) -> None:
            changed.append(tid)
            fakeproc.file(f"{who.pid}/stat", other)

        refused = act._each_thread(fakeproc.system, who, change)
        assert isinstance(refused, Missing)
        assert (changed, refused.reason) == ([who.pid], Reason.GONE)


def test_nice_is_set_for_every_thread(system: System) -> None:
    with child() as (who, _):
        assert act.renice(system, who, 7) is None
        found = {stat(who.pid, tid).nice for tid in tasks(who.pid)}
        assert len(tasks(who.pid)) == 4
        assert found == {7}


def test_the_io_class_is_set_for_every_thread(system: System) -> None:
    with child() as (who, _):
        assert act.set_ioprio(system, who, 2, 6) is None
        assert {ioprio(tid) for tid in tasks(who.pid)} == {(2, 6)}
        assert act.set_ioprio(system, who, 3, 0) is None
        assert {ioprio(tid) for tid in tasks(who.pid)} == {(3, 0)}


@pytest.mark.oracle("ionice")
def test_ionice_sees_the_same_class(system: System) -> None:
    with child("sleep", "60") as (who, _):
        assert act.set_ioprio(system, who, 2, 5) is None
        assert subprocess.run(["ionice", "-p", str(who.pid)], capture_output=True, text=True).stdout.strip() == "best-effort: prio 5"


def test_processors_are_set_for_every_thread(system: System) -> None:
    one = frozenset({min(os.sched_getaffinity(0))})
    with child() as (who, _):
        assert act.set_affinity(system, who, one) is None
        assert {affinity(tid) for tid in tasks(who.pid)} == {one}


def test_processors_that_do_not_exist_are_refused_with_a_reason(system: System) -> None:
    with child("sleep", "60") as (who, _):
        refused = act.set_affinity(system, who, {1023})
        assert isinstance(refused, Missing)
        assert refused.reason is Reason.UNSUPPORTED
        assert isinstance(act.set_affinity(system, who, set()), Missing)
        assert isinstance(act.set_affinity(system, who, {-1}), Missing)


def test_processors_that_are_online_come_from_stat(fakeproc: FakeProc) -> None:
    fakeproc.file("stat", "cpu  1 2\ncpu0 1\ncpu2 1\ncpu17 1\nintr 5\n")
    assert processors(fakeproc.system) == (0, 2, 17)
    found = processors(System())
    assert not isinstance(found, Missing)
    assert set(os.sched_getaffinity(0)) <= set(found)


AS_SOMEBODY = """
import json, sys
from explorer import act
from explorer.model.process import ProcessId
from explorer.resolve.system import System
system, who = System(), ProcessId(int(sys.argv[1]), int(sys.argv[2]))
answers = [act.send(system, who, 15), act.renice(system, who, 5), act.set_ioprio(system, who, 3, 0), act.set_affinity(system, who, {0})]
print(json.dumps([(answer.reason.value, answer.cure) for answer in answers if answer is not None]))
system.close()
"""


@pytest.mark.root
def test_an_ordinary_user_is_told_who_could() -> None:
    with child("sleep", "60") as (who, process):
        argv = [*python(), "-c", AS_SOMEBODY, str(who.pid), str(who.start)]
        done = subprocess.run(argv, capture_output=True, text=True, **as_user())  # type: ignore[call-overload]
        assert json.loads(done.stdout) == [["denied", "root may"]] * 4
        assert process.poll() is None


LOWER = """
import os, sys
from explorer import act
from explorer.decode.proc.stat import decode
from explorer.model.process import ProcessId
from explorer.resolve.system import System
system = System()
who = ProcessId(os.getpid(), decode(system.proc.read(os.getpid(), "stat")).starttime)
print(act.renice(system, who, -5).cure)
system.close()
"""


@pytest.mark.root
def test_only_root_lowers_a_nice_value() -> None:
    done = subprocess.run([*python(), "-c", LOWER], capture_output=True, text=True, **as_user())  # type: ignore[call-overload]
    assert done.stdout.strip() == "root may (CAP_SYS_NICE)"
