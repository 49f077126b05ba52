"""resolve/watches.py"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.kernel.reader import Ask
from explorer.model.missing import Missing, Reason
from explorer.resolve.system import System
from explorer.resolve.watches import Watched, question


@pytest.fixture
def system() -> Iterator[System]:
    made = System()
    yield made
    made.close()


def watched(path: Path) -> Watched:
    found = path.stat()
    return Watched(os.major(found.st_dev) << 20 | os.minor(found.st_dev), found.st_ino)


def test_among_the_paths_that_a_process_uses(system: System, tmp_path: Path) -> None:
    file = tmp_path / "a/b"
    file.mkdir(parents=True)
    wanted = [watched(tmp_path), watched(tmp_path / "a")]
    found = system.watches.of(os.getpid(), wanted, [str(file)])
    assert found == {wanted[0]: str(tmp_path), wanted[1]: str(tmp_path / "a")}


def test_what_nobody_names_is_an_inode_of_a_file_system(system: System, tmp_path: Path) -> None:
    lost = watched(tmp_path)._replace(ino=1 << 40)
    found = system.watches.of(os.getpid(), [lost])[lost]
    assert isinstance(found, Missing)
    assert found.detail.startswith(f"inode {1 << 40} on ")
    nowhere = Watched(0xFFF << 20, 7)
    found = system.watches.of(os.getpid(), [nowhere])[nowhere]
    assert isinstance(found, Missing)
    assert "is not mounted there" in found.detail


def test_mounts_and_file_systems(system: System) -> None:
    root = Path("/").stat()
    assert system.watches.file_system(os.getpid(), os.major(root.st_dev) << 20 | os.minor(root.st_dev)) == "/"
    assert isinstance(system.watches.mount_point(os.getpid(), 1 << 30), Missing)


def test_the_question_keeps_the_bytes_of_the_handle() -> None:
    asked = question("/mnt", Watched(1, 2, 0x81, "00ff80"))
    assert asked.encode("utf-8", "surrogateescape") == b"/mnt\0" + (0x81).to_bytes(4, "little") + b"\0\xff\x80"
    assert question("/", Watched(1, 2, 1, "odd")).startswith("/\0")


@pytest.mark.parametrize("reason", [Reason.DENIED, Reason.GONE, Reason.UNSUPPORTED])
def test_root_is_a_cure_only_where_a_handle_may_not_be_opened(system: System, monkeypatch: pytest.MonkeyPatch, reason: Reason) -> None:
    """On overlayfs handles lead nowhere, whoever asks."""

    def ask(asks: list[Ask]) -> list[bytes | Missing]:
        return [Missing(reason if ask.op == "h" else Reason.GONE, ask.path) for ask in asks]

    monkeypatch.setattr(system.reader, "ask", ask)
    lost = watched(Path("/"))._replace(ino=1 << 40, handle_type=1, handle="00ff")
    for uid, cure in ((0, "refused even to root"), (1000, "run as root")):
        monkeypatch.setattr(os, "geteuid", lambda uid=uid: uid)
        found = system.watches.of(uid, [lost])[lost]
        assert isinstance(found, Missing)
        assert found.cure.startswith(cure) if reason is Reason.DENIED else found.cure == ""
