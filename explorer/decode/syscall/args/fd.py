"""Descriptors, named by what they were at that moment."""

from typing import Final

from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.value import signed
from explorer.model.trace import Value

AT_FDCWD: Final = -100


def FD(frame: Frame, raw: int) -> Value:
    number = raw if raw < 1 << 31 else signed(raw)
    return Value(raw, str(number), (), "fd", frame.names.get(number, ""))


def DIRFD(frame: Frame, raw: int) -> Value:
    """A folder's descriptor, or AT_FDCWD (linux/fcntl.h)."""
    number = signed(raw)
    if number != AT_FDCWD:
        return FD(frame, raw)
    return Value(raw, "AT_FDCWD", (), "fd", frame.names.get(AT_FDCWD, ""))
