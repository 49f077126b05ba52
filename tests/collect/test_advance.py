"""collect/advance.py"""

from stat import S_IFREG

from explorer.collect.advance import Advance
from explorer.decode.fd import decode_fd
from explorer.decode.fd.raw import Stat
from explorer.model.fd import Fd


class Clock:
    """A clock that a test moves."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def file(position: int, inode: int = 2, number: int = 3) -> Fd:
    stat = Stat(1, inode, S_IFREG, 1, 0, 1000)
    return decode_fd(number, f"/{inode}", f"pos:\t{position}\nflags:\t00\nino:\t{inode}\n".encode(), stat)


def test_a_file_that_is_read_between_two_listings() -> None:
    clock = Clock()
    advance = Advance(clock)
    assert advance.take(7, [file(0)]) == {}
    assert advance.take(8, [file(0)]) == {}
    clock.now += 2
    found = advance.take(7, [file(100)])
    assert (found[3].rate, found[3].left) == (50.0, 18.0)
    assert advance.take(8, [file(0)]) == {}


def test_one_that_is_another_file_by_now_has_not_moved() -> None:
    clock = Clock()
    advance = Advance(clock)
    advance.take(7, [file(0)])
    clock.now += 2
    assert advance.take(7, [file(100, inode=9)]) == {}
    clock.now += 2
    assert advance.take(7, []) == {}
    clock.now += 2
    assert advance.take(7, [file(500)]) == {}


def test_what_stands_still_is_not_told() -> None:
    clock = Clock()
    advance = Advance(clock)
    for _ in range(3):
        assert advance.take(7, [file(5), decode_fd(4, "pipe:[1]", b"pos:\t0\n")]) == {}
        clock.now += 10
