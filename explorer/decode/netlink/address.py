"""IP addresses as text, without the ipaddress module, which is slow to load."""

from typing import Final

from explorer.decode.constants.sockets import AF_INET6

MAPPED: Final = bytes(10) + b"\xff\xff"
LOOPBACK6: Final = bytes(15) + b"\x01"


def mapped(address: bytes) -> bytes:
    """The IPv4 address inside an IPv6 one (::ffff:10.0.0.1), any other as it is."""
    return address[12:] if len(address) == 16 and address.startswith(MAPPED) else address


def is_any(address: bytes) -> bool:
    """0.0.0.0 or ::"""
    return not any(address)


def is_loopback(address: bytes) -> bool:
    """127.0.0.0/8 or ::1"""
    return address[:1] == b"\x7f" if len(address) == 4 else address == LOOPBACK6


def ip_text(address: bytes, family: int = 0) -> str:
    """An address as text, RFC 5952. An IPv4 address on an IPv6 socket as ::ffff:10.0.0.1."""
    if len(address) == 4:
        dotted = ".".join(map(str, address))
        return f"::ffff:{dotted}" if family == AF_INET6 else dotted
    groups = [int.from_bytes(address[index : index + 2]) for index in range(0, 16, 2)]
    start, length = zeros(groups)
    if length < 2:
        return ":".join(f"{group:x}" for group in groups)
    head, tail = groups[:start], groups[start + length :]
    return ":".join(f"{group:x}" for group in head) + "::" + ":".join(f"{group:x}" for group in tail)


def zeros(groups: list[int]) -> tuple[int, int]:
    """Where the longest run of zero groups begins, and how long it is; the first of equals."""
    best, start = (0, 0), 0
    for index, group in enumerate([*groups, 1]):
        if group:
            if index - start > best[1]:
                best = (start, index - start)
            start = index + 1
    return best
