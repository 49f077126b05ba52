"""Which page of the manual there is."""

from pathlib import Path

import pytest

from explorer.collect.manual import available, reading
from explorer.model.manual import Page
from explorer.model.missing import Missing, Reason

MAN = """#!/bin/sh
echo "$@" >> "$0.asked"
[ "$1" = -w ] || exit 0
[ "$3" = epoll_wait ] && echo /usr/share/man/man2/epoll_wait.2.gz
"""


@pytest.fixture
def man(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    program = tmp_path / "man"
    program.write_text(MAN)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return program


def asked(man: Path) -> list[str]:
    path = man.with_name("man.asked")
    return path.read_text().splitlines() if path.exists() else []


def test_the_first_that_there_is(man: Path) -> None:
    assert available((Page("2", "nothing"), Page("2", "epoll_wait"), Page("2", "close"))) == Page("2", "epoll_wait")
    assert asked(man) == ["-w 2 nothing", "-w 2 epoll_wait"]


def test_none_of_them_says_which_package_has_them(man: Path) -> None:
    found = available((Page("5", "proc_pid_fdinfo"), Page("5", "proc")))
    assert isinstance(found, Missing)
    assert found.detail == "no page proc_pid_fdinfo(5) or proc(5) here"
    assert "manpages-dev" in found.cure


def test_no_man_says_which_package_is_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = available((Page("2", "read"),))
    assert isinstance(found, Missing)
    assert (found.reason, "man-db" in found.cure) == (Reason.UNSUPPORTED, True)


def test_it_is_read_with_plain_arguments(man: Path) -> None:
    with open("/dev/null", "r+b") as nothing:
        assert reading(Page("2", "epoll_wait"), nothing.fileno()).wait() == 0
    assert asked(man) == ["2 epoll_wait"]
