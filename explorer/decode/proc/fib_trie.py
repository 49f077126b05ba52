"""The local addresses of a network namespace: /proc/PID/net/fib_trie (net/ipv4/fib_trie.c), if_inet6 (net/ipv6/addrconf.c)."""

import re
from typing import Final

from explorer.decode.netlink.address import ip_text, is_loopback
from explorer.decode.text import text

ADDRESS: Final = re.compile(r"\|-- (\d+\.\d+\.\d+\.\d+)", re.ASCII)
SIX: Final = re.compile(r"([0-9a-f]{32}) ", re.ASCII)


def local_addresses(raw: bytes) -> set[str]:
    """Of either file, as text; without those of loopback, which every namespace has. Other lines are passed over."""
    found: set[str] = set()
    last = ""
    for line in text(raw).split("\n"):
        if four := ADDRESS.search(line):
            last = four[1]
        elif "/32 host LOCAL" in line and last and not last.startswith("127."):
            found.add(last)
        elif (six := SIX.match(line)) and not is_loopback(bytes.fromhex(six[1])):
            found.add(ip_text(bytes.fromhex(six[1])))
    return found
