"""Socket addresses (struct sockaddr and its families), as pointer and length."""

from functools import lru_cache
from ipaddress import IPv6Address

from explorer.decode.constants.families import NAMES as FAMILIES
from explorer.decode.syscall import memory
from explorer.decode.syscall.args.text import quoted
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.reads import Read, Reads
from explorer.decode.syscall.value import address, struct
from explorer.model.trace import Memory, Value

LARGEST = 128
AF_UNIX, AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, AF_VSOCK = 1, 2, 10, 16, 17, 40


def number(value: int) -> Value:
    return Value(value, str(value))


def decode(raw: int, found: bytes) -> Value:
    """From the bytes of an address, which may end anywhere."""
    if len(found) < 2:
        return Value(raw, quoted(found) if found else "NULL", (), "string")
    family = int.from_bytes(found[:2], "little")
    parts = [("sa_family", Value(family, FAMILIES.get(family, f"{family:#x} /* AF_??? */")))]
    rest = found[2:]
    if family == AF_UNIX and rest:
        parts.append(("sun_path", unix_path(rest)))
    elif family == AF_INET and len(rest) >= 6:
        port = int.from_bytes(rest[:2], "big")
        parts.append(("sin_port", Value(port, f"htons({port})")))
        parts.append(("sin_addr", Value(0, f'inet_addr("{rest[2]}.{rest[3]}.{rest[4]}.{rest[5]}")')))
    elif family == AF_INET6 and len(rest) >= 22:
        port = int.from_bytes(rest[:2], "big")
        parts.append(("sin6_port", Value(port, f"htons({port})")))
        flow = int.from_bytes(rest[2:6], "big")
        parts.append(("sin6_flowinfo", Value(flow, f"htonl({flow})")))
        parts.append(("", Value(0, f'inet_pton(AF_INET6, "{ipv6(rest[6:22])}", &sin6_addr)')))
        if len(rest) >= 26:
            scope = int.from_bytes(rest[22:26], "little")
            parts.append(("sin6_scope_id", number(scope)))
    elif family == AF_NETLINK and len(rest) >= 10:
        pid, groups = int.from_bytes(rest[2:6], "little"), int.from_bytes(rest[6:10], "little")
        parts += [("nl_pid", number(pid)), ("nl_groups", Value(groups, f"{groups:08x}" if not groups else f"{groups:#010x}"))]
    elif family == AF_VSOCK and len(rest) >= 10:
        port, cid = int.from_bytes(rest[2:6], "little"), int.from_bytes(rest[6:10], "little")
        parts += [("svm_cid", Value(cid, f"{cid:#x}" if cid else "0")), ("svm_port", Value(port, f"{port:#x}" if port else "0"))]
    elif rest:
        parts.append(("sa_data", Value(0, quoted(rest), (), "string")))
    return struct(raw, parts)


@lru_cache(1024)
def ipv6(raw: bytes) -> str:
    """As inet_ntop(3): an embedded IPv4 address in dots."""
    whole = IPv6Address(raw)
    if whole.ipv4_mapped is not None:
        return f"::ffff:{whole.ipv4_mapped}"
    return str(whole)


def unix_path(rest: bytes) -> Value:
    """A path up to NUL, or @ and an abstract name, which may hold NUL (unix(7))."""
    if rest[0]:
        return Value(0, quoted(rest.partition(b"\0")[0]), (), "path")
    return Value(0, "@" + quoted(rest[1:]), (), "path")


def at(raw: int, length: int, source: Memory) -> Value:
    """length bytes at a pointer."""
    if not raw or length <= 0:
        return address(raw)
    found = memory.block(source, raw, min(length, LARGEST))
    return address(raw) if found is None else decode(raw, found)


class Address:
    """A sockaddr that the process gives; its length is another argument."""

    __slots__ = ("length",)

    def __init__(self, length: str) -> None:
        self.length = length

    @property
    def reads(self) -> Reads:
        return (Read(items=self.length, most=LARGEST),)

    def __call__(self, frame: Frame, raw: int) -> Value:
        return at(raw, frame[self.length] & 0xFFFFFFFF, frame.memory)


class Filled:
    """A sockaddr that the kernel fills; another argument points to its length."""

    __slots__ = ("length",)

    def __init__(self, length: str) -> None:
        self.length = length

    @property
    def reads(self) -> Reads:
        length = Read(size=4, at=self.length)
        return (length, length._replace(late=True), Read("measured", items=self.length, most=LARGEST, late=True))

    def __call__(self, frame: Frame, raw: int) -> Value:
        if not frame.done:
            return address(raw)
        length = memory.word(frame.call.memory, frame[self.length], 4)
        given = memory.word(frame.memory, frame[self.length], 4)
        return address(raw) if length is None else at(raw, min(length, given or length), frame.call.memory)
