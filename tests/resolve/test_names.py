"""resolve/names.py"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.kernel.reader import Reader
from explorer.resolve.names import Names


@pytest.fixture
def reader() -> Iterator[Reader]:
    made = Reader()
    yield made
    made.close()


def test_what_two_files_say(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "services").write_text("smtp 25/tcp mail\n")
    (tmp_path / "hosts").write_text("127.0.0.1 localhost\n")
    names = Names(reader, str(tmp_path / "services"), str(tmp_path / "hosts"))
    assert (names.ports("mail"), names.ports("http")) == (((25, "tcp"),), ())
    assert (names.addresses("localhost"), names.addresses("box")) == (("127.0.0.1",), ())


def test_files_that_are_not_there_have_no_names(reader: Reader, tmp_path: Path) -> None:
    names = Names(reader, str(tmp_path / "services"), str(tmp_path / "hosts"))
    assert (names.ports("http"), names.addresses("localhost")) == ((), ())
