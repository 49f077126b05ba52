"""decode/netlink/address.py, against the ipaddress module."""

import ipaddress

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.constants.sockets import AF_INET, AF_INET6
from explorer.decode.netlink.address import ip_text, is_any, is_loopback, mapped

sparse = st.lists(st.sampled_from([b"\0\0", b"\0\1", b"\x20\x01", b"\xff\xff"]), min_size=8, max_size=8).map(b"".join)


@settings(max_examples=200)
@given(st.binary(min_size=16, max_size=16) | sparse)
def test_ipv6_as_ipaddress_writes_it(raw: bytes) -> None:
    assert ipaddress.ip_address(ip_text(raw, AF_INET6)) == ipaddress.ip_address(raw)
    if mapped(raw) == raw:
        assert ip_text(raw, AF_INET6) == str(ipaddress.ip_address(raw))


@settings(max_examples=50)
@given(st.binary(min_size=4, max_size=4))
def test_ipv4(raw: bytes) -> None:
    assert ip_text(raw, AF_INET) == str(ipaddress.ip_address(raw))
    assert ip_text(raw, AF_INET6) == f"::ffff:{ipaddress.ip_address(raw)}"
    assert mapped(bytes(10) + b"\xff\xff" + raw) == raw
    assert is_loopback(raw) is ipaddress.ip_address(raw).is_loopback


def test_any_and_loopback() -> None:
    assert is_any(bytes(4))
    assert is_any(bytes(16))
    assert is_loopback(bytes(15) + b"\1")
    assert not is_loopback(bytes(16))
