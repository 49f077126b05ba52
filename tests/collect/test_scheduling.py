"""What the scheduler was told."""

import os

from explorer.collect.scheduling import affinity, ioprio, processors
from explorer.model.missing import Missing, Reason
from explorer.resolve.system import System
from tests.fakeproc import FakeProc

NOBODY = 2**22 + 1


def test_of_ourselves() -> None:
    assert affinity(os.getpid()) == frozenset(os.sched_getaffinity(0))
    found = ioprio(os.getpid())
    assert not isinstance(found, Missing)
    assert found[0] in range(4)


def test_of_nobody() -> None:
    for answer in (affinity(NOBODY), ioprio(NOBODY)):
        assert isinstance(answer, Missing)
        assert answer.reason is Reason.GONE


def test_processors_that_are_online_come_from_stat(fakeproc: FakeProc) -> None:
    fakeproc.file("stat", "cpu  1 2\ncpu0 1\ncpu2 1\ncpu17 1\nintr 5\ncpux 1\n")
    assert processors(fakeproc.system) == (0, 2, 17)
    found = processors(System())
    assert not isinstance(found, Missing)
    assert set(os.sched_getaffinity(0)) <= set(found)


def test_without_stat_the_reason_is_said(fakeproc: FakeProc) -> None:
    assert isinstance(processors(fakeproc.system), Missing)
