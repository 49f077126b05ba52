"""More kinds for holds.py: files that are locked, devices, and descriptors that are many."""

import ctypes
import fcntl
import os
import struct
import time
from typing import Any

from tests.specimens.holds import KEPT, Made, called, child, rest

F_SETLEASE, F_OFD_SETLK = 1024, 37
LOOP_SET_FD, LOOP_SET_STATUS64, LOOP_CTL_GET_FREE = 0x4C00, 0x4C04, 0x4C82
LO_FLAGS_AUTOCLEAR = 4
TUNSETIFF = 0x400454CA
IFF_TAP, IFF_NO_PI = 2, 0x1000
MEMFD_SECRET = 447


def locks(path: str) -> dict[str, Any]:
    """A file with locks of three sorts that its holder has, for two of which another process waits."""
    number = os.open(path, os.O_RDWR | os.O_CREAT)
    os.ftruncate(number, 1000)
    fcntl.flock(number, fcntl.LOCK_EX)
    fcntl.lockf(number, fcntl.LOCK_EX, 10, 5)
    fcntl.fcntl(number, F_OFD_SETLK, struct.pack("hhqqi4x", fcntl.F_RDLCK, os.SEEK_SET, 100, 50, 0))

    def wants_all() -> None:
        fcntl.flock(os.open(path, os.O_RDONLY), fcntl.LOCK_EX)

    def wants_some() -> None:
        fcntl.lockf(os.open(path, os.O_RDWR), fcntl.LOCK_SH, 3, 7)

    waiting = [child(wants_all), child(wants_some)]
    end = time.monotonic() + 20
    while time.monotonic() < end and not all(f" {pid} " in arrows() for pid in waiting):
        time.sleep(0.01)
    return {"fd": number, "flock": waiting[0], "posix": waiting[1]}


def arrows() -> str:
    """The lines of /proc/locks that wait."""
    with open("/proc/locks") as file:
        return "".join(line for line in file if "->" in line)


def lease(path: str) -> dict[str, Any]:
    number = os.open(path, os.O_RDWR | os.O_CREAT)
    fcntl.fcntl(number, F_SETLEASE, fcntl.F_WRLCK)
    return {"fd": number}


def devices() -> dict[str, Any]:
    """Character devices of several drivers; a terminal held from both sides."""
    found: dict[str, Any] = {name: os.open(f"/dev/{name}", os.O_RDWR) for name in ("null", "zero", "full", "urandom")}
    for name in ("fuse", "loop-control", "kvm"):
        if os.access(f"/dev/{name}", os.R_OK | os.W_OK):
            found[name] = os.open(f"/dev/{name}", os.O_RDWR)
    found["ptmx"], found["pts"] = os.openpty()
    return {"numbers": found, "pts": os.ttyname(found["pts"])}


def tun() -> dict[str, Any]:
    """A tap device, which goes when its descriptor does, and one that is no interface yet."""
    idle, number = (os.open("/dev/net/tun", os.O_RDWR) for _ in range(2))
    name = f"dive{os.getpid()}"[:15]
    fcntl.ioctl(number, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TAP | IFF_NO_PI))
    return {"fd": number, "idle": idle, "name": name}


def loop(path: str) -> dict[str, Any]:
    """A file as a block device, which goes when its descriptor does."""
    with open(path, "wb") as file:
        file.truncate(1 << 20)
    backing = os.open(path, os.O_RDWR)
    with open("/dev/loop-control", "rb+", buffering=0) as control:
        for _ in range(20):
            device = f"/dev/loop{fcntl.ioctl(control, LOOP_CTL_GET_FREE)}"
            number = os.open(device, os.O_RDWR)
            try:
                fcntl.ioctl(number, LOOP_SET_FD, backing)
                break
            except OSError:
                os.close(number)
        else:
            raise OSError("no loop device is free")
    fcntl.ioctl(number, LOOP_SET_STATUS64, bytearray(struct.pack("=5Q4I", 0, 0, 0, 0, 0, 0, 0, 0, LO_FLAGS_AUTOCLEAR).ljust(232, b"\0")))
    os.close(backing)
    return {"fd": number, "device": device, "file": path}


def kernel_files() -> dict[str, Any]:
    """Files that the kernel makes up: of /proc, sysfs, tracefs, debugfs, a cgroup; those that are mounted."""
    paths = {
        "proc": "/proc/self/status",
        "sysfs": "/sys/kernel/mm/transparent_hugepage/enabled",
        "tracefs": "/sys/kernel/tracing/trace_clock",
        "debugfs": "/sys/kernel/debug/sleep_time",
        "cgroup2": "/sys/fs/cgroup/unified/cgroup.procs",
        "cgroup": "/sys/fs/cgroup/pids/cgroup.procs",
    }
    return {name: os.open(path, os.O_RDONLY) for name, path in paths.items() if os.access(path, os.R_OK)}


def left() -> dict[str, Any]:
    """The network namespace that the program was in before, where its child still is, and the one that it is in."""
    before = os.open("/proc/self/ns/net", os.O_RDONLY)
    stays = child(rest)
    called("unshare", 0x40000000)
    return {"before": before, "stays": stays, "now": os.open("/proc/self/ns/net", os.O_RDONLY)}


def secretmem() -> dict[str, Any]:
    number = called("syscall", MEMFD_SECRET, 0)
    os.ftruncate(number, 8192)
    return {"fd": number}


def anonymous() -> dict[str, Any]:
    """Anonymous inodes that have no file of their own here: a file system that is being set up, a landlock ruleset."""
    found = {"fscontext": called("syscall", 430, b"tmpfs", 0)}
    attributes = ctypes.create_string_buffer(struct.pack("=Q", 1))
    KEPT.append(attributes)
    return {**found, "landlock": called("syscall", 444, attributes, ctypes.c_size_t(8), 0)}


def changing(folder: str) -> dict[str, Any]:
    """Case 24: descriptors 3 to 12 stay, 100 to 600 open and close all the time; the folder of one is closed to everybody."""
    os.mkdir(f"{folder}/closed")
    first = os.open(f"{folder}/closed/stays", os.O_RDWR | os.O_CREAT)
    os.chmod(f"{folder}/closed", 0)
    for number in range(3, 13):
        if number != first:
            os.dup2(first, number)

    def forever() -> None:
        while True:
            for number in range(100, 600):
                os.dup2(first, number)
            for number in range(100, 600):
                os.close(number)

    import threading

    for _ in range(1):
        threading.Thread(target=forever, daemon=True).start()
    return {"first": first}


def many(count: str) -> dict[str, Any]:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = int(count) + 100
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(wanted, hard)), hard))
    null = os.open("/dev/null", os.O_RDONLY)
    for _ in range(int(count)):
        os.dup(null)
    return {"count": len(os.listdir("/proc/self/fd")) - 1, "fd": null}


KINDS: dict[str, Made] = {
    found.__name__: found for found in (locks, lease, devices, tun, loop, kernel_files, left, secretmem, anonymous, changing, many)
}
