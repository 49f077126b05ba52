"""Processes at which a reader may hang for ever. Run as a program, as root; `with Hung() as hung:` does that.

In a mount namespace of its own it serves a FUSE file system that never answers a read, and holds beside it:
faulting    stuck in a page fault on a file of it
jammed      somebody reads its memory there and so holds its memory lock, and it waits for that lock itself: whoever reads its
            cmdline, environ, auxv, smaps, smaps_rollup or mem waits with it, and no signal but SIGKILL reaches it
opened      holds a file of it open and works in a folder of it, of which the file system no longer tells anything: stat hangs
All end with the program, and the program with whoever started it.
"""

import contextlib
import ctypes
import json
import mmap
import os
import select
import signal
import stat
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Self

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.mmap.restype = ctypes.c_void_p
LIBC.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
CLONE_NEWNS, MS_REC, MS_PRIVATE, PR_SET_PDEATHSIG = 0x20000, 0x4000, 0x40000, 1
PAGE = mmap.PAGESIZE
KINDS = ("faulting", "jammed", "opened")

# linux/fuse.h
ASYNC_READ, KEEP_CACHE = 1, 2
LOOKUP, FORGET, GETATTR, OPEN, READ, RELEASE, FLUSH, INIT, OPENDIR, RELEASEDIR, BATCH_FORGET = 1, 2, 3, 14, 15, 18, 25, 26, 27, 29, 42
NODES = {1: (b"/", stat.S_IFDIR | 0o755, 0), 2: (b"file", stat.S_IFREG | 0o644, 1 << 16), 3: (b"folder", stat.S_IFDIR | 0o755, 0)}


class Hung:
    """pids: by kind; alive until the with block ends."""

    def __enter__(self) -> Self:
        self._place = tempfile.mkdtemp(prefix="hung-")
        self._program = subprocess.Popen(
            [sys.executable, "-IS", __file__, self._place], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert self._program.stdout is not None
        said = self._program.stdout.readline()
        self.pids: dict[str, int] = json.loads(said or "{}")
        if not said:
            self.__exit__()
            raise OSError("the hung file system could not be made")
        return self

    def __exit__(self, *error: object) -> None:
        self._program.kill()
        self._program.wait()
        for pipe in (self._program.stdin, self._program.stdout):
            if pipe:
                pipe.close()
        os.rmdir(self._place)


def check(result: int, what: str) -> int:
    if result == -1:
        raise OSError(ctypes.get_errno(), what)
    return result


class HungFileSystem:
    """A FUSE server on the raw device: answers what mounting and opening need; reads never, and once hung is set, nothing more."""

    def __init__(self, place: str) -> None:
        self.hung = False
        self.fd = os.open("/dev/fuse", os.O_RDWR)
        options = f"fd={self.fd},rootmode=40000,user_id=0,group_id=0,allow_other"
        check(LIBC.mount(b"hungfs", place.encode(), b"fuse.hungfs", 0, options.encode()), "mount")

    def serve(self) -> None:
        """One request."""
        request = os.read(self.fd, 1 << 20)
        _, op, unique, node = struct.unpack_from("=IIQQ", request)
        if op not in {READ, FORGET, BATCH_FORGET} and not (self.hung and op in {LOOKUP, GETATTR}):
            self.answer(unique, self.reply(op, node, request[40:]))

    def answer(self, unique: int, data: bytes | int) -> None:
        error, body = (data, b"") if isinstance(data, int) else (0, data)
        os.write(self.fd, struct.pack("=IiQ", 16 + len(body), error, unique) + body)

    def reply(self, op: int, node: int, body: bytes) -> bytes | int:
        """The answer's body, or a negative errno."""
        if op == INIT:
            return struct.pack("=IIIIHHIIHHI28x", 7, 31, 1 << 16, ASYNC_READ, 16, 12, PAGE, 1, 0, 0, 0)
        if op == LOOKUP:
            name = body.rstrip(b"\0")
            found = next((number for number, entry in NODES.items() if entry[0] == name), 0)
            return struct.pack("=QQQQII", found, 0, 0, 0, 0, 0) + attributes(found) if found else -2
        if op == GETATTR:
            return struct.pack("=QII", 0, 0, 0) + attributes(node)
        if op in {OPEN, OPENDIR}:
            return struct.pack("=QII", node, KEEP_CACHE, 0)
        return b"" if op in {RELEASE, RELEASEDIR, FLUSH} else -38


def attributes(node: int) -> bytes:
    _, mode, size = NODES[node]
    return struct.pack("=QQQQQQIIIIIIIIII", node, size, size >> 9, 0, 0, 0, 0, 0, 0, mode, 1, 0, 0, 0, PAGE, 0)


def state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[0].decode()


def map_file(place: str) -> int:
    """The address of a page of the file that nobody has read yet."""
    file = os.open(f"{place}/file", os.O_RDONLY)
    return int(LIBC.mmap(None, PAGE, mmap.PROT_READ, mmap.MAP_PRIVATE, file, 0))


def jam(place: str, ready: int) -> None:
    """A child reads our memory where it hangs, with our memory lock in its hand; then we want that lock to write."""
    address, us = map_file(place), os.getpid()
    child = os.fork()
    if child == 0:
        check(LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0), "prctl")
        with contextlib.suppress(OSError):  # at the end, when the file system goes away
            os.pread(os.open(f"/proc/{us}/mem", os.O_RDONLY), 1, address)
        os._exit(0)
    while state(child) != "D":
        time.sleep(0.01)
    os.write(ready, b".")
    LIBC.mmap(None, PAGE, mmap.PROT_READ, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, -1, 0)


def become(kind: str, place: str, ready: int) -> None:
    """Be one of them, for ever; writes a byte to `ready` when we are, or will be with the next instruction."""
    check(LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0), "prctl")
    if kind == "faulting":
        address = map_file(place)
        os.write(ready, b".")
        ctypes.string_at(address, 1)
    elif kind == "jammed":
        jam(place, ready)
    else:
        os.open(f"{place}/file", os.O_RDONLY)
        os.chdir(f"{place}/folder")
    os.write(ready, b".")
    while True:
        signal.pause()


def spawn(kind: str, place: str) -> tuple[int, int]:
    """Start ourselves anew as one of the kinds: its pid, and a pipe that says when it is one."""
    here, there = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.set_inheritable(there, True)
        os.execve(sys.executable, [sys.executable, "-IS", __file__, place, kind, str(there)], {"KIND": kind})
    os.close(there)
    return pid, here


def stuck(children: dict[str, tuple[int, int]]) -> bool:
    return all(state(children[kind][0]) == "D" for kind in ("faulting", "jammed"))


def main(place: str) -> None:
    """Serve until standard input ends."""
    check(LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0), "prctl")
    check(LIBC.unshare(CLONE_NEWNS), "unshare")
    check(LIBC.mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None), "mount")
    files = HungFileSystem(place)
    children = {kind: spawn(kind, place) for kind in KINDS}
    waiting = {pipe for _, pipe in children.values()}
    while True:
        for fd in select.select([files.fd, 0, *waiting], [], [], 0.02)[0]:
            if fd == files.fd:
                files.serve()
            elif fd == 0:
                os._exit(0)
            elif not os.read(fd, 1):
                os._exit(1)
            else:
                waiting.discard(fd)
        if not waiting and not files.hung and stuck(children):
            files.hung = True
            print(json.dumps({kind: pid for kind, (pid, _) in children.items()}), flush=True)


if __name__ == "__main__":
    if len(sys.argv) == 2:
        main(sys.argv[1])
    else:
        become(sys.argv[2], sys.argv[1], int(sys.argv[3]))
