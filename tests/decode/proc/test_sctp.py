"""decode/proc/sctp.py"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.netlink.address import ip_text
from explorer.decode.netlink.inet import socket_of
from explorer.decode.proc.sctp import associations, endpoints, packed

EPS = b""" ENDPT     SOCK   STY SST HBKT LPORT   UID INODE LADDRS
ffff8800 ffff8801 2   10  29   11165     0 14423 10.0.0.5 192.168.1.5
ffff8802 ffff8803 0   7   30   2905   1000 14424 fe80::1
"""
ASSOCS = b""" ASSOC     SOCK   STY SST ST HBKT ASSOC-ID TX_QUEUE RX_QUEUE UID INODE LPORT RPORT LADDRS <-> RADDRS HBINT INS OUTS MAXRT
ffff8804 ffff8805 2   1   3  0       8       12        5       0 14425 3868   3868  *10.0.0.5 <-> 10.0.0.8 *10.0.0.9 7500 10 10 10 0 0 0
"""


def test_endpoints() -> None:
    listening, idle = (socket_of(row, 132) for row in endpoints(EPS))
    assert (listening.state, listening.address, listening.inode, listening.uid) == ("LISTEN", "10.0.0.5:11165", 14423, 0)
    assert (idle.family, idle.local, idle.state) == ("inet6", ("fe80::1", 2905), "CLOSE")


def test_associations_have_states_of_their_own() -> None:
    (found,) = (socket_of(row, 132) for row in associations(ASSOCS))
    assert (found.state, found.address, found.receive_queue, found.send_queue) == ("ESTABLISHED", "10.0.0.5:3868 → 10.0.0.9:3868", 5, 12)


def test_rows_that_are_none() -> None:
    assert endpoints(b"ENDPT\nx y z\n") == ()
    assert associations(b"ASSOC\n1 2 3 <-> 4\n") == ()


@pytest.mark.parametrize("text", ["10.0.0.5", "::", "::1", "fe80::1:2", "1:2:3:4:5:6:7:8", "::ffff:10.0.0.5"])
def test_addresses(text: str) -> None:
    assert ip_text(packed(text)) == {"::ffff:10.0.0.5": "::ffff:a00:5"}.get(text, text)


@pytest.mark.parametrize("text", ["", "1.2.3", "1.2.3.999", "1:2", "1::2::3", "1:2:3:4:5:6:7:8:9", "g::"])
def test_what_is_no_address(text: str) -> None:
    with pytest.raises((ValueError, OverflowError)):
        packed(text)


@settings(max_examples=50)
@given(st.binary(max_size=300))
def test_never_raises(raw: bytes) -> None:
    endpoints(EPS + raw)
    associations(ASSOCS + raw)
