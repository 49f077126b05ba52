"""collect/now.py"""

import os
import subprocess
from collections.abc import Callable

import pytest

from explorer.collect.now import LOOKS, choose, now
from explorer.collect.samples import Samples, Seen
from explorer.decode.proc.stat import decode
from explorer.model.missing import Missing, Reason
from explorer.model.process import ProcessId
from explorer.model.stack import Age, Doing, Now
from explorer.resolve.system import System
from tests.collect.threads import entry
from tests.loopback import until
from tests.specimens.waits import Waits


def seen(tid: int, state: str, age: float = 0.0) -> Seen:
    stat = decode(f"{tid} (x) {state} 1\n".encode())
    assert not isinstance(stat, Missing)
    return Seen(tid, stat, None, Doing.RUNNING, Age(age), 0.0)


def test_which_thread_says_most() -> None:
    leader, sleeper, runner, second = seen(1, "S", 99), seen(2, "S", 500), seen(3, "R"), seen(4, "R")
    short, long = seen(5, "D", 1), seen(6, "D", 50)
    assert choose([leader, short, long, runner, second], 1) is runner
    assert choose([leader, short, long], 1) is long
    assert choose([leader, sleeper], 1) is leader
    assert choose([seen(1, "Z"), leader, sleeper], 1) is sleeper
    ended = seen(1, "Z")
    assert choose([ended], 1) is ended
    assert choose([], 1) is None


def now_of(system: System, pid: int, ready: Callable[[Now], bool]) -> Now:
    def look() -> Now | None:
        found = now(system, pid)
        return found if isinstance(found, Now) and ready(found) else None

    found = until(look, f"now of {pid}")
    assert found is not None
    return found


def test_a_running_thread_before_the_leader(system: System) -> None:
    with Waits("spin") as it:
        # The leader runs a little itself until it sleeps.
        found = now_of(system, it.pid, lambda one: one.thread.runs and one.thread.tid == it.tids[0])
        assert found.others == 1


def test_a_leader_that_ended_while_others_live(system: System) -> None:
    with Waits("leaderless") as it:
        assert now_of(system, it.pid, lambda one: one.thread.call is not None).thread.tid == it.tids[0]


def test_a_zombie(system: System) -> None:
    ended = subprocess.Popen(["true"])
    try:
        found = now_of(system, ended.pid, lambda one: one.thread.doing is Doing.ENDED)
        assert (found.thread.state, found.others) == ("Z", 0)
    finally:
        ended.wait()
    gone = now(system, ended.pid)
    assert isinstance(gone, Missing)
    assert gone.reason is Reason.GONE


def test_a_pid_that_is_somebody_else_now(system: System) -> None:
    found = now(system, ProcessId(os.getpid(), 1))
    assert isinstance(found, Missing)
    assert found.reason is Reason.GONE


def test_of_thousands_of_threads_only_some_are_looked_at_in_a_tick(system: System) -> None:
    samples, who = Samples(), ProcessId(1, 0)
    tids = tuple(range(1, 5001))
    turns = [samples.some(who, tids, LOOKS) for _ in range(5000 // (LOOKS - 1) + 2)]
    assert {len(turn) for turn in turns} == {LOOKS}
    assert all(turn[0] == 1 for turn in turns)
    assert {tid for turn in turns for tid in turn} == set(tids)
    with Waits("crowd", "1000") as it:
        for _ in range(7):
            found = now(system, it.pid, samples)
            assert isinstance(found, Now)
            assert found.others == 1000


@pytest.mark.oracle("gcc")
def test_a_spinner(system: System) -> None:
    with entry("spin") as pid:
        found = now_of(system, pid, lambda one: one.thread.doing is Doing.USER)
        assert found.thread.age is None
