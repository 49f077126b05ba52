"""decode/fd/inotify.py"""

from explorer.decode.fd import decode_fd
from explorer.decode.fd.inotify import Inotify


def test_all_numbers_are_hexadecimal() -> None:
    line = b"inotify wd:1a ino:3f7e8 sdev:fe00000 mask:300 ignored_mask:0 fhandle-bytes:8 fhandle-type:1 f_handle:e8f7030000000000\n"
    fd = decode_fd(3, "anon_inode:inotify", b"pos:\t0\nflags:\t00\n" + line + b"inotify wd:1 ino:2 sdev:f mask:80000fff ignored_mask:0 \n")
    assert isinstance(fd, Inotify)
    first, second = fd.watches
    assert (first.wd, first.ino, first.sdev, first.mask_names) == (26, 0x3F7E8, 0xFE00000, ("IN_CREATE", "IN_DELETE"))
    assert (first.handle_type, first.handle) == (1, "e8f7030000000000")
    assert (second.handle, second.mask_names) == ("", ("IN_ALL_EVENTS", "IN_ONESHOT"))
