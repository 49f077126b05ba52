"""/proc/PID/maps. Source: proc_pid_maps(5), show_map_vma() of fs/proc/task_mmu.c."""

import re
from collections.abc import Collection
from typing import Final

from explorer.decode.text import text
from explorer.model.maps import Mapping, Sort

LINE: Final = re.compile(r"([0-9a-f]+)-([0-9a-f]+) (\S{4}) ([0-9a-f]+) ([0-9a-f]+):([0-9a-f]+) (\d+)(?: *(.*))?", re.ASCII | re.DOTALL)
DELETED: Final = " (deleted)"
KERNEL: Final = {"[vdso]", "[vvar]", "[vvar_vclock]", "[vsyscall]", "[sigpage]", "[vectors]", "[uprobes]", "[shadow stack]"}
MEMORY_NAMES: Final = ("/memfd:", "/SYSV", "/dev/zero", "/anon_hugepage")
"""How files of the kernel's own tmpfs and hugetlbfs are named: mm/memfd.c, ipc/shm.c, mm/shmem.c, mm/mmap.c."""
FOLDERS_OF_FILES: Final = ("/dev/shm/", "/dev/hugepages", "/dev/mqueue/")
Device = tuple[int, int]


def decode(raw: bytes, memory_devices: Collection[Device] = ()) -> tuple[Mapping, ...]:
    """By address. memory_devices: the kernel's own tmpfs and hugetlbfs, where files are memory; without them names decide."""
    found = (decode_header(line, memory_devices) for line in text(raw).split("\n"))
    return tuple(mapping for mapping in found if mapping)


def decode_header(line: str, memory_devices: Collection[Device] = ()) -> Mapping | None:
    """One line; None where it is none."""
    match = LINE.fullmatch(line)
    if not match:
        return None
    start, end, offset, major, minor = (int(match[group], 16) for group in (1, 2, 4, 5, 6))
    inode, name, device = int(match[7]), match[8] or "", (major, minor)
    sort = sort_of(name, inode, device, memory_devices)
    gone = inode != 0 and name.endswith(DELETED)
    deleted = gone and sort in {Sort.FILE, Sort.DEVICE}
    return Mapping(start, end, match[3], offset, device, inode, name.removesuffix(DELETED) if gone else name, sort, deleted)


def sort_of(name: str, inode: int, device: Device, memory_devices: Collection[Device]) -> Sort:
    """What the mapping is of. A file has an inode number; names in brackets are the kernel's words only without one."""
    if inode == 0 and device == (0, 0):
        if name == "[heap]":
            return Sort.HEAP
        if name.startswith("[stack"):
            return Sort.STACK
        return Sort.KERNEL if name in KERNEL else Sort.ANON
    inside = device in memory_devices if memory_devices else name.startswith(MEMORY_NAMES) and name.endswith(DELETED) and device[0] == 0
    if inside:
        if name.startswith("/memfd:"):
            return Sort.MEMFD
        return Sort.SYSV if name.startswith("/SYSV") else Sort.SHARED
    if name.startswith(("/dev/", "anon_inode:")) and not name.startswith(FOLDERS_OF_FILES):
        return Sort.DEVICE
    return Sort.FILE
