"""collect/memory.py"""

import mmap
import os
import shutil
import subprocess
from pathlib import Path

import psutil
import pytest

from explorer.collect.memory import memory
from explorer.model.maps import Mapping, Memory, Sort
from explorer.model.missing import Missing
from explorer.resolve.system import System
from tests.processes import HELD, Processes

SHAPES = """
import ctypes, mmap, os, sys
memfd = os.memfd_create("jit (deleted)")
os.ftruncate(memfd, 4096)
held = [mmap.mmap(memfd, 4096), mmap.mmap(-1, 4096)]
libc = ctypes.CDLL(None)
libc.shmat.restype = ctypes.c_void_p
segment = libc.shmget(0, 4096, 0o1600)
held.append(libc.shmat(segment, None, 0))
libc.shmctl(segment, 0, None)
libc.mmap.restype = ctypes.c_void_p
held.append(libc.mmap(None, 4096, 7, 0x22, -1, 0))
with open(sys.argv[1], "rb") as library:
    held.append(mmap.mmap(library.fileno(), 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC, flags=mmap.MAP_PRIVATE))
os.unlink(sys.argv[1])
"""


def of(system: System, pid: int, *, sizes: bool = False) -> tuple[Memory, tuple[Mapping, ...]]:
    found = memory(system, pid, sizes=sizes)
    assert isinstance(found, Memory)
    assert not isinstance(found.maps, Missing)
    return found, found.maps


@pytest.mark.parametrize("sizes", [False, True])
def test_case_21_memory_is_told_from_deleted_libraries(system: System, processes: Processes, tmp_path: Path, sizes: bool) -> None:
    library = tmp_path / "lib.so"
    shutil.copy("/bin/true", library)
    process = processes.python(SHAPES + HELD, str(library))
    found, maps = of(system, process.pid, sizes=sizes)
    assert [each.name for each in maps if each.sort is Sort.MEMFD] == ["/memfd:jit (deleted)"]
    assert len([each for each in maps if each.sort is Sort.SYSV]) == 1
    assert any(each.sort is Sort.SHARED for each in maps)
    assert [each.name for each in maps if each.deleted] == [str(library)]
    assert found.stale == (str(library),)
    assert found.both == 1


def test_sizes_add_up(system: System, processes: Processes) -> None:
    pid = processes.python("import sys; " + HELD).pid
    found, maps = of(system, pid, sizes=True)
    assert found.detailed
    assert isinstance(found.rollup, dict)
    assert sum(each.sizes["Rss"] for each in maps) == pytest.approx(found.rollup["Rss"], rel=0.1)
    assert found.rollup["Rss"] == pytest.approx(psutil.Process(pid).memory_info().rss, rel=0.25)


@pytest.mark.oracle("pmap")
def test_as_pmap_has_them(system: System, processes: Processes) -> None:
    pid = processes.python("import sys; " + HELD).pid
    out = subprocess.run(["pmap", "-q", str(pid)], capture_output=True, text=True, check=True, timeout=30).stdout.split("\n")[1:]
    theirs = {int(line.split()[0], 16): int(line.split()[1][:-1]) << 10 for line in out if line and line[0] in "0123456789abcdef"}
    _, maps = of(system, pid)
    assert {each.start: each.size for each in maps} == theirs


def test_who_has_none(system: System) -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    found = memory(system, child)
    os.waitpid(child, 0)
    assert isinstance(found, Missing)
    assert "zombie" in found.detail
    gone = memory(system, child)
    assert isinstance(gone, Missing)


def test_our_own_mapping_is_there(system: System) -> None:
    with mmap.mmap(-1, 123 * mmap.PAGESIZE) as area:
        area[0] = 1
        _, maps = of(system, os.getpid())
    assert any(each.size >= 123 * mmap.PAGESIZE for each in maps)
