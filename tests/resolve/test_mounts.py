"""resolve/mounts.py"""

import ctypes
import os
from pathlib import Path

import pytest

from explorer.collect.files import files
from explorer.decode.fd.path import PathFd
from explorer.kernel.procfs import Procfs
from explorer.model.missing import Missing
from explorer.model.mount import Mount
from explorer.resolve.mounts import AGE, Mounts, may_hang
from explorer.resolve.system import System
from tests.fakeproc import FakeProc

ROW = "{} 1 {} / {} rw - {} none rw\n"


def mount(fstype: str) -> Mount:
    return Mount(1, 0, (0, 1), "/", "/x", "rw", (), fstype, "none", "rw")


def test_one_reading_serves_a_mount_namespace_for_a_while(fakeproc: FakeProc) -> None:
    now = 100.0
    fakeproc.link("7/ns/mnt", "mnt:[1]")
    fakeproc.link("8/ns/mnt", "mnt:[1]")
    fakeproc.file("7/mountinfo", ROW.format(5, "0:5", "/a", "tmpfs"))
    mounts = Mounts(fakeproc.system.proc, lambda: now)
    assert mounts.of(7)[5].point == "/a"
    fakeproc.file("7/mountinfo", "")
    assert mounts.of(8)[5].point == "/a"
    now += AGE
    assert mounts.of(7) == {}


def test_by_device_with_the_root_of_the_file_system_first(fakeproc: FakeProc) -> None:
    fakeproc.file("7/mountinfo", "5 1 0:5 /sub /bind rw - ext4 d rw\n6 1 0:5 / /whole rw - ext4 d rw\n")
    mounts = Mounts(fakeproc.system.proc)
    assert [found.point for found in mounts.on(7, (0, 5))] == ["/whole", "/bind"]
    assert mounts.on(7, (9, 9)) == ()


def test_what_may_hang() -> None:
    for fstype in ("nfs", "nfs4", "fuse", "fuse.sshfs", "fuseblk", "cifs", "9p", "autofs"):
        assert may_hang(mount(fstype)), fstype
    for fstype in ("ext4", "tmpfs", "overlay", "proc", "btrfs"):
        assert not may_hang(mount(fstype)), fstype
    assert may_hang(None)


@pytest.mark.root
def test_case_16_a_file_on_a_mount_called_dash_below_a_name_with_a_blank(tmp_path: Path) -> None:
    place = tmp_path / "m n"
    place.mkdir()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"-", bytes(place), b"tmpfs", 0, None):
        pytest.skip(f"no tmpfs can be mounted here: {os.strerror(ctypes.get_errno())}")
    system = System()
    try:
        with open(place / "file", "w") as file:
            found = files(system, os.getpid())
            assert not isinstance(found, Missing)
            fd = next(fd for fd in found if fd.number == file.fileno())
            assert isinstance(fd, PathFd)
            assert (fd.mount, fd.fstype) == (str(place), "tmpfs")
            assert Mounts(Procfs()).of(os.getpid())[fd.mnt_id].source == "-"
    finally:
        system.close()
        libc.umount2(bytes(place), 2)
