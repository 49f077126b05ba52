"""What of BPF is there: the programs, maps and links that processes hold, and whether they still exist."""

import ctypes
import errno
import os
import platform
import re
from pathlib import Path
from typing import Final

BPF: Final = {"x86_64": 321, "aarch64": 280}[platform.machine()]
FD_BY_ID: Final = {"prog": 13, "map": 14, "link": 30}
"""Commands of bpf(2)."""
ID: Final = re.compile(r"^(prog|map|link)_id:\s+(\d+)$", re.MULTILINE)
Object = tuple[str, int]
"""prog, map or link, and its id"""


def held(pid: int) -> set[Object]:
    """By a process and its descendants."""
    found: set[Object] = set()
    for each in [pid, *descendants(pid)]:
        for path in Path(f"/proc/{each}/fdinfo").iterdir():
            try:
                found |= {(kind, int(number)) for kind, number in ID.findall(path.read_text())}
            except FileNotFoundError:
                continue
    return found


def descendants(pid: int) -> list[int]:
    """All that live."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_bytes().rpartition(b")")[2].split()[1])
        except OSError:
            continue
    found: list[int] = []
    todo = [pid]
    while todo:
        parent = todo.pop()
        children = [child for child, its in parents.items() if its == parent]
        found += children
        todo += children
    return found


def exists(one: Object) -> bool:
    """Whether the kernel still has it; root only."""
    libc = ctypes.CDLL(None, use_errno=True)
    kind, number = one
    attributes = (ctypes.c_uint32 * 4)(number, 0, 0, 0)
    fd = libc.syscall(ctypes.c_long(BPF), FD_BY_ID[kind], ctypes.byref(attributes), ctypes.sizeof(attributes))
    if fd < 0:
        assert ctypes.get_errno() == errno.ENOENT, os.strerror(ctypes.get_errno())
        return False
    os.close(fd)
    return True
