"""Where the kernel keeps files that are memory: its own tmpfs and hugetlbfs, which are mounted nowhere."""

import os
from functools import cache

HUGE_PAGES = (os.MFD_HUGETLB, os.MFD_HUGETLB | os.MFD_HUGE_2MB, os.MFD_HUGETLB | os.MFD_HUGE_1GB, os.MFD_HUGETLB | os.MFD_HUGE_64KB)


@cache
def memory_devices() -> frozenset[int]:
    """st_dev of memfds, SysV segments and shared anonymous memory; found out by making such a file. Empty where none can be made."""
    found = set()
    for flags in (0, *HUGE_PAGES):
        try:
            memfd = os.memfd_create("", flags | os.MFD_CLOEXEC)
        except OSError:
            continue
        try:
            found.add(os.fstat(memfd).st_dev)
        finally:
            os.close(memfd)
    return frozenset(found)
