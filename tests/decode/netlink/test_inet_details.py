"""decode/netlink/inet_details.py"""

import struct

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.constants.sockets import AF_INET, AF_INET6
from explorer.decode.netlink.attributes import attribute
from explorer.decode.netlink.inet import ID
from explorer.decode.netlink.inet_details import TCP, UDP, decode, request, request_all, tcp_info
from tests.decode.netlink.test_inet import LO, answer

ROW = answer(AF_INET, 1, (LO, 80), (LO, 5000), inode=9)


def info() -> bytes:
    """A struct tcp_info whose members are all told apart."""
    head = struct.pack("=8B", 1, 3, 2, 1, 4, 7, 0x77, 1) + struct.pack("=24I", 204_000, *range(1, 24))
    return head + struct.pack("=4Q6I4Q2I2Q4I", *range(100, 122))


def test_a_row_is_asked_for_by_its_own_ends_and_cookie() -> None:
    assert request(ROW, TCP)[8:] == ROW[ID]
    swapped = request(ROW, UDP)[8:]
    assert (swapped[:4], swapped[4:8]) == (struct.pack(">HH", 5000, 80), LO)


def test_all_of_a_state() -> None:
    assert struct.unpack_from("=BBBBI", request_all(ROW, TCP))[::4] == (AF_INET, 2)
    assert len(request_all(ROW, 262)) == len(request_all(ROW, TCP)) + 8


def test_tcp_info_in_seconds_and_bytes() -> None:
    found = tcp_info(info())
    assert found is not None
    assert (found.ca_state, found.retransmits, found.probes, found.backoff, found.app_limited) == ("Recovery", 2, 1, 4, True)
    assert found.options == ("timestamps", "sack", "wscale")
    assert (found.rto, found.rtt, found.rttvar, found.ssthresh, found.cwnd) == (0.204, 15e-6, 16e-6, 17, 18)
    assert (found.snd_mss, found.rcv_mss, found.unacked, found.lost, found.retrans, found.pmtu) == (2, 3, 4, 6, 7, 13)
    assert (found.last_data_sent, found.last_data_recv, found.last_ack_recv) == (0.009, 0.011, 0.012)
    assert (found.reordering, found.rcv_space, found.total_retrans) == (20, 22, 23)
    assert (found.pacing_rate, found.bytes_acked, found.bytes_received, found.segs_out, found.segs_in) == (100, 102, 103, 104, 105)
    assert (found.notsent_bytes, found.min_rtt, found.delivery_rate) == (106, 107e-6, 110)
    assert (found.bytes_sent, found.bytes_retrans, found.snd_wnd) == (116, 117, 121)


def test_an_older_kernel_knows_less() -> None:
    found = tcp_info(info()[:104])
    assert found is not None
    assert (found.total_retrans, found.pacing_rate, found.bytes_sent) == (23, 0, 0)
    assert tcp_info(info()[:103]) is None


def test_attributes() -> None:
    memory = struct.pack("=9I", 1, 2, 3, 4, 5, 6, 7, 8, 9)
    ulp = attribute(1, b"tls\0")
    found = decode(
        ROW
        + attribute(2, info())
        + attribute(4, b"cubic\0")
        + attribute(5, b"\x10")
        + attribute(7, memory)
        + attribute(15, struct.pack("=I", 77))
        + attribute(19, ulp)
        + attribute(22, b"\x57\x04"),
        TCP,
    )
    assert found is not None
    assert (found.congestion, found.tos, found.mark, found.ulp) == ("cubic", 16, 77, "tls")
    assert found.options == ("recverr", "freebind", "defer_connect")
    assert found.memory is not None
    assert (found.memory.rmem, found.memory.sndbuf, found.memory.queued, found.memory.drops) == (1, 4, 6, 9)
    assert found.tcp is not None


def test_udp_has_no_tcp_info() -> None:
    found = decode(answer(AF_INET6, 7, (bytes(16), 53), (bytes(16), 0)) + attribute(2, info()), UDP)
    assert found is not None
    assert found.tcp is None


@settings(max_examples=50)
@given(st.binary(max_size=400))
def test_never_raises(raw: bytes) -> None:
    decode(raw, TCP)
    decode(ROW + raw, TCP)
    tcp_info(raw)
