"""What a person types to see some files."""

import pytest

from explorer.query.processes import Wrong
from explorer.trace.access.rows import Counts, File
from explorer.ui.trace.sieve import Sieve, sieve, toggled


def file(path: bytes, opens: int = 0, errno: int = 0, pid: int = 812) -> File:
    made = File(path, "socket" if path.startswith(b"socket") else "file", 0, False)
    counts = made.by[pid] = Counts()
    counts.opens = opens
    if errno:
        counts.fail("open", errno)
    return made


FILES = (
    file(b"/etc/passwd", 2),
    file(b"/etc/Shadow", errno=13),
    file(b"/etcetera", errno=11, pid=813),
    file(b"socket:[7]"),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {0, 1, 2, 3}),
        ("passwd", {0}),
        ("shadow", {1}),
        ("Shadow", {1}),
        ("SHADOW", set()),
        ("etc !pass", {1, 2}),
        ("path=/etc", {0, 1}),
        ("path=/etc/", {0, 1}),
        ("opened", {0}),
        ("failed", {1}),
        ("errno=EAGAIN", {2}),
        ("pid=813", {2}),
        ("pid=!813 etc", {0, 1}),
        ("kind=socket", {3}),
        ("path=/etc failed", {1}),
    ],
)
def test_files_of_a_text(text: str, found: set[int]) -> None:
    want = sieve(text)
    assert isinstance(want, Sieve)
    assert {at for at, each in enumerate(FILES) if want(each)} == found


@pytest.mark.parametrize("text", ["path=etc", "kind=door", "errno=ENOSUCH", "pid=me", "pid=", "pid=1,", "pid=\N{ARABIC-INDIC DIGIT ONE}"])
def test_what_is_no_filter_says_why(text: str) -> None:
    assert isinstance(sieve(text), Wrong)


def test_a_word_comes_and_goes() -> None:
    assert toggled("etc", "failed") == "etc failed"
    assert toggled("etc failed", "failed") == "etc"
    assert toggled("", "opened") == "opened"
