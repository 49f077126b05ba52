"""Socket types, protocols and options."""

from collections.abc import Mapping

from explorer.decode.constants import socket_options as table
from explorer.decode.constants.families import NAMES as FAMILIES
from explorer.decode.constants.ip_protocols import NAMES as IP_PROTOCOLS
from explorer.decode.constants.netlink_protocols import NAMES as NETLINK_PROTOCOLS
from explorer.decode.constants.socket_calls import TYPE_FLAGS, TYPES
from explorer.decode.syscall import memory
from explorer.decode.syscall.args.flags import Choice, choice, named
from explorer.decode.syscall.args.text import quoted
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.reads import Read, reads
from explorer.decode.syscall.value import address, array, signed, struct
from explorer.model.trace import Value

FAMILY = Choice(FAMILIES, "AF")
OPTIONS: Mapping[int, Mapping[int, str]] = {
    0: table.IP, 1: table.SO, 6: table.TCP, 17: table.UDP, 41: table.IPV6, 263: table.PACKET, 270: table.NETLINK,
}  # fmt: skip
KINDS = {0: "IP", 1: "SO", 6: "TCP", 17: "UDP", 41: "IPV6", 263: "PACKET", 270: "NETLINK"}
INET = {2, 10}
AF_NETLINK = 16
LINGER, PEERCRED, BINDTODEVICE = 13, 17, 25
TIMES = {20, 21}
LEAST = 32
TEXT = {(6, 13), (6, 31), (1, 25), (1, 31)}
"""Options that are names: TCP_CONGESTION, TCP_ULP, SO_BINDTODEVICE, SO_PEERSEC."""


def LEVEL(_frame: Frame, raw: int) -> Value:
    """strace says SOL_?? with two question marks."""
    low = raw & 0xFFFFFFFF
    return Value(raw, table.LEVELS.get(low) or f"{low:#x} /* SOL_?? */")


def TYPE(_frame: Frame, raw: int) -> Value:
    """SOCK_STREAM|SOCK_CLOEXEC."""
    low = raw & 0xFFFFFFFF
    kind, rest = low & 0xF, low & ~0xF
    if kind not in TYPES:
        return Value(raw, named(low, TYPE_FLAGS, "SOCK"))
    return Value(raw, f"{TYPES[kind]}|{named(rest, TYPE_FLAGS, 'SOCK')}" if rest else TYPES[kind])


def PROTOCOL(frame: Frame, raw: int) -> Value:
    """Named by the family."""
    family, low = frame["domain"] & 0xFFFFFFFF, raw & 0xFFFFFFFF
    if family in INET:
        return Value(raw, choice(low, IP_PROTOCOLS, "IPPROTO"))
    if family == AF_NETLINK:
        return Value(raw, choice(low, NETLINK_PROTOCOLS, "NETLINK"))
    return Value(raw, str(low))


def NAME(frame: Frame, raw: int) -> Value:
    """An option of its level."""
    level, low = frame["level"] & 0xFFFFFFFF, raw & 0xFFFFFFFF
    names = OPTIONS.get(level)
    return Value(raw, str(low)) if names is None else Value(raw, choice(low, names, KINDS[level]))


def option(frame: Frame, raw: int, length: int) -> Value:
    """The value: mostly [int]; structures and names of the few options that have them."""
    level, name = frame["level"] & 0xFFFFFFFF, frame["optname"] & 0xFFFFFFFF
    if not raw or length <= 0:
        return address(raw)
    found = memory.block(frame.memory, raw, min(length, max(frame.style.string, LEAST)))
    if found is None:
        return address(raw)
    ints = [int.from_bytes(found[index : index + 4], "little", signed=True) for index in range(0, len(found) - 3, 4)]
    if (level, name) == (1, LINGER) and len(ints) >= 2:
        return struct(raw, [("l_onoff", Value(ints[0], str(ints[0]))), ("l_linger", Value(ints[1], str(ints[1])))])
    if (level, name) == (1, PEERCRED) and len(ints) >= 3:
        return struct(raw, [(word, Value(value, str(value))) for word, value in zip(("pid", "uid", "gid"), ints, strict=False)])
    if level == 1 and name in TIMES and len(found) >= 2 * frame.word:
        sec, usec = (int.from_bytes(found[at : at + frame.word], "little", signed=True) for at in (0, frame.word))
        # strace writes it as the bytes that it is; its parts are there to be unfolded.
        return Value(raw, quoted(found), (("tv_sec", Value(sec, str(sec))), ("tv_usec", Value(usec, str(usec)))), "string")
    if (level, name) in TEXT:
        head = found.partition(b"\0")[0]
        return Value(raw, quoted(head), (), "string")
    if length == 4:
        return array(raw, [("", Value(ints[0], str(ints[0])))])
    limit = frame.style.string
    return Value(raw, quoted(found[:limit], cut=length > limit), (), "string")


@reads(Read(items="optlen", floor=LEAST))
def GIVEN(frame: Frame, raw: int) -> Value:
    return option(frame, raw, signed(frame["optlen"]))


@reads((Read(size=4, at="optlen", late=True), Read("measured", items="optlen", floor=LEAST, late=True)))
def ASKED(frame: Frame, raw: int) -> Value:
    """getsockopt's value, once it is there."""
    if not frame.done:
        return address(raw)
    return frame.at_end(_asked, raw) or address(raw)


def _asked(frame: Frame, raw: int) -> Value:
    length = memory.word(frame.memory, frame["optlen"], 4)
    return address(raw) if length is None else option(frame, raw, signed(length))
