"""trace/bpf/sockets.py: the addresses of sockets, from what the programs tell of them."""

import socket
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.model.socket import InetSocket, Socket, UnixSocket
from explorer.trace.bpf import sockets
from explorer.trace.bpf.names import ADDRESS, Told
from explorer.trace.bpf.sockets import Sockets

INET, INET6, UNIX, NETLINK, PACKET = 2, 10, 1, 16, 17
STREAM, DATAGRAM, RAW = 1, 2, 3
TCP, UDP = 6, 17
ESTABLISHED, CLOSE, LISTENS = 1, 7, 10
HERE: Final = socket.inet_aton("10.0.0.5")
THERE: Final = socket.inet_aton("10.0.0.9")


def told(raw: bytes) -> Told:
    return Told(1, b"socket:[7]", 7, 8, 0o140777, raw)


def inet(
    near: bytes,
    port: int,
    far: bytes = b"",
    far_port: int = 0,
    *,
    family: int = INET,
    kind: int = STREAM,
    protocol: int = TCP,
    state: int = ESTABLISHED,
) -> Told:
    return told(ADDRESS.pack(family, kind, protocol, state, 0, port, far_port, 0, near, far, 0, b""))


def unix(path: bytes, kind: int = STREAM, state: int = CLOSE, peer: int = 0) -> Told:
    """path: as in sockaddr_un, behind the family."""
    raw = UNIX.to_bytes(2, "little") + path if path else b""
    return told(ADDRESS.pack(UNIX, kind, 0, state, len(raw), 0, 0, 0, b"", b"", peer, raw))


def inet_of(found: Socket) -> InetSocket:
    assert isinstance(found, InetSocket)
    return found


def test_a_connection() -> None:
    found = inet_of(Sockets().of(inet(HERE, 51122, THERE, 80)))
    assert (found.inode, found.family, found.type, found.protocol, found.state) == (7, "inet", "stream", "tcp", "ESTABLISHED")
    assert (found.local, found.remote, found.inbound) == (("10.0.0.5", 51122), ("10.0.0.9", 80), False)
    assert found.note == "10.0.0.5:51122 → 10.0.0.9:80"


def test_ends_that_it_has_not() -> None:
    found = inet_of(Sockets().of(inet(bytes(4), 0, bytes(4), 0, state=CLOSE)))
    assert (found.local, found.remote, found.state) == (("", 0), ("", 0), "CLOSE")
    found = inet_of(Sockets().of(inet(bytes(4), 53, kind=DATAGRAM, protocol=UDP, state=CLOSE)))
    assert (found.local, found.state, found.note) == (("0.0.0.0", 53), "", "udp 0.0.0.0:53")


@pytest.mark.parametrize(
    ("near", "far", "note"),
    [
        ("::1", "::1", "[::1]:4000 → [::1]:443"),
        ("2001:db8::5", "2001:db8:0:1::9", "[2001:db8::5]:4000 → [2001:db8:0:1::9]:443"),
        ("::ffff:10.0.0.5", "::ffff:10.0.0.9", "10.0.0.5:4000 → 10.0.0.9:443"),
    ],
)
def test_ipv6_and_ipv4_on_it(near: str, far: str, note: str) -> None:
    ends = [socket.inet_pton(socket.AF_INET6, end) for end in (near, far)]
    found = inet_of(Sockets().of(inet(ends[0], 4000, ends[1], 443, family=INET6)))
    assert found.family == "inet6"
    assert found.note == note


def test_a_listening_port_says_who_came_to_whom() -> None:
    known = Sockets()
    before = inet_of(known.of(inet(HERE, 80, THERE, 51122)))
    listener = inet_of(known.of(inet(bytes(4), 80, state=LISTENS)))
    after = inet_of(known.of(inet(HERE, 80, THERE, 51122)))
    other = inet_of(known.of(inet(HERE, 51122, THERE, 80)))
    assert [each.inbound for each in (before, listener, after, other)] == [False, False, True, False]
    assert listener.listens
    assert listener.note == "0.0.0.0:80"
    assert after.note == "10.0.0.5:80 ← 10.0.0.9:51122"


def test_ports_are_forgotten_where_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "MOST", 3)
    known = Sockets()
    came = []
    for port in range(1000, 1100):
        known.of(inet(bytes(4), port, state=LISTENS))
        came.append(inet_of(known.of(inet(HERE, port, THERE, 51122))).inbound)
    assert all(came)
    assert sum(inet_of(known.of(inet(HERE, port, THERE, 51122))).inbound for port in range(1000, 1100)) <= 4


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (b"/run/x.sock\0", "/run/x.sock"),
        (b"/run/x.sock", "/run/x.sock"),
        (b"\0abstract", "@abstract"),
        (b"\0with\0nul\0", "@with\0nul\0"),
        (b"", ""),
        (b"/\xff\x1b[31m", "/\udcff\x1b[31m"),
        (b"/" + b"x" * 107, "/" + "x" * 107),
    ],
)
def test_unix_sockets_and_abstract_ones(path: bytes, shown: str) -> None:
    found = Sockets().of(unix(path, state=ESTABLISHED, peer=9))
    assert isinstance(found, UnixSocket)
    assert (found.inode, found.family, found.type, found.state, found.path, found.peer) == (7, "unix", "stream", "ESTABLISHED", shown, 9)
    assert shown in found.note


def test_a_unix_socket_without_a_name() -> None:
    assert Sockets().of(unix(b"", DATAGRAM)).note == "unix dgram"


def test_other_families_are_called_by_name() -> None:
    found = [
        Sockets().of(told(ADDRESS.pack(family, kind, protocol, CLOSE, 0, 0, 0, 0, b"", b"", 0, b"")))
        for family, kind, protocol in ((NETLINK, RAW, 15), (PACKET, RAW, 0), (250, 77, 0))
    ]
    assert [(each.family, each.type, each.protocol) for each in found] == [
        ("netlink", "raw", "15"),
        ("packet", "raw", ""),
        ("250", "77", ""),
    ]


@given(st.binary(min_size=ADDRESS.size, max_size=ADDRESS.size))
def test_any_bytes_are_a_socket(raw: bytes) -> None:
    found = Sockets().of(told(raw))
    assert found.inode == 7
    assert isinstance(found.note, str)


@given(st.sampled_from([INET, INET6, UNIX]), st.binary(min_size=ADDRESS.size - 2, max_size=ADDRESS.size - 2))
def test_any_bytes_are_a_socket_of_its_family(family: int, raw: bytes) -> None:
    found = Sockets().of(told(family.to_bytes(2, "little") + raw))
    assert found.family == {INET: "inet", INET6: "inet6", UNIX: "unix"}[family]
    assert found.note
