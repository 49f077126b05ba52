"""What any descriptor knows of itself."""

from dataclasses import replace

import pytest

from explorer.model.fd import O_PATH, Fd
from explorer.model.missing import Missing, Reason

FD = Fd(number=3, target="/srv/x", position=0, flags=0, mnt_id=1, ino=7)


@pytest.mark.parametrize(("flags", "access"), [(0, "r"), (1, "w"), (2, "rw"), (3, ""), (0o100002, "rw"), (O_PATH, "")])
def test_access_follows_from_its_flags(flags: int, access: str) -> None:
    assert replace(FD, flags=flags).access == access


def test_access_of_what_could_not_be_read_is_not_guessed() -> None:
    assert replace(FD, flags=Missing(Reason.DENIED)).access == ""


def test_it_stays_the_same_thing_under_a_new_name_and_not_as_another_file() -> None:
    assert replace(FD, target="/srv/y", position=5).identity == FD.identity
    assert replace(FD, ino=8).identity != FD.identity
    unknown = replace(FD, ino=0)
    assert replace(unknown, target="/srv/x (deleted)").identity == unknown.identity
    assert replace(unknown, target="/srv/y").identity != unknown.identity
