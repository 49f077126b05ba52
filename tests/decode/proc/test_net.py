"""decode/proc/net.py"""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.netlink.inet import listens, socket_of
from explorer.decode.proc.net import inet, netlink, packet, unix

HEADER = b"  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
REST = b" 00:00000000 00000000     0        0 1071 1 0000000071181818 100 0 0 10 0\n"


@pytest.mark.skipif(sys.byteorder != "little", reason="written on a little-endian machine")
def test_tcp_in_the_byte_order_of_the_machine() -> None:
    (listener,) = inet(HEADER + b"   0: 00000000:0050 00000000:0000 0A 00000000:00000003" + REST)
    assert listens(listener)
    assert (listener.inode, listener.receive_queue) == (1071, 3)
    assert socket_of(listener, 6).address == "0.0.0.0:80"
    (connected,) = inet(HEADER + b"   1: 0100007F:0050 0100007F:C396 01 00000002:00000001" + REST)
    assert socket_of(connected, 6).address == "127.0.0.1:80 → 127.0.0.1:50070"
    (six,) = inet(HEADER + b"   0: 00000000000000000000000001000000:0050 0000000000000000FFFF00000100007F:C396 01 00000000:00000000" + REST)
    assert socket_of(six, 6).address == "[::1]:80 → 127.0.0.1:50070"


def test_unix_paths_may_hold_blanks_and_newlines() -> None:
    text = b"""Num       RefCount Protocol Flags    Type St Inode Path
0000000025b4cb3d: 00000003 00000000 00000000 0001 03  1068
0000000025b4cb3e: 00000002 00000000 00010000 0001 01  1069 /run/a b
0000000025b4cb3f: 00000002 00000000 00000000 0002 01 1070 @odd
name
"""
    pair, listener, odd = unix(text)
    assert (pair.inode, pair.state, pair.path, pair.type) == (1068, "ESTABLISHED", "", "stream")
    assert (listener.state, listener.path) == ("LISTEN", "/run/a b")
    assert (odd.path, odd.type) == ("@odd", "dgram")


def test_netlink_and_packet() -> None:
    header = b"sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode\n"
    (link,) = netlink(header + b"00000000b55c6e91 15  812        00000001 5        6        0     2        0        570\nodd\n")
    assert (link.inode, link.protocol, link.port, link.receive_queue) == (570, "KOBJECT_UEVENT", 812, 5)
    header = b"sk               RefCnt Type Proto  Iface R Rmem   User   Inode\n"
    ((found, index),) = packet(header + b"00000000b7b3b899 3      3    88cc   1     1 0      0      71529\n")
    assert (found.inode, found.protocol, index) == (71529, "LLDP", 1)


@settings(max_examples=50)
@given(st.binary(max_size=200))
def test_never_raises(raw: bytes) -> None:
    for decode in (inet, unix, netlink, packet):
        decode(raw)
        decode(b"header\n" + raw)
