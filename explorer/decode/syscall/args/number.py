"""Plain numbers: signed, unsigned, hexadecimal, octal; ids."""

from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.value import signed
from explorer.model.trace import Value

U32 = 0xFFFFFFFF


def INT(_frame: Frame, raw: int) -> Value:
    return Value(raw, str(signed(raw)))


def UINT(_frame: Frame, raw: int) -> Value:
    return Value(raw, str(raw & U32))


def LONG(frame: Frame, raw: int) -> Value:
    return Value(raw, str(signed(raw, frame.word * 8)))


def SIZE(_frame: Frame, raw: int) -> Value:
    """size_t and unsigned long."""
    return Value(raw, str(raw))


def LOFF(_frame: Frame, raw: int) -> Value:
    """A signed 64-bit number, as a member or through Wide."""
    return Value(raw, str(signed(raw, 64)))


def HEX(_frame: Frame, raw: int) -> Value:
    """unsigned int in hexadecimal, 0 bare."""
    low = raw & U32
    return Value(raw, f"{low:#x}" if low else "0")


def LONG_HEX(_frame: Frame, raw: int) -> Value:
    return Value(raw, f"{raw:#x}" if raw else "0")


def RAW(_frame: Frame, raw: int) -> Value:
    """A register of a call that nobody describes."""
    return Value(raw, f"{raw:#x}")


def MODE(_frame: Frame, raw: int) -> Value:
    """Permission bits, 0644 (umode_t: 16 bits)."""
    return Value(raw, f"0{raw & 0xFFFF:o}" if raw & 0xFFFF > 7 else f"{raw & 0xFFFF:03o}")


def PID(_frame: Frame, raw: int) -> Value:
    return Value(raw, str(signed(raw)), (), "pid")


def ID(_frame: Frame, raw: int) -> Value:
    """uid_t, gid_t: -1 is "leave it"."""
    low = raw & U32
    return Value(raw, "-1" if low == U32 else str(low))


def ID16(_frame: Frame, raw: int) -> Value:
    """The 16-bit ids of old i386 calls."""
    low = raw & 0xFFFF
    return Value(raw, "-1" if low == 0xFFFF else str(low))
