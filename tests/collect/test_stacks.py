"""collect/stacks.py and collect/thread.py"""

import os
import threading

from explorer.collect.stacks import order, stacks
from explorer.model.missing import Missing, Reason
from explorer.model.process import ProcessId
from explorer.model.stack import Age, Doing, Stacks, Thread
from explorer.resolve.system import System
from tests.collect.threads import thread_of
from tests.fakeproc import FakeProc
from tests.loopback import until
from tests.specimens.waits import Waits


def test_blocked_then_running_then_by_how_long() -> None:
    def one(tid: int, state: str, doing: Doing, age: float = 0.0) -> Thread:
        return Thread(tid, "x", state, doing=doing, age=Age(age), looked=100)

    call = Doing.CALL
    threads = [one(1, "S", call, 5), one(2, "S", call, 50), one(3, "R", Doing.USER), one(4, "D", call, 1), one(5, "", Doing.UNREAD)]
    threads += [one(6, "Z", Doing.ENDED), one(7, "S", call, 0.5), one(8, "S", call, 0.9)]
    assert [one.tid for one in sorted(threads, key=lambda one: order(one, 100))] == [4, 3, 2, 1, 7, 8, 5, 6]


def test_every_thread_with_its_call(system: System) -> None:
    with Waits("held") as it:
        thread_of(system, it.pid, it.tids[-1])
        found = stacks(system, it.pid)
        assert isinstance(found, Stacks)
        assert {one.tid for one in found.threads} == {it.pid, it.owner, *it.tids}
        assert found.looked == 7
        names = {one.tid: one.call.name for one in found.threads if one.call}
        assert names == {it.pid: names[it.pid], it.owner: "clock_nanosleep"} | dict.fromkeys(it.tids, "futex")
        assert {one.comm for one in found.threads} >= {"owner", "pool-0", "pool-4"}


def test_as_the_kernel_says_it(system: System) -> None:
    with Waits("sleep", "100") as it:
        thread = thread_of(system, it.pid)
        assert thread.wchan == open_text(f"/proc/{it.pid}/wchan") or thread.wchan == ""
        if isinstance(thread.frames, Missing):
            assert os.geteuid() != 0
            assert thread.frames.reason is Reason.DENIED
            assert "sudo procdive stack" in thread.frames.cure
        else:
            said = open_text(f"/proc/{it.pid}/stack").splitlines()
            assert [f"{one.symbol}+{one.offset:#x}/{one.size:#x}" for one in thread.frames] == [line.split()[-1] for line in said]


def open_text(path: str) -> str:
    with open(path) as file:
        return file.read()


def test_a_refresh_goes_on_where_its_time_was_up(system: System) -> None:
    with Waits("crowd", "300") as it:
        first = stacks(system, it.pid, budget=0.0)
        assert isinstance(first, Stacks)
        assert len(first.threads) == 301
        assert 1 <= first.looked < 300
        unread = [one.tid for one in first.threads if one.doing is Doing.UNREAD]
        second = stacks(system, it.pid, earlier=first, visible=unread[-1:], budget=0.0)
        assert isinstance(second, Stacks)
        read = {one.tid for one in second.threads if one.doing is not Doing.UNREAD}
        assert unread[-1] in read
        facts: Stacks = second

        def all_read() -> bool:
            nonlocal facts
            found = stacks(system, it.pid, earlier=facts, budget=0.02)
            assert isinstance(found, Stacks)
            facts = found
            return all(one.doing is not Doing.UNREAD for one in facts.threads)

        until(all_read, "every thread to have its turn", 60)


def test_gone_and_somebody_else(system: System, fakeproc: FakeProc) -> None:
    for found in (stacks(system, 1 << 22), stacks(system, ProcessId(os.getpid(), 1)), stacks(fakeproc.system, 7)):
        assert isinstance(found, Missing)
        assert found.reason is Reason.GONE


def test_a_kernel_thread_is_one(fakeproc: FakeProc) -> None:
    flags = 0x00208040
    fakeproc.file("41/stat", f"41 (kworker/1:1) I 2 0 0 0 -1 {flags} 0\n")
    fakeproc.file("41/task/41/stat", f"41 (kworker/1:1) I 2 0 0 0 -1 {flags} 0\n")
    fakeproc.file("41/task/41/status", "voluntary_ctxt_switches:\t5\n")
    fakeproc.file("41/task/41/syscall", "0 0x0 0x0 0x0 0x0 0x0 0x0 0x0 0x0\n")
    fakeproc.file("41/task/41/wchan", "worker_thread")
    found = stacks(fakeproc.system, 41)
    assert isinstance(found, Stacks)
    assert [(one.doing, one.call, one.wchan) for one in found.threads] == [(Doing.KERNEL_THREAD, None, "worker_thread")]


def test_our_own_threads(system: System) -> None:
    end = threading.Event()
    waiting = threading.Thread(target=end.wait)
    waiting.start()
    try:
        assert waiting.native_id is not None
        assert thread_of(system, os.getpid(), waiting.native_id, lambda one: one.call is not None).call is not None
    finally:
        end.set()
        waiting.join()


def test_case_18_threads_that_end_while_we_look(system: System) -> None:
    with Waits("churn") as it:
        for _ in range(200):
            found = stacks(system, it.pid)
            assert isinstance(found, Stacks)
            assert it.pid in {one.tid for one in found.threads}
