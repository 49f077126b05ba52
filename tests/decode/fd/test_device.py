"""decode/fd/device.py"""

import os
from stat import S_IFBLK, S_IFCHR

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.fd import decode_fd
from explorer.decode.fd.device import BlockDevice, CharDevice, kernel_numbers, numbers
from explorer.decode.fd.raw import Stat


def test_a_character_device_and_what_its_driver_says() -> None:
    fd = decode_fd(3, "/dev/net/tun", b"pos:\t0\nflags:\t02\niff:\ttun0\n", Stat(6, 1, S_IFCHR, 1, os.makedev(10, 200), 0))
    assert isinstance(fd, CharDevice)
    assert (fd.major, fd.minor, fd.says, fd.kind) == (10, 200, (("iff", "tun0"),), "chr")


def test_a_block_device() -> None:
    fd = decode_fd(3, "/dev/vda", b"pos:\t512\nflags:\t0\n", Stat(6, 1, S_IFBLK, 1, os.makedev(254, 0), 0))
    assert isinstance(fd, BlockDevice)
    assert (fd.major, fd.minor, fd.kind, fd.position) == (254, 0, "blk", 512)


def device(path: str, info: bytes = b"") -> CharDevice:
    fd = decode_fd(3, path, b"pos:\t0\nflags:\t02\n" + info, Stat(6, 1, S_IFCHR, 1, os.makedev(5, 2), 0))
    assert isinstance(fd, CharDevice)
    return fd


def test_which_pseudoterminal() -> None:
    assert device("/dev/ptmx", b"tty-index:\t7\n").terminal == 7
    assert device("/dev/pts/12").terminal == 12
    for path in ("/dev/tty", "/dev/pts/ptmx", "/dev/null", "/x/pts/4"):
        assert device(path).terminal == -1


def test_the_interface_of_a_tap_device() -> None:
    assert device("/dev/net/tun", b"iff:\ttun0\n").interface == "tun0"
    assert device("/dev/net/tun", b"iff:\t\n").interface == ""
    assert device("/dev/null").interface is None


@settings(max_examples=50)
@given(st.integers(0, 4095), st.integers(0, 0xFFFFF))
def test_both_forms_of_a_device_number(major: int, minor: int) -> None:
    assert numbers(os.makedev(major, minor)) == (major, minor)
    assert kernel_numbers(major << 20 | minor) == (major, minor)
