"""decode/proc/maps.py"""

import mmap
import os
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc.maps import decode
from explorer.model.maps import Sort

RAW = b"""55d3b8953000-55d3b8956000 r--p 00000000 fe:00 260850                     /usr/bin/sed
55d3b8956000-55d3b896a000 r-xp 00003000 fe:00 260850                     /opt/a b (deleted)
56331475f000-563314761000 rw-p 00000000 00:00 0                          [heap]
7f44957ff000-7f4495802000 rwxp 00000000 00:00 0
7f44964a3000-7f44964a4000 rw-s 00000000 00:01 1029                       /dev/zero (deleted)
7f44964a4000-7f44964a5000 rw-s 00000000 00:01 1028                       /memfd:jit (deleted) (deleted)
7f44964a5000-7f44964a6000 rw-s 00000000 00:01 3                          /SYSV00000000 (deleted)
7f44964a6000-7f44964a7000 rw-s 00000000 00:05 6                          /dev/dri/card0
7f44964a7000-7f44964a8000 rw-s 00000000 00:1b 9                          /dev/shm/x (deleted)
7f44964a8000-7f44964a9000 rw-p 00000000 00:00 0                          [anon:glibc: malloc]
7ffc04e36000-7ffc04e57000 rw-p 00000000 00:00 0                          [stack]
ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]
"""


def test_lines() -> None:
    found = decode(RAW)
    assert [mapping.sort for mapping in found] == [
        Sort.FILE, Sort.FILE, Sort.HEAP, Sort.ANON, Sort.SHARED, Sort.MEMFD, Sort.SYSV, Sort.DEVICE, Sort.FILE, Sort.ANON,
        Sort.STACK, Sort.KERNEL,
    ]  # fmt: skip
    first = found[0]
    assert (first.start, first.size, first.offset, first.device, first.inode) == (0x55D3B8953000, 0x3000, 0, (0xFE, 0), 260850)
    assert [mapping.name for mapping in found if mapping.writable_and_executable] == [""]


def test_case_21_memory_is_no_deleted_file() -> None:
    found = decode(RAW)
    assert [mapping.name for mapping in found if mapping.deleted] == ["/opt/a b", "/dev/shm/x"]
    assert [mapping.name for mapping in found if mapping.sort is Sort.MEMFD] == ["/memfd:jit (deleted)"]


def test_case_21_the_device_decides_where_it_is_known() -> None:
    """A deleted file that was named to look like a memfd is a deleted file."""
    fake = RAW.replace(b"00:01 1028", b"00:2a 1028")
    devices = {(0, 1)}
    names = {mapping.name: mapping for mapping in decode(fake, devices)}
    assert names["/memfd:jit (deleted)"].sort is Sort.FILE
    assert names["/memfd:jit (deleted)"].deleted
    assert names["/SYSV00000000"].sort is Sort.SYSV


def test_of_ourselves() -> None:
    memfd = os.memfd_create("jit")
    os.ftruncate(memfd, mmap.PAGESIZE)
    with mmap.mmap(memfd, mmap.PAGESIZE):
        found = decode(Path("/proc/self/maps").read_bytes())
    os.close(memfd)
    assert len(found) > 20
    assert [mapping.deleted for mapping in found if mapping.sort is Sort.MEMFD] == [False]
    assert any(mapping.sort is Sort.STACK for mapping in found)


@settings(max_examples=50)
@given(st.binary(max_size=200) | st.lists(st.sampled_from(RAW.split(b"\n")) | st.binary(max_size=20)).map(b"\n".join))
def test_never_raises(raw: bytes) -> None:
    decode(raw)
