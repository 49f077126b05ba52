"""Touches files in every way that a name or a descriptor allows; argv: a folder that is empty, "jail" to end in a root of its own."""

import mmap
import os
import socket
import sys


def attempt(what: object, *arguments: object) -> None:
    """What is meant to fail."""
    try:
        what(*arguments)  # type: ignore[operator]
    except OSError:
        pass


folder = sys.argv[1]
os.chdir(folder)
os.mkdir("sub")
file = os.open("file", os.O_RDWR | os.O_CREAT)
os.write(file, b"x" * 100)
copy = os.open("./sub/../copy", os.O_RDWR | os.O_CREAT)
os.sendfile(copy, file, 0, 50)
near = os.open("sub", os.O_RDONLY)
inner = os.open("inner", os.O_RDWR | os.O_CREAT, dir_fd=near)
again = os.open("../file", os.O_RDONLY, dir_fd=near)
os.pread(again, 5, 0)
os.symlink("file", "link")
linked = os.open("link", os.O_RDONLY)
os.unlink("link")
attempt(os.open, "nothing", os.O_RDONLY)
attempt(os.open, "nothing", os.O_RDONLY)
attempt(os.open, f"{folder}/file/x", os.O_RDONLY)
os.rename("copy", "sub/moved")
os.write(copy, b"moved")
os.unlink("sub/moved")
os.write(copy, b"gone")
os.mkdir("dir")
os.rmdir("dir")
os.chmod("file", 0o600)
os.truncate("file", 64)
os.link("file", "other")
os.unlink("other", dir_fd=None)
mapped = mmap.mmap(file, 64)
mapped[0] = 1
unix = socket.socket(socket.AF_UNIX)
attempt(unix.connect, f"{folder}/none.sock")
unix.bind("bound.sock")
os.fchdir(near)
os.stat("inner")
os.unlink("inner")
if sys.argv[2:]:
    os.chdir(folder)
    os.makedirs("jail/etc")
    with open("jail/etc/conf", "w"):
        pass
    os.chroot("jail")
    os.stat("/etc/conf")
    os.chdir("/etc")
    with open("conf"):
        pass
    os.unlink("../../../etc/conf")
