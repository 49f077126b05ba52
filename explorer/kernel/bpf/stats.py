"""What programs cost: how long they ran, which the kernel measures only while somebody has asked it to (some 40 ns a run)."""

import ctypes
import os
import struct
from collections.abc import Iterable
from typing import Final, NamedTuple, Self

from explorer.kernel.bpf.libbpf import heard, libbpf, refused

RUN_TIME: Final = 0
"""bpf.h BPF_STATS_RUN_TIME"""
INFO: Final = 256
FIELDS: Final = struct.Struct("=3Q")
AT: Final = 192
"""Of run_time_ns, run_cnt, recursion_misses in struct bpf_prog_info (bpf.h)."""


class Runs(NamedTuple):
    """nanoseconds, times: of the runs that were measured. missed: runs that the kernel left out because the program was running on
    that processor already (0 before Linux 5.12)."""

    nanoseconds: int
    times: int
    missed: int


def runs(programs: Iterable[int]) -> Runs:
    """Of all these programs, by descriptor, since they were loaded."""
    total = [0, 0, 0]
    for fd in programs:
        info, size = ctypes.create_string_buffer(INFO), ctypes.c_uint32(INFO)
        if not libbpf().bpf_obj_get_info_by_fd(fd, info, ctypes.byref(size)):
            total = [one + more for one, more in zip(total, FIELDS.unpack_from(info, AT), strict=True)]
    return Runs(*total)


class Measuring:
    """As long as it is open, runs are measured: of all programs of the machine. Raises Unreadable: before Linux 5.8, or not root."""

    def __init__(self) -> None:
        heard().clear()
        self._fd = libbpf().bpf_enable_stats(RUN_TIME)
        if self._fd < 0:
            raise refused(-self._fd, "measuring BPF programs")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Any number of times."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1
