"""capget's header and data (linux/capability.h)."""

from explorer.decode.constants.capabilities import NAMES
from explorer.decode.syscall import memory
from explorer.decode.syscall.args.flags import choice
from explorer.decode.syscall.args.number import PID
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.reads import Read, fixed, reads
from explorer.decode.syscall.value import address, struct
from explorer.model.trace import Value

VERSIONS = {0x19980330: "_LINUX_CAPABILITY_VERSION_1", 0x20071026: "_LINUX_CAPABILITY_VERSION_2", 0x20080522: "_LINUX_CAPABILITY_VERSION_3"}
ONE = 0x19980330


@reads(fixed("Ii"))
def HEADER(frame: Frame, raw: int) -> Value:
    found = memory.numbers(frame.memory, raw, "Ii")
    if found is None:
        return address(raw)
    version, pid = found
    return struct(raw, [("version", Value(version, choice(version, VERSIONS, "_LINUX_CAPABILITY_VERSION"))), ("pid", PID(frame, pid))])


@reads((Read(size=24), Read(size=4, at="hdrp")))
def DATA(frame: Frame, raw: int) -> Value:
    """Three sets, of 64 bits from version 2 on: low halves first, then high ones."""
    version = memory.word(frame.memory, frame["hdrp"], 4)
    found = memory.numbers(frame.memory, raw, "III" if version == ONE else "IIIIII")
    if found is None:
        return address(raw)
    low, high = found[:3], found[3:] or (0, 0, 0)
    names = ("effective", "permitted", "inheritable")
    return struct(raw, [(name, capabilities(a | b << 32)) for name, a, b in zip(names, low, high, strict=True)])


def capabilities(mask: int) -> Value:
    """1<<CAP_CHOWN|1<<CAP_KILL; 0."""
    bits = [bit for bit in range(mask.bit_length()) if mask >> bit & 1]
    return Value(mask, "|".join(f"1<<{NAMES[bit]}" if bit in NAMES else f"1<<{bit}" for bit in bits) or "0")
