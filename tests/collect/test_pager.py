"""collect/pager.py: which command, and from where on."""

import os
from pathlib import Path

import pytest

from explorer.collect.pager import SEEN, above, pager, paging
from explorer.model.missing import Missing
from explorer.model.peek import Peeked
from explorer.resolve.system import System

LINES = b"".join(b"%03d\n" % number for number in range(100))


def look(place: int, start: int = 1000, data: bytes = LINES) -> Peeked:
    return Peeked(3, "/x", "r", place, start + len(data), place, start, data)


def test_some_lines_before_the_place_are_seen() -> None:
    assert above(look(1400)) == 1400 - 4 * (SEEN - 1)
    assert above(look(1008)) == 1000
    assert above(look(1000)) == 1000
    assert above(look(0, 0, b"")) == 0


def test_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGER", "cat -v")
    assert pager(look(1400)) == ["cat", "-v"]
    monkeypatch.setenv("PAGER", "/nowhere/less")
    assert isinstance(pager(look(1400)), Missing)


def test_it_is_shown(tmp_path: Path) -> None:
    system = System()
    with (tmp_path / "file").open("w+") as file, (tmp_path / "seen").open("w") as seen:
        file.write("words\n")
        file.flush()
        stat = os.fstat(file.fileno())
        found = Peeked(file.fileno(), "x", "w", 0, 6, 0, 0, b"", identity=(stat.st_dev, stat.st_ino))
        assert paging(system, os.getpid(), found, ["cat"], seen.fileno(), lambda: None).wait() == 0
    system.close()
    assert (tmp_path / "seen").read_text() == "words\n"
