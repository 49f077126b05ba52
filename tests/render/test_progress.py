"""render/progress.py"""

from dataclasses import replace
from stat import S_IFREG

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.decode.fd import decode_fd
from explorer.decode.fd.raw import Stat
from explorer.model.fd import Fd
from explorer.model.missing import Missing, Reason
from explorer.model.progress import Progress
from explorer.render.piece import plain
from explorer.render.printable import printable
from explorer.render.progress import at_end, bar, moving, percent, unfolded
from explorer.render.width import width

MB = 1 << 20
LOCK = "lock:\t1: FLOCK  ADVISORY  WRITE 7 fe:00:1 0 EOF\n"


def file(position: int, size: int, flags: str = "00", more: str = "") -> Fd:
    return decode_fd(3, "/x", f"pos:\t{position}\nflags:\t{flags}\n{more}".encode(), Stat(1, 2, S_IFREG, 1, 0, size))


def said(fd: Fd, progress: Progress | None) -> list[str]:
    return [plain(line) for line in moving(fd, progress)]


def test_a_file_that_is_read_has_a_bar_and_the_time_left() -> None:
    assert said(file(43 * MB, 100 * MB), Progress(43 * MB, 100 * MB, 18.0 * MB, inside=True)) == [
        "100M █████─────── 43% +18M/s 3.2 s",
        "█████─────── 43% +18M/s 3.2 s",
        "██▌─── 43% +18M/s 3.2 s",
        "█▌── 43% +18M/s 3.2 s",
        "43% +18M/s 3.2 s",
        "43% +18M/s",
        "43%",
    ]


def test_what_is_written_at_its_end_has_a_speed_only() -> None:
    assert said(file(5 * MB, 5 * MB, "02001"), Progress(5 * MB, 5 * MB, 18.0 * 1024, 18.0 * 1024)) == ["5.0M +18K/s", "+18K/s"]


def test_who_appends_stands_at_no_place_of_its_own() -> None:
    assert said(file(4 * MB, 5 * MB, "02001"), Progress(4 * MB, 5 * MB, 1024.0, 4096.0))[0] == "5.0M +1.0K/s"


def test_who_follows_a_log_is_at_its_end() -> None:
    assert said(file(5 * MB, 5 * MB), None) == ["5.0M at its end", "at its end", "5.0M"]
    assert said(file(5 * MB, 5 * MB), Progress(5 * MB, 5 * MB, 2048.0, 2048.0, inside=True))[0] == "5.0M at its end +2.0K/s"
    assert said(file(4 * MB, 5 * MB), Progress(4 * MB, 5 * MB, 1024.0, 2048.0, inside=True))[0].endswith("80% +1.0K/s falls behind")


@pytest.mark.parametrize(
    ("fd", "progress"),
    [
        (file(4 * MB, 5 * MB), None),
        (file(0, 0), None),
        (file(5, 5, "02"), None),
        (decode_fd(3, "pipe:[1]", b"pos:\t0\nflags:\t00\n"), None),
        (file(4 * MB, 5 * MB), Progress(4 * MB, 5 * MB, 0.0, inside=True)),
    ],
    ids=["stands", "empty", "written", "pipe", "stopped"],
)
def test_of_what_stands_nothing_is_said(fd: Fd, progress: Progress | None) -> None:
    assert said(fd, progress) == []
    assert unfolded(fd, progress) == ()


def test_one_that_does_not_answer_is_not_at_its_end() -> None:
    silent = decode_fd(3, "/x", b"pos:\t0\nflags:\t00\n", Missing(Reason.TIMED_OUT, "no answer"))
    assert not at_end(silent)


def test_backwards_and_on_a_device() -> None:
    assert said(file(4 * MB, 5 * MB), Progress(4 * MB, 5 * MB, -1024.0, inside=True)) == [
        "5.0M at 4.0M -1.0K/s",
        "at 4.0M -1.0K/s",
        "-1.0K/s",
    ]
    assert said(file(4 * MB, 0), Progress(4 * MB, 0, 1024.0)) == ["4.0M +1.0K/s", "+1.0K/s"]


def test_a_lock_stays_where_there_is_room() -> None:
    lines = said(file(5 * MB, 5 * MB, more=LOCK), None)
    assert (lines[0], lines[-1]) == ("5.0M at its end locked WRITE", "5.0M")


def test_a_row_unfolded() -> None:
    reading = unfolded(file(43 * MB, 100 * MB), Progress(43 * MB, 100 * MB, 18.0 * MB, inside=True))
    assert [(key, plain(value)) for key, value in reading] == [
        ("progress", "█████─────── 45,088,768 of 104,857,600 bytes, 43%"),
        ("speed", "+18,874,368 bytes/s · 3.2 s left"),
    ]
    growing = unfolded(file(4, 50), Progress(4, 50, 1.0, 2.0, inside=True))
    assert plain(growing[1][1]) == "+1 bytes/s · the file grows by 2 bytes/s · falls behind"
    assert plain(unfolded(file(5, 5), None)[0][1]) == "at the end of the file: done, or waiting for more"


def test_full_is_only_what_is_done() -> None:
    assert (percent(0.9999), percent(1.0), percent(0.0)) == ("99%", "100%", "0%")
    assert (plain(bar(0.9999, 4)), plain(bar(1.0, 4)), plain(bar(0.0, 4))) == ("███▌", "████", "────")


@given(
    st.integers(0, 2**63),
    st.integers(0, 2**63),
    st.floats(-1e18, 1e18),
    st.floats(-1e18, 1e18),
    st.booleans(),
    st.sampled_from(["00", "02"]),
)
def test_whatever_the_figures_lines_are_printable_and_the_shortest_is_short(
    position: int, size: int, rate: float, growth: float, inside: bool, flags: str
) -> None:
    fd, progress = file(position, size, flags), Progress(position, size, rate, growth, inside)
    lines = said(fd, progress)
    assert all(printable(line) == line for line in lines)
    assert not lines or width(lines[-1]) <= 8
    assert all(printable(plain(value)) == plain(value) for _, value in unfolded(fd, progress))
    assert replace(progress) == progress
