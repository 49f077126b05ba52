"""child/descriptors.py, in our own process."""

import fcntl
import os
import socket
import struct
from pathlib import Path

import pytest

from explorer.child.descriptors import OPS, by_handle, magic, protocol, queue, seals
from tests.specimens.holds import Holds

F_ADD_SEALS, F_SEAL_SEAL, F_SEAL_WRITE = 1033, 1, 8


def ours(number: int) -> bytes:
    return b"/proc/self/fd/%d" % number


def test_the_protocol_of_a_socket() -> None:
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as found:
        assert protocol(ours(found.fileno())) == b"UDPv6"
    with open("/dev/null") as file, pytest.raises(OSError):
        protocol(ours(file.fileno()))


def test_seals_of_a_memfd_and_of_nothing_else() -> None:
    number = os.memfd_create("sealed", os.MFD_ALLOW_SEALING)
    try:
        fcntl.fcntl(number, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_WRITE)
        assert seals(ours(number)) == b"9"
    finally:
        os.close(number)
    with open("/dev/null") as file, pytest.raises(OSError):
        seals(ours(file.fileno()))


def test_the_type_of_a_file_system() -> None:
    assert magic(b"/proc") == b"%d" % 0x9FA0
    with pytest.raises(OSError):
        magic(b"/no/such/file")


def test_a_message_queue_and_nothing_else() -> None:
    with Holds("mqueue") as it:
        assert queue(b"/proc/%d/fd/%d" % (it.pid, it.fd)).startswith(b"QSIZE:29 ")
        assert queue(b"/proc/%d/fd/%d" % (it.pid, it.fd)).startswith(b"QSIZE:29 ")
    with open("/dev/null") as file, pytest.raises(OSError):
        queue(ours(file.fileno()))


def inotify_line(path: Path) -> str:
    import ctypes

    libc = ctypes.CDLL(None)
    number = libc.inotify_init1(0)
    try:
        assert libc.inotify_add_watch(number, bytes(path), 0x100) > 0
        text = Path(f"/proc/self/fdinfo/{number}").read_text()
        return next(line for line in text.splitlines() if line.startswith("inotify"))
    finally:
        os.close(number)


@pytest.mark.root
def test_a_path_by_its_handle(handled: Path) -> None:
    folder = handled / "watched here"
    folder.mkdir()
    found = dict(word.split(":") for word in inotify_line(folder).split()[1:] if ":" in word)
    handle = struct.pack("=i", int(found["fhandle-type"], 16)) + bytes.fromhex(found["f_handle"])
    assert by_handle(bytes(handled) + b"\0" + handle) == bytes(folder)


def test_a_handle_that_is_none(tmp_path: Path) -> None:
    for question in (
        b"",
        bytes(tmp_path) + b"\0",
        bytes(tmp_path) + b"\0\1\0\0\0",
        bytes(tmp_path) + b"\0\1\0\0\0xxxxxxxx",
        b"/dev/null\0abcdefgh",
    ):
        with pytest.raises(OSError):
            by_handle(question)


def test_each_question_has_its_letter() -> None:
    assert set(OPS) >= {b"x", b"m", b"f", b"h", b"q"}
