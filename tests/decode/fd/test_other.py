"""decode/fd/other.py"""

from explorer.decode.fd import decode_fd


def test_what_nobody_knows_still_shows() -> None:
    fd = decode_fd(3, "marvel:[7]", b"pos:\t0\nflags:\t02\nnovelty:\t1\n")
    assert (fd.kind, fd.target, fd.access, fd.note) == ("other", "marvel:[7]", "rw", "marvel:[7]")
    assert ("novelty", "1") in fd.info
