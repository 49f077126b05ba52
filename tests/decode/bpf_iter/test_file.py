"""decode/bpf_iter/file.py: records as /proc would have told them."""

import os
import stat
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.bpf_iter.file import FDINFO, MQUEUE, NAMED, PID, ROW, SOCKET, TMPFS, decode, device, is_socket, raw_fd, split
from explorer.decode.fd.raw import Stat
from explorer.model.mount import Mount

EXT4, PROC, SOCKFS, ANON = 0xEF53, 0x9FA0, 0x534F434B, 0x09041934
HOME = Mount(25, 1, (8, 1), "/", "/home", "rw", (), "ext4", "/dev/sda1", "rw")


def record(pid: int = 7, name: bytes = b"/home/f", *, told: int = NAMED, magic: int = EXT4, mode: int = 0o100644, **other: int) -> bytes:
    size = PID + ROW.size + len(name)
    facts = {"fd": 3, "flags": 0o2100001, "pos": -1, "ino": 55, "size": 10, "dev": 8 << 20 | 1, "rdev": 0, "links": 1, "mnt_id": 25} | other
    numbers = [facts[key] for key in ("fd", "flags", "pos", "ino", "size", "dev", "rdev")]
    rest = struct.pack("=I", pid) + ROW.pack(size, told, *numbers, mode, facts["links"], facts["mnt_id"], magic)
    return rest + name


def one(raw: bytes) -> bytes:
    ((_, found),) = split(raw)
    return found


def test_records_of_equal_descriptors_are_equal() -> None:
    found = list(split(record(7) + record(8) + record(9, fd=4)))
    assert [pid for pid, _ in found] == [7, 8, 9]
    assert found[0][1] == found[1][1] != found[2][1]


def test_a_regular_file_as_fdinfo_and_stat_have_it() -> None:
    raw = raw_fd(decode(one(record())), {25: HOME}, "x86_64")
    assert (raw.number, raw.link, raw.unreadable) == (3, "/home/f", None)
    assert raw.lines == (("pos", "-1"), ("flags", "02100001"), ("mnt_id", "25"), ("ino", "55"))
    assert raw.info == {key: (value,) for key, value in raw.lines}
    assert raw.stat == Stat(os.makedev(8, 1), 55, 0o100644, 1, 0, 10, "ext4", "/home")


def test_before_5_14_fdinfo_has_no_inode() -> None:
    assert raw_fd(decode(one(record())), {}, "x86_64", has_ino=False).info.keys() == {"pos", "flags", "mnt_id"}


@pytest.mark.parametrize(
    ("name", "told", "magic", "protocol", "link", "lines"),
    [
        (b"UNIX-STREAM", NAMED | SOCKET, SOCKFS, "UNIX-STREAM", "socket:[55]", 5),
        (b"TCP", NAMED | SOCKET, SOCKFS, "TCP", "socket:[55]", 4),
        (b"pipe:[55]", NAMED, 0x50495045, "", "pipe:[55]", 4),
        (b"anon_inode:[eventfd]", NAMED | FDINFO, ANON, "", "anon_inode:[eventfd]", 4),
        (b"", 0, EXT4, "", "", 4),
    ],
)
def test_links_of_what_is_no_path(name: bytes, told: int, magic: int, protocol: str, link: str, lines: int) -> None:
    found = decode(one(record(name=name, told=told, magic=magic)))
    assert (found.protocol, found.link) == (protocol, link)
    assert is_socket(one(record(name=name, told=told, magic=magic))) is bool(protocol)
    raw = raw_fd(found, {}, "x86_64")
    assert (raw.stat, len(raw.lines)) == (None, lines)


def test_of_which_files_stat_has_more_to_say() -> None:
    assert not decode(one(record())).needs_stat
    assert decode(one(record(magic=PROC))).needs_stat
    assert not decode(one(record(name=b"anon_inode:[pidfd]", magic=0x50494446))).needs_stat
    assert raw_fd(decode(one(record(magic=PROC))), {}, "x86_64").stat is None


def test_a_memfd_and_a_message_queue_that_no_mount_has() -> None:
    memfd = raw_fd(decode(one(record(name=b"/memfd:x (deleted)", magic=TMPFS, links=0))), {}, "x86_64").stat
    assert isinstance(memfd, Stat)
    assert (memfd.size, memfd.nlink, memfd.fstype) == (10, 0, "")
    queue = raw_fd(decode(one(record(name=b"/q", magic=MQUEUE))), {}, "x86_64").stat
    assert isinstance(queue, Stat)
    assert queue.fstype == "mqueue"


@given(st.integers(0, 0xFFF), st.integers(0, 0xFFFFF))
def test_device_numbers(major: int, minor: int) -> None:
    assert device(major << 20 | minor) == os.makedev(major, minor)


@settings(max_examples=200)
@given(st.binary(max_size=200) | st.binary(max_size=60).map(lambda name: record(name=name, told=name[0] if name else 0)))
def test_never_raises(raw: bytes) -> None:
    for _, found in split(raw):
        assert stat.S_IFMT(decode(found).mode) >= 0
        raw_fd(decode(found), {25: HOME}, "x86_64")
