"""Threads as rows under their process."""

import os
import threading
from dataclasses import replace

import pytest

from explorer.collect.listing import listing
from explorer.collect.tasks import SHORTEST, Tasks, threads
from explorer.model.process import ProcessId
from explorer.model.snapshot import Process
from explorer.resolve.system import System
from tests.fakeproc import FakeProc

PROCESS = Process(
    id=ProcessId(7, 100), ppid=1, comm="it", argv=("it",), state="S", pgrp=7, session=7, tty="?", flags=0, utime=0, stime=0, priority=20,
    nice=0, threads=2, vsize=4096, rss=8192, uid=0, user="root",
)  # fmt: skip


def task(fakeproc: FakeProc, tid: int, *, used: int = 0, start: int = 100, comm: str = "worker") -> None:
    fakeproc.file(f"7/task/{tid}/stat", f"{tid} ({comm}) S 1 7 7 0 -1 0 0 0 0 0 {used} 0 0 0 20 0 2 0 {start} 4096 2 0" + " 0" * 27)


@pytest.fixture
def two(fakeproc: FakeProc) -> FakeProc:
    task(fakeproc, 7)
    task(fakeproc, 8, used=10)
    return fakeproc


def test_rows_hang_under_their_process_without_its_leader(two: FakeProc) -> None:
    rows = threads(two.system, [PROCESS], 1000.0)
    assert list(rows) == [8]
    row = rows[8]
    assert (row.id, row.ppid, row.thread_of, row.comm, row.argv) == (ProcessId(8, 100), 7, 7, "worker", ())
    assert (row.uid, row.user, row.cpu) == (0, "root", 0.0)


def test_a_process_of_one_thread_is_not_looked_at(two: FakeProc) -> None:
    assert threads(two.system, [replace(PROCESS, threads=1)], 1000.0) == {}


def test_shares_are_over_the_time_between_two_looks(two: FakeProc) -> None:
    tasks = Tasks(two.system)
    assert tasks.rows([PROCESS], 1000.0)[8].cpu == 0.0
    task(two, 8, used=60)
    assert tasks.rows([PROCESS], 1001.0)[8].cpu == pytest.approx(50.0)
    task(two, 8, used=70)
    assert tasks.rows([PROCESS], 1001.0 + SHORTEST / 2)[8].cpu == pytest.approx(50.0), "too soon to tell"
    task(two, 8, used=10_000)
    assert tasks.rows([PROCESS], 1002.0)[8].cpu == 100.0


def test_an_unchanged_thread_is_the_same_object(two: FakeProc) -> None:
    tasks = Tasks(two.system)
    first = tasks.rows([PROCESS], 1000.0)[8]
    assert tasks.rows([PROCESS], 1001.0)[8] is first
    task(two, 8, used=10, comm="other")
    assert tasks.rows([PROCESS], 1002.0)[8].comm == "other"


def test_a_tid_that_is_used_again_begins_anew(two: FakeProc) -> None:
    tasks = Tasks(two.system)
    tasks.rows([PROCESS], 1000.0)
    task(two, 8, used=500, start=200)
    row = tasks.rows([PROCESS], 1001.0)[8]
    assert (row.cpu, row.id) == (0.0, ProcessId(8, 200))


def test_what_is_gone_or_not_understood_is_no_row(two: FakeProc) -> None:
    tasks = Tasks(two.system)
    tasks.rows([PROCESS], 1000.0)
    two.file("7/task/8/stat", "nonsense")
    assert tasks.rows([PROCESS], 1001.0) == {}
    (two.root / "7/task/8/stat").unlink()
    assert tasks.rows([PROCESS], 1002.0) == {}
    assert threads(two.system, [replace(PROCESS, id=ProcessId(9, 1))], 1000.0) == {}


def test_a_living_thread(system: System) -> None:
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        ours = listing(system, pids=[os.getpid()]).processes[os.getpid()]
        row = threads(system, [ours], 1000.0)[thread.native_id or 0]
        assert (row.thread_of, row.uid, row.rss > 0) == (os.getpid(), os.geteuid(), True)
    finally:
        over.set()
        thread.join()
