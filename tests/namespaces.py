"""Tests that need the machine's own process numbers: BPF programs and the proc connector tell those of the first pid namespace."""

import os
from typing import Final

import pytest

FIRST: Final = 0xEFFFFFFC
"""Inode of the first pid namespace: the kernel's include/linux/proc_ns.h."""
first_pids = pytest.mark.skipif(os.stat("/proc/self/ns/pid").st_ino != FIRST, reason="in a pid namespace of its own numbers are other ones")
