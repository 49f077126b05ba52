"""decode/fd/signalfd.py"""

from explorer.decode.fd import decode_fd
from explorer.decode.fd.signalfd import SignalFd
from explorer.model.missing import Missing


def test_case_40_real_time_signals_are_named_too() -> None:
    fd = decode_fd(3, "anon_inode:[signalfd]", b"pos:\t0\nflags:\t02\nsigmask:\t8000000400000002\n")
    assert isinstance(fd, SignalFd)
    assert fd.signals == ("SIGINT", "SIGRTMIN+1", "SIGRTMAX")
    assert fd.note == "signalfd INT RTMIN+1 RTMAX"


def test_no_mask() -> None:
    fd = decode_fd(3, "anon_inode:[signalfd]", b"sigmask:\t-1\n")
    assert isinstance(fd, SignalFd)
    assert fd.signals == ()
    bare = decode_fd(3, "anon_inode:[signalfd]", b"")
    assert isinstance(bare, SignalFd)
    assert isinstance(bare.sigmask, Missing)
