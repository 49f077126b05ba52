"""resolve/real.py"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.kernel.reader import Reader
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.resolve.real import here, real


@pytest.fixture
def reader() -> Iterator[Reader]:
    made = Reader()
    yield made
    made.close()


def test_as_realpath(reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/file").touch()
    (tmp_path / "near").symlink_to("a/b")
    (tmp_path / "far").symlink_to(tmp_path / "near")
    (tmp_path / "up").symlink_to("a/../near/..")
    (tmp_path / "gone").symlink_to("nowhere/x")
    monkeypatch.chdir(tmp_path / "a")
    for path in (
        "b/file", "./b//file", "../far/file", f"{tmp_path}/far/file", f"{tmp_path}/up", f"{tmp_path}/up/b", "../gone", "no/such", "..", "/",
        "",        "../../../../../..", f"{tmp_path}/near/", f"{tmp_path}/far/../x",
    ):  # fmt: skip
        assert real(reader, path) == os.path.realpath(path or "."), path


def test_links_in_a_circle_end(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "x").symlink_to("y")
    (tmp_path / "y").symlink_to("x")
    assert real(reader, f"{tmp_path}/x").startswith(str(tmp_path))


def test_a_working_directory_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert here() == "/"


def test_what_does_not_answer_stays_as_it_is(tmp_path: Path) -> None:
    class Dead(Reader):
        def link(self, path: str) -> str:
            raise Unreadable(Missing(Reason.TIMED_OUT, path))

    assert real(Dead(), f"{tmp_path}/x/./y") == f"{tmp_path}/x/y"
