"""resolve/parents.py"""

import os

import psutil

from explorer.model.origin import Ancestor
from explorer.resolve.parents import parents
from explorer.resolve.system import System
from tests.fakeproc import FakeProc

REST = " 1 1 0 -1 0 " + " ".join(["0"] * 42) + "\n"


def test_up_to_the_first(fakeproc: FakeProc) -> None:
    fakeproc.file("1/stat", "1 (init) S 0" + REST)
    fakeproc.file("5/stat", "5 (a) R 1 1 1 () S 1" + REST)
    fakeproc.file("9/stat", "9 (b) S 5" + REST)
    assert parents(fakeproc.system, 9) == (Ancestor(9, "b"), Ancestor(5, "a) R 1 1 1 ("), Ancestor(1, "init"))


def test_a_cycle_and_a_gap_end_it(fakeproc: FakeProc) -> None:
    fakeproc.file("5/stat", "5 (a) S 9" + REST)
    fakeproc.file("9/stat", "9 (b) S 5" + REST)
    assert [each.pid for each in parents(fakeproc.system, 9)] == [9, 5]
    fakeproc.file("7/stat", "7 (c) S 99" + REST)
    assert [each.pid for each in parents(fakeproc.system, 7)] == [7]
    assert parents(fakeproc.system, 0) == ()


def test_as_psutil_has_them(system: System) -> None:
    theirs = [parent.pid for parent in psutil.Process().parents()]
    assert [each.pid for each in parents(system, os.getppid())] == theirs
