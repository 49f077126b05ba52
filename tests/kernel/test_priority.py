"""What the scheduler is told of a thread, on a child of ours."""

import os
import platform
import subprocess
from collections.abc import Iterator

import pytest

from explorer.kernel import priority
from explorer.model.missing import Reason, Unreadable


@pytest.fixture
def child() -> Iterator[int]:
    process = subprocess.Popen(["sleep", "60"])
    yield process.pid
    process.kill()
    process.wait()


def test_nice(child: int) -> None:
    priority.set_nice(child, 11)
    assert os.getpriority(os.PRIO_PROCESS, child) == 11


def test_io_class_and_level(child: int) -> None:
    for kind, level in ((2, 0), (2, 7), (3, 0)):
        priority.set_ioprio(child, kind, level)
        assert priority.ioprio(child) == (kind, level)


def test_processors(child: int) -> None:
    one = frozenset({max(os.sched_getaffinity(0))})
    priority.set_affinity(child, one)
    assert priority.affinity(child) == one == os.sched_getaffinity(child)


NOBODY = 2**22 + 1


def test_no_such_thread_is_gone() -> None:
    for ask in (
        lambda: priority.set_nice(NOBODY, 1),
        lambda: priority.set_ioprio(NOBODY, 2, 1),
        lambda: priority.ioprio(NOBODY),
        lambda: priority.set_affinity(NOBODY, {0}),
        lambda: priority.affinity(NOBODY),
    ):
        with pytest.raises(Unreadable) as gone:
            ask()
        assert gone.value.missing.reason is Reason.GONE


def test_what_no_machine_has_is_refused(child: int) -> None:
    for cpus in ({1023}, set[int](), {-1}, {2**40}):
        with pytest.raises(Unreadable) as refused:
            priority.set_affinity(child, cpus)
        assert refused.value.missing.reason is Reason.UNSUPPORTED
    with pytest.raises(Unreadable):
        priority.set_ioprio(child, 7, 0)


def test_an_architecture_without_known_numbers_says_so(child: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "pdp11")
    with pytest.raises(Unreadable) as refused:
        priority.ioprio(child)
    assert refused.value.missing.reason is Reason.UNSUPPORTED
