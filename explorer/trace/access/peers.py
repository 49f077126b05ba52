"""Addresses of sockets, as connect, bind, accept and sendto name them."""

from ipaddress import IPv6Address
from typing import Final

from explorer.decode.syscall import memory
from explorer.decode.syscall.args.sockaddr import AF_INET, AF_INET6, AF_UNIX, LARGEST
from explorer.model.trace import Call

POINTERS: Final = {"connect": (1, 2), "bind": (1, 2), "sendto": (4, 5), "accept": (1, 2), "accept4": (1, 2)}
"""Registers of a call's address and of its length."""
FILLED: Final = frozenset({"accept", "accept4"})
"""The kernel gives the address, and its length where the second register points."""


def address(name: str, args: tuple[int, ...], call: Call) -> bytes:
    """The bytes of a call's sockaddr; b"" where it has none, or it was not captured."""
    at, length = (args[place] for place in POINTERS[name])
    if name in FILLED:
        size = memory.word(call.memory, length, 4) or 0
        return memory.block(call.memory, at, min(size, LARGEST)) or b""
    size = min(length & 0xFFFFFFFF, LARGEST)
    return memory.block(call.entry or call.memory, at, size) or memory.block(call.memory, at, size) or b""


def unix_path(raw: bytes) -> bytes:
    """The path of a unix socket's address, @… of an abstract one; b"" of any other."""
    if int.from_bytes(raw[:2], "little") != AF_UNIX or len(raw) < 3:
        return b""
    return b"@" + raw[3:].replace(b"\0", b"@") if raw[2] == 0 else raw[2:].partition(b"\0")[0]


def written(raw: bytes) -> str:
    """An internet address with its port; "" of any other."""
    family = int.from_bytes(raw[:2], "little")
    port = int.from_bytes(raw[2:4], "big")
    if family == AF_INET and len(raw) >= 8:
        return f"{'.'.join(map(str, raw[4:8]))}:{port}"
    if family == AF_INET6 and len(raw) >= 24:
        whole = IPv6Address(raw[8:24])
        return f"{whole.ipv4_mapped}:{port}" if whole.ipv4_mapped else f"[{whole}]:{port}"
    return ""
