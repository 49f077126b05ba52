"""A copy in a process of its own: what it tells, and that it ends."""

import errno
import os
import signal
import time
from pathlib import Path

import pytest

from explorer.kernel.copying import GONE, Copying, Told
from explorer.model.missing import Unreadable
from tests.loopback import until


def begun(tmp_path: Path, held: int, identity: tuple[int, int] | None = None) -> Copying:
    file = os.fstat(held)
    target = os.open(tmp_path / "to", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        return Copying(f"/proc/{os.getpid()}/fd/{held}", identity or (file.st_dev, file.st_ino), target)
    finally:
        os.close(target)


def ended(copying: Copying) -> Told:
    end = time.monotonic() + 30
    while (told := copying.wait(0.2)).letter == b"r":
        assert time.monotonic() < end
    copying.stop()
    return told


def test_it_is_copied_and_the_copier_is_gone(tmp_path: Path) -> None:
    (tmp_path / "from").write_bytes(b"abc" * 1000)
    with (tmp_path / "from").open("rb") as held:
        (tmp_path / "from").unlink()
        copying = begun(tmp_path, held.fileno())
        assert ended(copying) == Told(b"d", 0, 3000, 3000, 3000)
    assert (tmp_path / "to").read_bytes() == b"abc" * 1000
    until(lambda: not Path(f"/proc/{copying.pid}").exists() or "Z" in Path(f"/proc/{copying.pid}/stat").read_text(), "it ends")


def test_another_file_is_not_copied(tmp_path: Path) -> None:
    (tmp_path / "from").write_bytes(b"abc")
    with (tmp_path / "from").open("rb") as held:
        told = ended(begun(tmp_path, held.fileno(), (1, 1)))
    assert (told.letter, told.error, told.offset) == (b"e", errno.ESTALE, 0)


def test_a_copier_that_somebody_ends_is_told_as_broken_off(tmp_path: Path) -> None:
    with (tmp_path / "from").open("wb") as large:
        large.truncate(1 << 16)
    with (tmp_path / "from").open("rb") as held:
        copying = begun(tmp_path, held.fileno())
        os.kill(copying.pid, signal.SIGKILL)
        told = ended(copying)
    assert told.letter == b"d" or told.error == GONE


def test_the_file_itself_may_be_closed_once_it_is_begun(tmp_path: Path) -> None:
    content = os.urandom(24 << 20)
    (tmp_path / "from").write_bytes(content)
    with (tmp_path / "from").open("rb") as held:
        (tmp_path / "from").unlink()
        copying = begun(tmp_path, held.fileno())
        until(lambda: copying.wait(0.05).offset > 0, "it has begun")
    assert ended(copying).letter == b"d"
    assert (tmp_path / "to").read_bytes() == content


def test_no_process_can_be_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object) -> int:
        raise BlockingIOError(errno.EAGAIN, "no more")

    monkeypatch.setattr("explorer.kernel.copying.spawn", refuses)
    before = len(os.listdir("/proc/self/fd"))
    with (tmp_path / "from").open("w+b") as held, pytest.raises(Unreadable):
        begun(tmp_path, held.fileno())
    assert len(os.listdir("/proc/self/fd")) == before
