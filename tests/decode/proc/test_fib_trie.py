"""Local addresses."""

from hypothesis import given
from hypothesis import strategies as st

from explorer.decode.proc.fib_trie import local_addresses

TRIE = b"""Main:
  +-- 0.0.0.0/0 3 0 5
     |-- 0.0.0.0
        /0 universe UNICAST
     +-- 127.0.0.0/8 2 0 2
           |-- 127.0.0.0
              /8 host LOCAL
           |-- 127.0.0.1
              /32 host LOCAL
     +-- 192.0.2.0/24 2 0 2
           |-- 192.0.2.2
              /32 host LOCAL
        |-- 192.0.2.255
           /32 link BROADCAST
Local:
           |-- 192.0.2.2
              /32 host LOCAL
"""
SIX = b"""fe8000000000000000fc00fffe000001 04 40 20 80     eth0
00000000000000000000000000000001 01 80 10 80       lo
"""


def test_addresses_without_those_of_loopback_broadcasts_and_networks() -> None:
    assert local_addresses(TRIE) == {"192.0.2.2"}
    assert local_addresses(SIX) == {"fe80::fc:ff:fe00:1"}


@given(st.binary())
def test_any_bytes_are_read(raw: bytes) -> None:
    assert all("." in address or ":" in address for address in local_addresses(raw))
