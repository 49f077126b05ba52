"""trace/bpf/names.py: every kind of thing a descriptor can be has the name that its link in /proc has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.trace.bpf.names import ADDRESS, ANON, CUT, NSFS, PIDFS, PIPEFS, ROOTLESS, SOCKET, SOCKFS, UNLINKED, told
from tests.trace.bpf.records import name_record

SOCK = ADDRESS.pack(2, 1, 6, 1, 0, 80, 4000, 0, b"\x7f\0\0\1".ljust(16, b"\0"), bytes(16), 0, bytes(112))


@pytest.mark.parametrize(
    ("parts", "flags", "magic", "wanted"),
    [
        ((b"hosts", b"etc"), 0, 0xEF53, b"/etc/hosts"),
        ((), 0, 0xEF53, b"/"),
        ((b"file",), 0, 0xEF53, b"/file"),
        ((b"gone", b"tmp"), UNLINKED, 0xEF53, b"/tmp/gone (deleted)"),
        ((b"a\n\xff", b"tmp"), 0, 0x01021994, b"/tmp/a\n\xff"),
        ((b"end", b"middle"), CUT, 0xEF53, b"/\xe2\x80\xa6/middle/end"),
        ((b"",), ROOTLESS | SOCKET, SOCKFS, b"socket:[5]"),
        ((b"",), ROOTLESS, PIPEFS, b"pipe:[5]"),
        ((b"fifo", b"tmp"), 0, PIPEFS, b"/tmp/fifo"),
        ((b"[eventpoll]",), ROOTLESS, ANON, b"anon_inode:[eventpoll]"),
        ((b"inotify",), ROOTLESS, ANON, b"anon_inode:inotify"),
        ((b"",), ROOTLESS, PIDFS, b"anon_inode:[pidfd]"),
        ((b"net",), ROOTLESS, NSFS, b"net:[5]"),
        ((b"memfd:words",), ROOTLESS | UNLINKED, 0x01021994, b"/memfd:words (deleted)"),
        ((b"SYSV00000001",), ROOTLESS, 0x01021994, b"/SYSV00000001 (deleted)"),
    ],
)
def test_names(parts: tuple[bytes, ...], flags: int, magic: int, wanted: bytes) -> None:
    found = told(name_record(77, parts, flags, magic), 0)
    assert found.name == wanted
    assert (found.identity, found.inode, found.device, found.mode) == (77, 5, 8, 0o100644)


def test_addresses_come_with_sockets_only() -> None:
    assert told(name_record(1, (b"",), SOCKET | ROOTLESS, SOCKFS, address=SOCK), 0).address == SOCK
    assert told(name_record(1, (b"x",), 0, address=SOCK), 0).address == b""


@given(st.integers(-(1 << 63), (1 << 63) - 1), st.lists(st.binary(max_size=9).map(lambda raw: raw.replace(b"\0", b"")), max_size=300))
def test_any_names_at_any_place(identity: int, parts: list[bytes]) -> None:
    found = told(bytes(24) + name_record(identity, tuple(parts)), 24)
    assert found.identity == identity & (1 << 64) - 1
    assert found.name == b"/" + b"/".join(reversed(parts))
