"""trace/bpf/names.py: what a descriptor is, from what the programs tell of it."""

from collections.abc import Sequence
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.trace.bpf import layout
from explorer.trace.bpf.names import ADDRESS, ANON, CUT, NSFS, PIDFS, PIPEFS, ROOTLESS, SOCKET, SOCKFS, UNLINKED, Told, text, told

EXT4, TMPFS, PROC = 0xEF53, 0x01021994, 0x9FA0
IDENTITY: Final = 0xFEDCBA9876543211
NO_NUL: Final = st.binary(max_size=255).map(lambda raw: raw.replace(b"\0", b"_"))


def record(
    parts: Sequence[bytes],
    flags: int = 0,
    magic: int = EXT4,
    inode: int = 7,
    device: int = 0x800001,
    mode: int = 0o100644,
    address: bytes = b"",
) -> bytes:
    """As the programs write it into the ring, a stranger's record before and behind it."""
    signed = IDENTITY - (1 << 64)
    head = layout.HEAD.pack(
        1, 2, signed, 0, 0, flags, 0, layout.NAME_RECORD, 0, 0, 0, 0, 0, inode, device, magic, mode | 0x803 << 32, len(parts), 9
    )
    return head + address.ljust(ADDRESS.size, b"\0") + b"".join(part + b"\0" for part in parts)


def of(raw: bytes) -> Told:
    return told(b"before\0\0" + raw + b"behind\0\0", 8)


@pytest.mark.parametrize(
    ("parts", "flags", "magic", "expected"),
    [
        ([b"passwd", b"etc"], 0, EXT4, b"/etc/passwd"),
        ([], 0, EXT4, b"/"),
        ([b"x"], 0, TMPFS, b"/x"),
        ([b"log", b"nginx", b"log", b"var"], UNLINKED, EXT4, b"/var/log/nginx/log (deleted)"),
        ([b"memfd:name", b"/"], ROOTLESS, TMPFS, b"/memfd:name (deleted)"),
        ([b"memfd:name"], ROOTLESS, TMPFS, b"/memfd:name (deleted)"),
        ([b"SYSV00000000", b"/"], ROOTLESS | UNLINKED, TMPFS, b"/SYSV00000000 (deleted)"),
        ([b"", b"/"], ROOTLESS, PIPEFS, b"pipe:[7]"),
        ([b"fifo", b"tmp"], 0, EXT4, b"/tmp/fifo"),
        ([b"TCP"], ROOTLESS | SOCKET, SOCKFS, b"socket:[7]"),
        ([], 0, SOCKFS, b"socket:[7]"),
        ([b"[eventpoll]", b"/"], ROOTLESS, ANON, b"anon_inode:[eventpoll]"),
        ([b"inotify", b"anon_inode:"], ROOTLESS, ANON, b"anon_inode:inotify"),
        ([], ROOTLESS, ANON, b"anon_inode:"),
        ([b"pid:[4026531836]"], ROOTLESS, PIDFS, b"anon_inode:[pidfd]"),
        ([b"mnt"], ROOTLESS, NSFS, b"mnt:[7]"),
        ([b"d", b"c"], CUT, EXT4, "/…/c/d".encode()),
        ([b"d", b"c"], CUT | UNLINKED, EXT4, "/…/c/d (deleted)".encode()),
        ([b"\xff\n\x1b[31m", b"<b>"], 0, EXT4, b"/<b>/\xff\n\x1b[31m"),
        ([b"1", b"self"], 0, PROC, b"/self/1"),
    ],
)
def test_names_are_as_links_of_proc_have_them(parts: list[bytes], flags: int, magic: int, expected: bytes) -> None:
    assert text(parts, flags, magic, 7) == expected
    assert of(record(parts, flags, magic)).name == expected


@given(st.lists(NO_NUL, max_size=300), st.integers(0, 0xFFFFFFFF), st.integers(0, (1 << 64) - 1), st.integers(0, 0xFFFF))
def test_a_record_says_what_went_into_it(parts: list[bytes], device: int, inode: int, mode: int) -> None:
    found = of(record(parts, 0, EXT4, inode, device, mode))
    assert found == Told(IDENTITY, b"/" + b"/".join(reversed(parts)), inode, device, mode, b"")


def test_a_sockets_address_comes_with_it() -> None:
    address = ADDRESS.pack(2, 1, 6, 1, 0, 80, 40000, 0, b"\x7f\0\0\1", b"\x0a\0\0\1", 0, b"")
    assert of(record([b"TCP"], ROOTLESS | SOCKET, SOCKFS, address=address)).address == address
    assert of(record([b"TCP"], ROOTLESS, SOCKFS, address=address)).address == b""


@given(
    st.lists(NO_NUL, max_size=5), st.integers(0, 15), st.sampled_from([SOCKFS, PIPEFS, ANON, NSFS, PIDFS, EXT4, 0]), st.binary(max_size=184)
)
def test_whatever_it_is_called_it_is_named(parts: list[bytes], flags: int, magic: int, address: bytes) -> None:
    found = of(record(parts, flags, magic, address=address))
    assert found.name
    assert b"\0" not in found.name
    assert len(found.address) == (ADDRESS.size if flags & SOCKET else 0)
