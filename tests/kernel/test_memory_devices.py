"""kernel/memory_devices.py"""

import os

from explorer.kernel.memory_devices import memory_devices


def test_memfds_are_on_one_of_them_and_files_are_not(tmp_path: object) -> None:
    memfd = os.memfd_create("x")
    assert os.fstat(memfd).st_dev in memory_devices()
    os.close(memfd)
    assert os.stat("/").st_dev not in memory_devices()
    assert os.stat("/proc").st_dev not in memory_devices()


def test_nothing_is_left_open() -> None:
    before = len(os.listdir("/proc/self/fd"))
    memory_devices.cache_clear()
    memory_devices()
    assert len(os.listdir("/proc/self/fd")) == before
