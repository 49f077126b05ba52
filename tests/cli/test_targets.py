"""cli/targets.py"""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.cli.targets import targets
from explorer.resolve.system import System
from tests.fakeproc import FakeProc


@pytest.fixture
def named(fakeproc: FakeProc) -> Iterator[System]:
    for pid, comm, cmdline in (
        (811, "nginx", "nginx: master process /usr/sbin/nginx"),
        (812, "nginx", "nginx: worker process"),
        (900, "python3.11", "gunicorn: master [shop]"),
        (901, "a-very-long-nam", "/opt/a-very-long-name\0-x"),
    ):
        fakeproc.file(f"{pid}/comm", f"{comm}\n")
        fakeproc.file(f"{pid}/cmdline", f"{cmdline}\0")
        fakeproc.file(f"{pid}/status", f"Name:\t{comm}\nTgid:\t{pid}\nPid:\t{pid}\n")
    fakeproc.file("815/status", "Name:\tpool\nTgid:\t812\nPid:\t815\n")
    system = fakeproc.system
    yield system
    system.close()


def test_pids_names_and_both_at_once(named: System) -> None:
    assert targets(named, ["812"]).pids == (812,)
    assert targets(named, ["nginx"]).pids == (811, 812)
    assert targets(named, ["900", "nginx"], ["812,901"]).pids == (900, 812, 901, 811)
    assert targets(named, [], [], ["nginx"]).pids == (811, 812)


def test_a_name_that_comm_has_not_or_cut(named: System) -> None:
    assert targets(named, ["gunicorn"]).pids == (900,)
    assert targets(named, ["a-very-long-name"]).pids == (901,)


def test_a_thread_id_says_so(named: System) -> None:
    found = targets(named, ["815"])
    assert found.pids == (812,)
    assert found.remarks == ("815 is a thread of 812 nginx",)


def test_what_is_not_there_is_one_sentence(named: System) -> None:
    found = targets(named, ["999", "nobody", ""], ["x,99999999999"])
    assert found.pids == ()
    assert [str(missing).partition(";")[0] for missing in found.missing] == [
        "there is no process 999",
        "x is no PID",
        "99999999999 is no PID",
        "no process is called nobody",
        "no process is called (nothing)",
    ]


def test_living_threads_and_never_ourselves() -> None:
    system, done = System(), threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert targets(system, [str(thread.native_id)]).pids == (os.getpid(),)
        assert os.getpid() not in targets(system, [Path("/proc/self/comm").read_text().strip()]).pids
    finally:
        done.set()
        thread.join()
        system.close()
