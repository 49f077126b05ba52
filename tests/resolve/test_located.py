"""Where a path leads."""

import os
from pathlib import Path

import pytest

from explorer.model.missing import Reason, Unreadable
from explorer.resolve.located import located
from explorer.resolve.system import System


def test_links_are_followed_and_what_others_say_of_the_same_file_is_known(system: System, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"12345")
    (tmp_path / "link").symlink_to(file)
    found = located(system.reader, str(tmp_path / "link"))
    assert found.path == str(file)
    assert (found.stat.size, found.stat.ino) == (5, file.stat().st_ino)
    with open(file, "rb") as opened:
        info = Path(f"/proc/self/fdinfo/{opened.fileno()}").read_text()
        assert f"mnt_id:\t{found.mnt_id}\n" in info
        assert not found.ino or f"ino:\t{found.ino}\n" in info


def test_nothing_is_opened(system: System, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    assert located(system.reader, str(tmp_path / "fifo")).path == str(tmp_path / "fifo")


def test_what_is_not_there(system: System, tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refused:
        located(system.reader, str(tmp_path / "nothing"))
    assert refused.value.missing.reason is Reason.GONE
