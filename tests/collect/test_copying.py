"""A copy of a file that was looked at, to its end or to where it broke off."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer import keep
from explorer.collect.copying import Copy
from explorer.kernel.copying import Told
from explorer.model.copied import Copied
from explorer.model.missing import Missing, Reason
from explorer.model.peek import Peeked
from explorer.resolve.system import System


@pytest.fixture
def system() -> Iterator[System]:
    made = System()
    yield made
    made.close()


def begun(system: System, pid: int, number: int, target: Path, identity: tuple[int, int] | None = None) -> Copy:
    file = os.stat(f"/proc/{pid}/fd/{number}")
    look = Peeked(number, "x", "w", 0, file.st_size, 0, 0, b"", identity=identity or (file.st_dev, file.st_ino))
    made = keep.anew(str(target))
    assert not isinstance(made, Missing)
    return Copy(system, pid, look, *made)


def ended(copy: Copy) -> Copied:
    for _ in range(200):
        if (found := copy.step()).done:
            copy.stop()
            return found
    raise AssertionError("it does not end")


def test_the_process_may_end_meanwhile(system: System, tmp_path: Path) -> None:
    content = os.urandom(32 << 20)
    with (tmp_path / "gone").open("w+b") as file:
        file.write(content)
        file.flush()
        started = subprocess.Popen(["sleep", "600"], stdin=file)
        (tmp_path / "gone").unlink()
    copy = begun(system, started.pid, 0, tmp_path / "saved")
    while not copy.step().copied:
        pass
    started.kill()
    started.wait()
    found = ended(copy)
    assert (found.copied, found.size, found.written, found.left, found.why) == (len(content), len(content), len(content), 0, None)
    assert found.place == str(tmp_path / "saved")
    assert (tmp_path / "saved").read_bytes() == content
    assert (tmp_path / "saved").stat().st_mode & 0o777 == 0o600


def test_another_file_by_now(system: System, tmp_path: Path) -> None:
    with (tmp_path / "file").open("w+") as file:
        found = ended(begun(system, os.getpid(), file.fileno(), tmp_path / "saved", (1, 1)))
    assert found.why is not None
    assert (found.copied, found.why.reason, found.why.detail) == (0, Reason.GONE, "the descriptor is another file by now")


def test_what_it_broke_off_for_is_said(system: System, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "file").open("w+") as file:
        copy = begun(system, os.getpid(), file.fileno(), tmp_path / "saved")
    for error, word in ((28, "no room"), (122, "quota"), (27, "ulimit -f"), (5, "EIO")):
        monkeypatch.setattr(copy._copying, "wait", lambda _seconds, error=error: Told(b"e", error, 100, 0, 90))
        found = copy.step()
        assert found.why is not None
        assert word in found.why.detail
        assert (found.copied, found.written, found.done) == (100, 90, True)
    copy.stop()


def test_what_was_added_at_the_end_is_counted(system: System, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "file").open("w+") as file:
        copy = begun(system, os.getpid(), file.fileno(), tmp_path / "saved")
    monkeypatch.setattr(copy._copying, "wait", lambda _seconds: Told(b"d", 0, 100, 130, 100))
    assert copy.step().left == 30
    copy.stop()
