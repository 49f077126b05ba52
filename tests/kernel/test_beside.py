"""kernel/beside.py; more of it through kernel/reader.py."""

import os
import signal
from pathlib import Path

import pytest

from explorer.kernel import beside
from explorer.kernel.beside import Beside, Gone, Late, reap
from explorer.kernel.frames import REQUEST
from tests.loopback import until


def ask(path: bytes, op: bytes = b"r", limit: int = 100) -> bytes:
    return REQUEST.pack(op, limit, 0, len(path)) + path


def test_answers_in_order() -> None:
    child = Beside()
    found = list(child.answers(ask(b"/proc/self/comm") + ask(b"/nowhere") + ask(b"/", b"s"), 3, 10))
    assert [error for error, _ in found] == [0, 2, 0]
    assert found[0][1] in {b"python\n", found[0][1]}
    child.discard()
    child.discard()
    assert not os.path.exists(f"/proc/{child.pid}")


def test_late_and_gone_are_told_apart() -> None:
    stopped, killed = Beside(), Beside()
    os.kill(stopped.pid, signal.SIGSTOP)
    with pytest.raises(Late):
        list(stopped.answers(ask(b"/"), 1, 0.05))
    os.kill(killed.pid, signal.SIGKILL)
    until(lambda: Path(f"/proc/{killed.pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z", "its end")
    with pytest.raises(Gone):
        list(killed.answers(ask(b"/"), 1, 10))
    stopped.discard()
    killed.discard()


def test_interrupted_from_another_thread() -> None:
    child = Beside()
    os.kill(child.pid, signal.SIGSTOP)
    child.interrupt()
    with pytest.raises(Late):
        list(child.answers(ask(b"/"), 1, 60))
    child.discard()
    child.interrupt()


def test_one_that_no_signal_reaches_is_kept_in_mind(monkeypatch: pytest.MonkeyPatch) -> None:
    child = Beside()
    monkeypatch.setattr(os, "kill", lambda *_: None)
    # It ends by itself: nobody holds the other end of its standard error any more.
    child.discard()

    def reaped() -> bool:
        reap()
        return child.pid not in beside.LEFT

    until(reaped, "it to be reaped")


def test_in_a_session_of_its_own() -> None:
    """Ctrl-C in our terminal is not for it."""
    child = Beside()
    assert os.getsid(child.pid) == child.pid
    child.discard()
