"""collect/positions.py"""

from dataclasses import replace
from stat import S_IFBLK, S_IFDIR, S_IFREG

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.collect.positions import WINDOW, Positions
from explorer.decode.fd import decode_fd
from explorer.decode.fd.raw import Stat
from explorer.model.fd import Fd
from explorer.model.missing import Missing, Reason
from explorer.model.progress import Progress

MB = 1 << 20


def at(position: int, size: int = 100 * MB, flags: str = "00", mode: int = S_IFREG, link: str = "/x") -> Fd:
    return decode_fd(3, link, f"pos:\t{position}\nflags:\t{flags}\n".encode(), Stat(1, 2, mode, 1, 0, size))


def watched(*fds: Fd, step: float = 1.0) -> Progress | None:
    """What is known after these, one each step."""
    positions, before, now = Positions(), None, 100.0
    for fd in fds:
        positions.take(fd, now, before, now - step)
        before, now = fd, now + step
    assert before is not None
    return positions.progress(before)


def test_a_reader_with_the_time_that_is_left() -> None:
    found = watched(at(0), at(10 * MB), at(20 * MB))
    assert found == Progress(20 * MB, 100 * MB, 10.0 * MB, 0.0, inside=True)
    assert found.left == 8.0


def test_a_rate_is_of_the_last_seconds_and_does_not_jump() -> None:
    uneven = [at(0)]
    for index in range(20):
        uneven.append(at(int(uneven[-1].position) + (2 * MB if index % 2 else 0), 1000 * MB))  # type: ignore[arg-type]
    rates = [watched(*uneven[:count]) for count in range(8, 20)]
    assert all(found is not None and 0.7 * MB < found.rate < 1.3 * MB for found in rates)


def test_what_stands_still_is_forgotten_after_the_window() -> None:
    stopped = [at(0), at(10 * MB), *[at(20 * MB)] * int(WINDOW - 1)]
    found = watched(*stopped)
    assert found is not None
    assert 0 < found.rate < 10 * MB
    assert watched(*stopped, *[at(20 * MB)] * 3) is None


def test_what_is_not_moved_is_not_kept() -> None:
    positions = Positions()
    positions.take(at(5), 1.0, None, None)
    positions.take(at(5), 2.0, at(5), 1.0)
    assert not positions.moving
    positions.take(at(6), 3.0, at(5), 2.0)
    assert list(positions.moving) == [3]
    positions.forget(3)
    assert not positions.moving


def test_reads_here_and_there_are_no_speed() -> None:
    assert watched(at(0), at(90 * MB), at(10 * MB), at(80 * MB), at(5 * MB)) is None


def test_a_second_pass_over_the_file_is_one_again() -> None:
    found = watched(at(0), at(50 * MB), at(99 * MB), at(10 * MB), at(60 * MB), at(70 * MB))
    assert found is not None
    assert found.rate == 30.0 * MB


def test_a_seek_far_ahead_is_smoothed_away() -> None:
    found = watched(at(0), at(90 * MB), *[at(90 * MB + index) for index in range(8)])
    assert found is not None
    assert found.rate < 10


def test_a_writer_moves_the_end_along_unless_the_file_was_there() -> None:
    appending = watched(at(1, 1, "02001"), at(5, 5, "02001"))
    assert appending is not None
    assert (appending.inside, appending.rate, appending.growth) == (False, 4.0, 4.0)
    racing = watched(at(1, 2, "01"), at(5, 7, "01"))  # its size was asked a moment after its position
    assert racing is not None
    assert not racing.inside
    over = watched(at(1, 100, "02"), at(5, 100, "02"))
    assert over is not None
    assert over.inside


def test_who_follows_a_file_that_grows() -> None:
    found = watched(at(10, 10), at(20, 20), at(30, 30))
    assert found is not None
    assert (found.share, found.left, found.growth) == (1.0, None, 10.0)
    behind = watched(at(10, 50), at(20, 80), at(30, 110))
    assert behind is not None
    assert behind.falls_behind


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (decode_fd(3, "pipe:[1]", b"pos:\t0\nflags:\t00\n"), decode_fd(3, "pipe:[1]", b"pos:\t5\nflags:\t00\n")),
        (decode_fd(3, "socket:[1]", b"pos:\t0\nflags:\t02\n"), decode_fd(3, "socket:[1]", b"pos:\t5\nflags:\t02\n")),
        (at(0, 0, mode=S_IFDIR), at(2**62, 0, mode=S_IFDIR)),
        (replace(at(0), position=Missing(Reason.DENIED)), at(5)),
    ],
    ids=["pipe", "socket", "directory", "unknown"],
)
def test_nothing_is_invented(first: Fd, second: Fd) -> None:
    assert watched(first, second) is None


def test_a_block_device_has_a_speed_and_no_end() -> None:
    found = watched(at(0, 0, mode=S_IFBLK), at(512, 0, mode=S_IFBLK))
    assert found is not None
    assert (found.rate, found.share) == (512.0, None)


def test_one_that_was_not_looked_at_for_long_begins_now() -> None:
    positions = Positions()
    positions.take(at(5 * MB), 100.0, at(0), None)
    assert positions.progress(at(5 * MB)) is None
    positions.take(at(6 * MB), 101.0, at(5 * MB), 100.0)
    found = positions.progress(at(6 * MB))
    assert found is not None
    assert found.rate == MB


def test_two_looks_in_the_same_moment() -> None:
    assert watched(at(0), at(5), at(9), step=0.01) is None


@given(st.lists(st.tuples(st.integers(0, 2**63), st.integers(0, 2**63), st.floats(0, 100)), min_size=1, max_size=30))
def test_whatever_comes_a_share_is_a_share_and_time_left_is_not_negative(moves: list[tuple[int, int, float]]) -> None:
    positions, now, before = Positions(), 0.0, None
    for position, size, step in moves:
        fd = at(position, size)
        positions.take(fd, now, before, now - step)
        found = positions.progress(fd)
        if found is not None:
            assert found.share is None or 0 <= found.share <= 1
            assert found.left is None or found.left >= 0
        before, now = fd, now + step
