"""A row of the table from what /proc says."""

import mmap
import os

import pytest

from explorer.collect.rows import closed, has_no_argv, owner, row, understood
from explorer.decode.proc.stat import Stat
from explorer.model.missing import Missing, Reason
from explorer.model.process import ProcessId
from explorer.resolve.system import System
from tests.fakeproc import FakeProc

DENIED = Missing(Reason.DENIED, "/proc/7/stat")


def stat(pid: int = 7, state: str = "S", flags: int = 0, exit_code: int = 0, named: int = 0) -> Stat:
    rest = ["0"] * 50
    values = {
        0: state,
        1: 3,
        2: 4,
        3: 5,
        4: 136 << 8 | 2,
        6: flags,
        11: 70,
        12: 30,
        15: 25,
        16: 5,
        17: 2,
        19: 900,
        20: 8192,
        21: 3,
        49: exit_code,
    }
    for place, value in values.items():
        rest[place] = str(value)
    found = understood(pid, f"{named or pid} (a) (b) {' '.join(rest)}\n".encode())
    assert isinstance(found, Stat)
    return found


def test_every_field_of_a_row(system: System) -> None:
    made = row(system, stat(), ("x", ""), 0, 12.5)
    assert (made.id, made.ppid, made.comm, made.argv, made.state) == (ProcessId(7, 900), 3, "a) (b", ("x", ""), "S")
    assert (made.pgrp, made.session, made.tty, made.flags) == (4, 5, "pts/2", 0)
    assert (made.utime, made.stime, made.priority, made.nice, made.threads) == (70, 30, 25, 5, 2)
    assert (made.vsize, made.rss) == (8192, 3 * mmap.PAGESIZE)
    assert (made.uid, made.user, made.cpu, made.thread_of, made.exit_code) == (0, "root", 12.5, 0, 0)


def test_a_thread_hangs_under_its_process(system: System) -> None:
    made = row(system, stat(), (), 0, tgid=6)
    assert (made.thread_of, made.ppid) == (6, 6)


@pytest.mark.parametrize(("state", "told"), [("Z", 256), ("X", 256), ("S", 0), ("R", 0)])
def test_only_one_that_ended_has_an_exit_code(system: System, state: str, told: int) -> None:
    assert row(system, stat(state=state, exit_code=256), (), 0).exit_code == told


def test_an_owner_that_is_not_known(system: System) -> None:
    made = row(system, stat(), DENIED, Missing(Reason.GONE))
    assert (made.user, made.argv) == ("?", DENIED)


def test_the_folder_says_whose_stat_it_is() -> None:
    """In another pid namespace stat may name another pid (0 for one outside)."""
    assert stat(7, named=99).pid == 7
    assert isinstance(understood(7, b"nonsense"), Missing)


def test_one_that_may_not_be_read_is_there_and_says_why() -> None:
    made = closed(7, DENIED, 33, "www-data")
    assert (made.id, made.uid, made.user, made.argv) == (ProcessId(7, 0), 33, "www-data", DENIED)
    assert (made.state, made.comm, made.tty) == ("?", "?", "?")
    assert not made.is_kernel_thread


def test_the_owner_is_that_of_the_folder(fakeproc: FakeProc, system: System) -> None:
    fakeproc.file("7/stat", "")
    assert owner(fakeproc.system, 7) == os.geteuid()
    assert owner(system, os.getpid()) == os.geteuid()
    gone = owner(fakeproc.system, 8)
    assert isinstance(gone, Missing)
    assert gone.reason is Reason.GONE


@pytest.mark.parametrize(("state", "flags", "none"), [("S", 0, False), ("S", 0x00200000, True), ("Z", 0, True), ("x", 0, True)])
def test_who_has_no_arguments(system: System, state: str, flags: int, none: bool) -> None:
    told = stat(state=state, flags=flags)
    assert has_no_argv(told) is none
    assert has_no_argv(row(system, told, (), 0)) is none
