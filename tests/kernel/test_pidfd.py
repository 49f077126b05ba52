"""A hold on one process."""

import os
import signal
import subprocess

import pytest

from explorer.kernel.pidfd import Pidfd
from explorer.model.missing import Reason, Unreadable


def test_it_signals_the_process_that_it_holds_and_lets_go() -> None:
    with subprocess.Popen(["sleep", "60"]) as child:
        with Pidfd(child.pid) as held:
            held.send(signal.SIGTERM)
            fd = held.fd
        assert child.wait() == -signal.SIGTERM
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(fd)


def test_one_that_was_held_and_ended_is_gone_whoever_has_its_pid() -> None:
    child = subprocess.Popen(["sleep", "60"])
    with Pidfd(child.pid) as held:
        child.kill()
        child.wait()
        with pytest.raises(Unreadable) as gone:
            held.send(signal.SIGTERM)
    assert gone.value.missing.reason is Reason.GONE


@pytest.mark.parametrize("pid", [2**22 + 1, 0, -1])
def test_no_process_cannot_be_held(pid: int) -> None:
    with pytest.raises(Unreadable):
        Pidfd(pid)
