"""What the kernel knows of a BPF program, map or link by its id: bpf(2), BPF_OBJ_GET_INFO_BY_FD."""

import ctypes
import os
import platform
import struct
from typing import Final

from explorer.kernel.errors import missing, unreadable
from explorer.model.missing import Unreadable

NUMBERS: Final = {"x86_64": 321, "aarch64": 280}
GET_FD_BY_ID: Final = {"prog": 13, "map": 14, "link": 30}
OBJ_GET_INFO_BY_FD: Final = 15
BPF_F_RDONLY: Final = 8
SIZE: Final = 256
ENOSYS: Final = 38


def info(sort: str, number: int) -> bytes:
    """struct bpf_prog_info, bpf_map_info or bpf_link_info of the one with that id. Never blocks; needs CAP_SYS_ADMIN. Raises Unreadable.

    The descriptor that it takes is closed at once.
    """
    what = f"bpf {sort} {number}"
    buffer = ctypes.create_string_buffer(SIZE)
    try:
        held = bpf(GET_FD_BY_ID[sort], struct.pack("=III", number, 0, BPF_F_RDONLY if sort == "map" else 0))
        try:
            bpf(OBJ_GET_INFO_BY_FD, struct.pack("=IIQ", held, SIZE, ctypes.addressof(buffer)))
        finally:
            os.close(held)
    except OSError as error:
        raise unreadable(error, what) from None
    return buffer.raw


def bpf(command: int, attributes: bytes) -> int:
    """bpf(2). Raises OSError."""
    number = NUMBERS.get(platform.machine())
    if number is None:
        raise Unreadable(missing(ENOSYS, "bpf(2)"))
    found = ctypes.CDLL(None, use_errno=True).syscall(number, command, attributes, len(attributes))
    if found < 0:
        raise OSError(ctypes.get_errno(), "bpf")
    return int(found)
