"""decode/netlink/inet.py"""

import struct

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.constants.sockets import AF_INET, AF_INET6
from explorer.decode.netlink.inet import decode, entry, listens, request


def answer(
    family: int,
    state: int,
    local: tuple[bytes, int],
    remote: tuple[bytes, int],
    queues: tuple[int, int] = (0, 0),
    inode: int = 7,
    index: int = 0,
) -> bytes:
    """A struct inet_diag_msg."""
    ends = struct.pack(">HH16s16s", local[1], remote[1], local[0], remote[0])
    return struct.pack("=4B", family, state, 0, 0) + ends + struct.pack("=I8x5I", index, 0, *queues, 0, inode)


LO = b"\x7f\0\0\1"


def test_a_listener() -> None:
    found = decode(answer(AF_INET, 10, (bytes(4), 80), (bytes(4), 0), (3, 511)), 6)
    assert found is not None
    assert (found.state, found.local, found.address, found.receive_queue, found.send_queue) == (
        "LISTEN",
        ("0.0.0.0", 80),
        "0.0.0.0:80",
        3,
        511,
    )
    assert found.listens
    assert not found.connected


def test_a_connection_of_ipv4_on_an_ipv6_socket() -> None:
    four_in_six = bytes(10) + b"\xff\xff" + LO
    found = decode(answer(AF_INET6, 1, (four_in_six, 80), (four_in_six, 5000), (1, 2)), 6)
    assert found is not None
    assert (found.family, found.local, found.address) == ("inet6", ("::ffff:127.0.0.1", 80), "127.0.0.1:80 → 127.0.0.1:5000")
    assert found.connected


def test_ipv6_stands_in_brackets() -> None:
    found = decode(answer(AF_INET6, 10, (bytes(16), 443), (bytes(16), 0)), 6)
    assert found is not None
    assert found.address == "[::]:443"


def test_raw_sockets_have_a_protocol_in_place_of_a_port() -> None:
    found = decode(answer(AF_INET, 7, (bytes(4), 1), (bytes(4), 0)), 255)
    assert found is not None
    assert (found.protocol, found.ip_protocol, found.type, found.local, found.state) == ("raw", "icmp", "raw", ("0.0.0.0", 0), "")
    assert found.note == "raw icmp 0.0.0.0"


def test_a_udp_socket_has_no_state_that_matters() -> None:
    found = decode(answer(AF_INET, 7, (LO, 53), (bytes(4), 0)), 17)
    assert found is not None
    assert (found.state, found.type, found.note) == ("", "dgram", "udp 127.0.0.1:53")


def test_mptcp_is_asked_for_by_an_attribute() -> None:
    assert len(request(AF_INET, 262)) == len(request(AF_INET, 6)) + 8
    found = decode(answer(AF_INET, 10, (LO, 80), (bytes(4), 0)), 262)
    assert found is not None
    assert (found.protocol, found.type) == ("mptcp", "stream")


def test_rows_are_understood_late() -> None:
    row = entry(answer(AF_INET, 10, (LO, 80), (bytes(4), 0), inode=99, index=3))
    assert row is not None
    assert listens(row)
    assert (row.inode, row.interface, row.local) == (99, 3, (LO, b"\0\x50"))
    assert not row.is_connected


@settings(max_examples=50)
@given(st.binary(max_size=100))
def test_never_raises(raw: bytes) -> None:
    decode(raw, 6)
    decode(bytes((AF_INET6,)) + raw, 255)
