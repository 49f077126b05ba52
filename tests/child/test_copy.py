"""A copy is the file, holes and all, or breaks off and says how far it came."""

import errno
import os
from pathlib import Path

import pytest

from explorer.child.copy import copy, data_at

MIB = 1 << 20
Told = list[tuple[bytes, int, int, int]]


def made(source: Path, target: Path) -> Told:
    told: Told = []
    with source.open("rb") as held, target.open("w+b") as ours:
        copy(held.fileno(), ours.fileno(), lambda *words: told.append(words))
    return told


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"begin")
        file.seek(8 * MIB)
        file.write(b"middle")
        file.truncate(32 * MIB)


def test_every_byte_in_pieces(tmp_path: Path) -> None:
    (tmp_path / "from").write_bytes(os.urandom(2 * MIB + 7))
    told = made(tmp_path / "from", tmp_path / "to")
    assert (tmp_path / "to").read_bytes() == (tmp_path / "from").read_bytes()
    assert [word[0] for word in told] == [b"r", b"r", b"r", b"d"]
    assert told[-1][1:] == (2 * MIB + 7, 2 * MIB + 7, 2 * MIB + 7)


def test_holes_stay_holes(tmp_path: Path) -> None:
    sparse(tmp_path / "from")
    told = made(tmp_path / "from", tmp_path / "to")
    assert (tmp_path / "to").read_bytes() == (tmp_path / "from").read_bytes()
    letter, offset, size, written = told[-1]
    assert (letter, offset, size) == (b"d", 32 * MIB, 32 * MIB)
    assert 11 <= written < MIB
    assert (tmp_path / "to").stat().st_blocks <= (tmp_path / "from").stat().st_blocks + 16


def test_a_file_of_holes_alone_and_an_empty_one(tmp_path: Path) -> None:
    for name, size in (("holes", 5 * MIB), ("empty", 0)):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
        assert made(tmp_path / name, tmp_path / f"{name}.copy")[-1] == (b"d", size, size, 0)
        assert (tmp_path / f"{name}.copy").stat().st_size == size


def test_a_file_system_that_knows_no_holes(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(_file: int, _offset: int, _whence: int) -> int:
        raise OSError(errno.EINVAL, "no holes here")

    monkeypatch.setattr("explorer.child.copy.os.lseek", refuses)
    assert data_at(0, 10, 100) == (10, 100)


def test_what_is_added_meanwhile_is_copied_too_but_not_for_ever(tmp_path: Path) -> None:
    (tmp_path / "from").write_bytes(b"x" * 10)
    grown = []

    def grows(letter: bytes, *_: int) -> None:
        with (tmp_path / "from").open("ab") as file:
            grown.append(file.write(b"y" * 10))

    with (tmp_path / "from").open("rb") as held, (tmp_path / "to").open("w+b") as ours:
        copy(held.fileno(), ours.fileno(), grows)
    assert (tmp_path / "to").read_bytes() == b"x" * 10 + b"y" * 10
    assert len(grown) == 3


def test_a_file_that_is_made_shorter_meanwhile(tmp_path: Path) -> None:
    (tmp_path / "from").write_bytes(b"x" * (3 * MIB))
    told: Told = []

    def shortens(*words: object) -> None:
        told.append(words)  # type: ignore[arg-type]
        os.truncate(tmp_path / "from", 2 * MIB)

    with (tmp_path / "from").open("rb") as held, (tmp_path / "to").open("w+b") as ours:
        copy(held.fileno(), ours.fileno(), shortens)
    assert told[-1] == (b"d", 2 * MIB, 2 * MIB, 2 * MIB)
    assert (tmp_path / "to").stat().st_size == 2 * MIB


def test_no_room_is_known_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "from").write_bytes(b"x" * MIB)
    real = os.fstatvfs

    class Full:
        f_bavail, f_frsize = 1, 4096

    monkeypatch.setattr("explorer.child.copy.os.fstatvfs", lambda fd: Full if real(fd) else None)
    with pytest.raises(OSError) as refused:
        made(tmp_path / "from", tmp_path / "to")
    assert refused.value.errno == errno.ENOSPC
    assert (tmp_path / "to").read_bytes() == b""
