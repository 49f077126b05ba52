"""decode/fd/path.py"""

from stat import S_IFREG

from explorer.decode.fd import decode_fd
from explorer.decode.fd.path import Lock, PathFd, decode_lock
from explorer.decode.fd.raw import Stat
from explorer.model.missing import Missing, Reason


def decoded(link: str, stat: Stat | Missing | None) -> PathFd:
    fd = decode_fd(3, link, b"pos:\t0\nflags:\t02\n", stat)
    assert isinstance(fd, PathFd)
    return fd


def test_deleted_only_where_no_link_is_left() -> None:
    gone = decoded("/tmp/x (deleted)", Stat(1, 2, S_IFREG, 0, 0, 5))
    assert (gone.path, gone.deleted) == ("/tmp/x", True)
    named_so = decoded("/tmp/x (deleted)", Stat(1, 2, S_IFREG, 1, 0, 5))
    assert (named_so.path, named_so.deleted) == ("/tmp/x (deleted)", False)
    both = decoded("/tmp/x (deleted) (deleted)", Stat(1, 2, S_IFREG, 0, 0, 5))
    assert (both.path, both.deleted) == ("/tmp/x (deleted)", True)
    other_name = decoded("/tmp/x (deleted)", Stat(1, 2, S_IFREG, 1, 0, 5, renamed=True))
    assert (other_name.path, other_name.deleted, other_name.links) == ("/tmp/x", True, 1)


def test_without_an_answer_of_stat_it_is_not_known() -> None:
    silent = Missing(Reason.TIMED_OUT, "did not answer")
    fd = decoded("/mnt/x (deleted)", silent)
    assert fd.deleted is silent
    assert fd.unanswered is silent
    assert (fd.kind, fd.path) == ("file", "/mnt/x (deleted)")
    assert decoded("/mnt/x", silent).deleted is False


def test_locks() -> None:
    assert decode_lock("1: FLOCK  ADVISORY  WRITE 2194 fe:00:2165022 0 EOF") == Lock("FLOCK", "ADVISORY", "WRITE", 2194, 0, -1)
    assert decode_lock("2: POSIX  ADVISORY  READ 2194 fe:00:2165022 5 14") == Lock("POSIX", "ADVISORY", "READ", 2194, 5, 14)
    assert decode_lock("1: -> POSIX  ADVISORY  WRITE 7 fe:00:1 0 EOF") == Lock("POSIX", "ADVISORY", "WRITE", 7, 0, -1, waits=True)
    for odd in ("", "1:", "1: FLOCK", "1: FLOCK ADVISORY WRITE x fe:00:1 0 EOF", "1: LEASE ACTIVE READ 1 fe:00:1 x y"):
        assert decode_lock(odd) is None


def test_a_path_may_hold_anything() -> None:
    assert decoded("/tmp/\x1b[31m\n\udcff", Stat(1, 2, S_IFREG, 1, 0, 5)).path == "/tmp/\x1b[31m\n\udcff"
