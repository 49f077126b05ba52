"""render/fd_brief.py: letter for letter what render/fd.py makes of the whole descriptor."""

from hypothesis import example, given
from hypothesis import strategies as st

from explorer.decode.constants.open_flags import flag_names
from explorer.decode.fd.regular import Regular
from explorer.model.brief import BriefCounter, BriefFile, BriefPair, BriefPoll
from explorer.render.fd import Layout, fd_line
from explorer.render.fd_brief import text
from explorer.render.piece import plain

LAYOUT = Layout(4, 11, 2, 44, 120)
SIZES = st.integers(0, 1 << 62)
names = st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=70)


@given(st.integers(0, 1 << 20), st.integers(0, 0o17777777), SIZES, SIZES, st.lists(names, min_size=1, max_size=5))
@example(3, 0o2001, 5, 10, ["var", "log", "a\x1b]0;x\x07\n"])
@example(3, 0o10000000, 5, 10, ["a" * 30, "b" * 30, "c" * 30])
def test_a_file(number: int, flags: int, position: int, size: int, folders: list[str]) -> None:
    path = "/" + "/".join(folders)
    whole = Regular(
        number=number, target=path, position=position, flags=flags, flag_names=flag_names(flags, "x86_64"),
        path=path, deleted=False, size=size, fstype="ext4",
    )  # fmt: skip
    assert text(BriefFile(number, flags, position, size, path), LAYOUT) == plain(fd_line(whole, LAYOUT))


def test_one_that_is_made_when_it_is_read() -> None:
    whole = Regular(number=3, target="/proc/7/stat", position=9, flags=0, path="/proc/7/stat", deleted=False, fstype="proc")
    assert text(BriefFile(3, 0, 9, 0, "/proc/7/stat", "proc"), LAYOUT) == plain(fd_line(whole, LAYOUT))


def test_others() -> None:
    said = [
        text(found, LAYOUT) for found in (BriefPair(3, 812, "a\nb"), BriefCounter(4, 7), BriefPoll(5, ()), BriefPoll(6, tuple(range(40))))
    ]
    assert [len(row.rstrip()) for row in said] == [len(row) for row in said]
    assert said[0] == "   3 unix stream rw socketpair" + " " * 35 + r"a\nb 812"
    assert said[1] == "   4 eventfd        count 7"
    assert said[2] == "   5 eventpoll      watches nothing"
    assert "…" in said[3]
    assert said[3].endswith("40 watched")
