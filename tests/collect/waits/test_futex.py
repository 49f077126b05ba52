"""collect/waits/futex.py: locks of every sort, seen in living processes."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.collect.glance import Glance
from explorer.collect.waits.futex import of_registers
from explorer.resolve.system import System
from tests.collect.threads import wait_of
from tests.specimens.waits import Waits


def test_each_of_a_deadlocked_pair_says_whom_it_waits_for(system: System) -> None:
    with Waits("deadlock") as it:
        left, right = it.tids
        for one, other, name in ((left, right, "right"), (right, left, "left")):
            wait = wait_of(system, it.pid, one, lambda found: found.hopeless)
            assert re.fullmatch(rf"waits for the mutex at 0x[0-9a-f]+, held by {other} {name}", wait.text)
            assert any(more.startswith("a deadlock: ") and str(one) in more and str(other) in more for more in wait.more)
            assert [(party.tid, party.pid, party.role) for party in wait.parties] == [(other, it.pid, "owner")]
            assert wait.due is None


@pytest.mark.parametrize(("kind", "sort"), [("held", "mutex"), ("robust", "lock"), ("inheriting", "priority-inheriting lock")])
def test_owner_and_the_others_who_wait(system: System, kind: str, sort: str) -> None:
    with Waits(kind) as it:
        wait = wait_of(system, it.pid, it.tids[0], lambda found: len(found.parties) == 5)
        assert f"waits for the {sort} at 0x" in wait.text
        assert wait.text.endswith(f"held by {it.owner} owner")
        assert wait.more[0] == f"{it.owner} owner is itself in clock_nanosleep (S)"
        assert {party.tid for party in wait.parties if party.role == "waiter"} == set(it.tids[1:])
        assert not wait.hopeless


def test_a_lock_that_the_thread_holds_itself(system: System) -> None:
    with Waits("own") as it:
        wait = wait_of(system, it.pid, it.tids[0])
        assert wait.text.endswith("that it holds itself: a deadlock")
        assert wait.hopeless


def test_a_lock_whose_owner_has_ended(system: System) -> None:
    with Waits("abandoned") as it:
        wait = wait_of(system, it.pid, it.tids[0])
        assert wait.text.endswith(f"held by {it.owner}")
        assert f"{it.owner} has ended and never gave it back" in wait.more
        assert wait.hopeless


def test_the_writer_of_a_read_write_lock(system: System) -> None:
    with Waits("rwlock") as it:
        for tid in it.tids:
            assert wait_of(system, it.pid, tid).text.endswith(f"held by {it.owner} writer")


def test_a_condition_names_nobody(system: System) -> None:
    with Waits("condition") as it:
        wait = wait_of(system, it.pid, it.tids[0])
        assert "a condition, semaphore or the like" in wait.text
        assert wait.parties == ()
        assert not wait.hopeless


def test_a_lock_in_memory_that_processes_share(system: System) -> None:
    with Waits("shared") as it:
        first, second = it.children
        wait = wait_of(system, first, ready=lambda found: len(found.parties) == 2)
        assert f"held by {it.pid} " in wait.text
        assert [(party.pid, party.role) for party in wait.parties] == [(it.pid, "owner"), (second, "waiter")]


def test_joining_a_thread(system: System) -> None:
    with Waits("join") as it:
        wait = wait_of(system, it.pid, it.tids[0])
        assert wait.text.startswith(f"waits for its thread {it.other} ")
        assert wait.parties[0].pid == it.pid


REGISTERS = st.tuples(*[st.integers(0, (1 << 64) - 1)] * 6)


@settings(max_examples=50, deadline=None)
@given(st.sampled_from([202, 98, 240, 449, 455]), REGISTERS, st.sampled_from(["x86_64", "i386", "aarch64"]))
def test_registers_never_raise(number: int, args: tuple[int, ...], arch: str) -> None:
    of_registers(number, args, arch)


def test_calls_that_do_not_wait_are_none() -> None:
    wake = 1
    assert of_registers(202, (0x1000, wake, 1, 0, 0, 0), "x86_64") is None
    assert of_registers(0, (0, 0, 0, 0, 0, 0), "x86_64") is None


@pytest.mark.root
def test_in_another_pid_namespace_threads_have_other_numbers(system: System) -> None:
    with Waits("deadlock", namespace=True) as it:
        pid = it.outside()
        ours = [tid for tid in Glance(system, pid).tids if tid != pid]
        assert len(ours) == 2
        assert not set(it.tids) & set(ours)
        wait = wait_of(system, pid, ours[0], lambda found: found.hopeless)
        assert wait.text.endswith(f"held by {ours[1]} right")
        assert f"a deadlock: {ours[0]} left waits for {ours[1]} right waits for {ours[0]} left" in wait.more


@pytest.mark.root
def test_children_of_another_pid_namespace(system: System) -> None:
    with Waits("stopped_child", namespace=True) as it:
        pid = it.outside()
        (child,) = Glance(system, pid).children()
        wait = wait_of(system, pid)
        assert wait.text.startswith(f"waits for {child} ")
        assert wait.text.endswith("that one is stopped (T)")
