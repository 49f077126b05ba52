"""Pointers that are shown as they are."""

from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.value import address
from explorer.model.trace import Value


def ADDRESS(_frame: Frame, raw: int) -> Value:
    """NULL or 0x7ffc…"""
    return address(raw)
