"""model/progress.py"""

import pytest

from explorer.model.progress import Progress


def test_a_file_that_is_read_ends_at_its_size() -> None:
    reading = Progress(25, 100, 5.0, inside=True)
    assert (reading.share, reading.left, reading.falls_behind) == (0.25, 15.0, False)


def test_a_file_that_grows_meanwhile_takes_longer_or_for_ever() -> None:
    assert Progress(25, 100, 5.0, 2.5, inside=True).left == 30.0
    behind = Progress(25, 100, 5.0, 6.0, inside=True)
    assert (behind.left, behind.falls_behind) == (None, True)


@pytest.mark.parametrize(
    "progress",
    [
        Progress(25, 100, 5.0),  # it is written at its end
        Progress(25, 0, 5.0, inside=True),  # a device, whose size is not known
        Progress(125, 100, 5.0, inside=True),  # it was cut since
        Progress(25, 100, -5.0, inside=True),
    ],
)
def test_where_the_size_is_no_end_nothing_is_invented(progress: Progress) -> None:
    assert (progress.share, progress.left, progress.falls_behind) == (None, None, False)


def test_at_the_end_nothing_is_left() -> None:
    done = Progress(100, 100, 5.0, inside=True)
    assert (done.share, done.left) == (1.0, None)
