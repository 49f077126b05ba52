"""Runs of programs that the kernel left out, because the program was running on that processor already."""

import ctypes
import struct
from collections.abc import Iterable
from typing import Final

from explorer.kernel.bpf.libbpf import libbpf

INFO: Final = 256
COUNT: Final = struct.Struct("=Q")
AT: Final = 208
"""Of recursion_misses in struct bpf_prog_info (bpf.h)."""


def missed(programs: Iterable[int]) -> int:
    """Of all these programs, by descriptor, since they were loaded; 0 before Linux 5.12, which does not count them.

    How long programs ran is not asked for: the kernel measures that only while a switch is on that changes its code (BPF_ENABLE_STATS).
    Under an emulator that crashed Linux 6.12 when it was switched every second.
    """
    total = 0
    for fd in programs:
        info, size = ctypes.create_string_buffer(INFO), ctypes.c_uint32(INFO)
        if not libbpf().bpf_obj_get_info_by_fd(fd, info, ctypes.byref(size)):
            total += COUNT.unpack_from(info, AT)[0]
    return total
