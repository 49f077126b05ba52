"""Names of users, and no waiting for those who know them."""

import os
import pwd
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from explorer.kernel.reader import Ask, Reader
from explorer.model.missing import Missing, Reason
from explorer.resolve.users import Users


@pytest.fixture
def reader() -> Iterator[Reader]:
    reader = Reader()
    yield reader
    reader.close()


class Hung(Reader):
    """A reader whose name service never answers."""

    asked = 0

    def ask(self, asks: Sequence[Ask]) -> list[bytes | Missing]:
        if asks[0].op != "u":
            return super().ask(asks)
        self.asked += 1
        return [Missing(Reason.TIMED_OUT) for _ in asks]


def test_names_are_those_of_getpwuid(reader: Reader) -> None:
    users = Users(reader)
    for uid in {0, os.geteuid(), *(entry.pw_uid for entry in pwd.getpwall())}:
        assert users.name(uid) == pwd.getpwuid(uid).pw_name


def test_the_name_service_is_asked_for_those_that_passwd_has_not(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "passwd").write_bytes(b"toor:x:0:0::/:\nroot:x:0:0::/:\n\nbroken\nx:y\n:x:7:\nodd\xff:x:8:8\n")
    users = Users(reader, str(tmp_path / "passwd"))
    assert users.name(0) == "toor"
    assert users.name(8) == "odd\udcff"
    assert users.name(65534) == pwd.getpwuid(65534).pw_name
    assert users.name(4_000_000_123) == "4000000123"
    assert users.name(Missing(Reason.GONE)) == "?"


def test_one_made_since_is_found_later(reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    passwd = tmp_path / "passwd"
    passwd.write_text("root:x:0:\n")
    users = Users(reader, str(passwd))
    assert users.name(4_000_000_123) == "4000000123"
    passwd.write_text("root:x:0:\nnew:x:4000000123:\n")
    assert users.name(4_000_000_123) == "4000000123"
    monkeypatch.setattr(time, "monotonic", lambda: 1e9)
    assert users.name(4_000_000_123) == "new"


def test_a_name_service_that_hangs_is_asked_once_a_minute() -> None:
    reader = Hung()
    users = Users(reader)
    begun = time.monotonic()
    assert [users.name(uid) for uid in range(4_000_000_000, 4_000_000_050)] == [str(uid) for uid in range(4_000_000_000, 4_000_000_050)]
    assert reader.asked == 1
    assert users.name(0) == "root"
    assert time.monotonic() - begun < 20
    reader.close()
