"""A program that makes calls of many kinds, some of which fail: known.py FOLDER. It waits for a line before it begins.

Python alone: it also runs where there is no compiler.
"""

import ctypes
import fcntl
import mmap
import os
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

THREADS: Final = 3
CHILDREN: Final = 4
"""one that only ends, two that become another program, one that makes a call of another architecture"""
GETPID_32: Final = bytes.fromhex("b814000000 cd80 c3")
"""mov $20, %eax; int $0x80; ret"""
REUSED: Final = 50
TRUE: Final = "/bin/true"
LONG: Final = "./" * 2000 + "text"
WORDS: Final = bytes(range(256)) * 8


def files() -> None:
    """Made, written, read, changed, looked at, removed."""
    fd = os.open("text", os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o640)
    os.write(fd, WORDS)
    os.writev(fd, [b"one", b"two" * 40, b""])
    os.pwrite(fd, b"at five", 5)
    os.pread(fd, 40, 3)
    os.lseek(fd, 0, os.SEEK_SET)
    os.readv(fd, [bytearray(10), bytearray(100)])
    os.ftruncate(fd, 100)
    os.fsync(fd)
    os.fstat(fd)
    os.fchmod(fd, 0o600)
    fcntl.fcntl(fd, fcntl.F_GETFL)
    fcntl.flock(fd, fcntl.LOCK_EX)
    with mmap.mmap(fd, 100):
        os.close(fd)
    os.stat("text")
    os.lstat("text")
    os.access("text", os.R_OK)
    os.close(os.open(LONG, os.O_RDONLY))


def names() -> None:
    """Several names in a call, names below a folder's descriptor, names that are no text."""
    os.mkdir("folder", 0o700)
    folder = os.open("folder", os.O_RDONLY | os.O_DIRECTORY)
    os.rename("text", "folder/moved")
    os.symlink("moved", "folder/link")
    os.link("folder/moved", "folder/hard")
    os.readlink("folder/link")
    os.close(os.open("link", os.O_RDONLY, dir_fd=folder))
    os.stat("moved", dir_fd=folder)
    os.utime("moved", (1, 2), dir_fd=folder)
    os.listdir(folder)
    os.close(os.open(b"folder/\xff\n\x1b[31m", os.O_WRONLY | os.O_CREAT, 0o600))
    for name in os.listdir(b"folder"):
        os.unlink(b"folder/" + name)
    held = os.open("gone", os.O_RDWR | os.O_CREAT, 0o600)
    os.unlink("gone")
    os.write(held, b"nobody sees this")
    os.close(held)
    os.chdir("folder")
    os.getcwd()
    os.chdir("..")
    os.close(folder)
    os.rmdir("folder")


def reuse() -> None:
    """One number for two files, in turn."""
    for turn in range(REUSED):
        fd = os.open(("left", "right")[turn % 2], os.O_WRONLY | os.O_CREAT, 0o600)
        os.write(fd, b"%d" % turn)
        os.close(fd)


def channels() -> None:
    """Pipes and sockets, with addresses."""
    out, into = os.pipe()
    os.write(into, b"through a pipe")
    os.read(out, 100)
    os.dup2(out, 100)
    select.select([out], [into], [], 0)
    for fd in (out, into, 100):
        os.close(fd)
    one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    one.sendmsg([b"scattered", b" words"])
    other.recvmsg(64)
    one.close()
    other.close()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as named:
        named.bind("here")
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as client:
            client.sendto(b"to a name", "here")
        named.recvfrom(64)
    os.unlink("here")
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", 0))
        server.listen(1)
        with socket.create_connection(server.getsockname()) as client:
            accepted, _ = server.accept()
            client.sendall(b"GET / HTTP/1.0\r\n\r\n")
            accepted.recv(100)
            accepted.getpeername()
            accepted.shutdown(socket.SHUT_RDWR)
            accepted.close()
    with select.epoll() as watch:
        watch.register(0, select.EPOLLHUP)
        watch.poll(0.001, 4)


def failures() -> None:
    """Calls that fail, each in its own way."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.open(ctypes.c_void_p(1), 0)
    libc.read(0x7FFFFFFF, None, 10)
    libc.syscall(ctypes.c_long(100_000), 1, 2, 3)
    libc.execve(b"/nowhere", (ctypes.c_char_p * 3)(b"nowhere", b"-x", None), None)
    failing: list[Callable[[], object]] = [
        lambda: os.open("nothing", os.O_RDONLY),
        lambda: os.open("left/below", os.O_RDONLY),
        lambda: os.stat("n" * 300),
        lambda: os.mkdir("left"),
        lambda: os.kill(os.getpid(), 999),
        lambda: os.rmdir("/proc"),
        lambda: os.readlink("left"),
        lambda: os.unlink(LONG),
    ]
    for call in failing:
        with suppress(OSError):
            call()


def signals() -> None:
    """Handled, blocked and timed ones."""
    signal.signal(signal.SIGUSR1, lambda *_: None)
    os.kill(os.getpid(), signal.SIGUSR1)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR2})
    os.kill(os.getpid(), signal.SIGUSR2)
    signal.sigtimedwait({signal.SIGUSR2}, 1)
    time.sleep(0.001)


def work() -> None:
    """Of each thread."""
    for turn in range(20):
        os.getppid()
        with suppress(OSError):
            os.stat(f"no file {turn}")


def threads() -> None:
    """Several at a time."""
    running = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()


def children() -> None:
    """Forked, forked to become another program, and spawned."""
    if not (child := os.fork()):
        os.getppid()
        os._exit(3)
    os.waitpid(child, 0)
    if not (child := os.fork()):
        os.execve(TRUE, ["true", "some", "words"], {"A": "1", "LANG": "C"})
    os.waitpid(child, 0)
    os.waitpid(os.posix_spawn(TRUE, ["true"], {}), 0)


def foreign() -> None:
    """A call by the number of another architecture, where there is one; a kernel without it kills the child."""
    if not (child := os.fork()):
        if os.uname().machine == "x86_64":
            page = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
            page.write(GETPID_32)
            ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
        os._exit(4)
    os.waitpid(child, 0)


def main() -> int:
    folder = sys.argv[1]
    os.chdir(folder)
    print("ready", flush=True)
    os.read(0, 10)
    for part in (files, names, reuse, channels, failures, signals, threads, children, foreign):
        part()
    return 7


if __name__ == "__main__":
    sys.exit(main())
