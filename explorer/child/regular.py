"""Opens somebody's regular file to read it, through /proc/PID/fd/N, so that nothing else is ever opened by mistake.

The number may mean a fifo, a device or a socket a moment later, and opening those does something. So what is there is
held by O_PATH first, which opens nothing, looked at, and what was looked at is opened by our own descriptor of it. Nor are
files that the kernel makes up (trace_pipe is a regular one, and who reads it takes it away), nor one with a lease for
writing on it, which opening would break (fcntl(2)).
"""

import ctypes
import errno
import os
import stat
import struct
from typing import Final

from explorer.kernel.frames import STAT

MADE_UP: Final = frozenset(
    {
        0x9FA0,  # proc
        0x62656572,  # sysfs
        0x74726163,  # tracefs
        0x64626720,  # debugfs
        0x27E0EB,  # cgroup
        0x63677270,  # cgroup2
        0x62656570,  # configfs
        0x73636673,  # securityfs
        0x19800202,  # mqueue
        0xCAFE4A11,  # bpf
        0xF97CFF8C,  # selinuxfs
        0x43415D53,  # smackfs
        0x65735543,  # fusectl
        0x42494E4D,  # binfmt_misc
        0x6E736673,  # nsfs
        0x50494446,  # pidfs
        0x09041934,  # anon_inode
        0x7655821,  # resctrl
        0x5345434D,  # secretmem
        0xDE5E81E4,  # efivarfs
        0x6165676C,  # pstore
        0x67596969,  # rpc_pipefs
        0x6E667364,  # nfsd
        0x6C6F6F70,  # binderfs
    }
)
"""f_type of statfs(2): linux/magic.h, and fs/nfs, net/sunrpc."""
LIBC: Final = ctypes.CDLL(None, use_errno=True)
LOCKS: Final = "/proc/locks"


def opened(path: bytes, identity: tuple[int, int] | None = None) -> int:
    """A descriptor of it, to read. identity: the device and inode that it must be. Raises OSError.

    EMEDIUMTYPE: it is no regular file; ENOTSUP: one that the kernel makes up; ESTALE: another one by now; EBUSY: a lease.
    Its atime stays as it is where we may say so.
    """
    held = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        file = os.fstat(held)
        if not stat.S_ISREG(file.st_mode):
            raise OSError(errno.EMEDIUMTYPE, "no regular file")
        if identity is not None and identity != (file.st_dev, file.st_ino):
            raise OSError(errno.ESTALE, "another file by now")
        ours = b"/proc/self/fd/%d" % held
        if made_up(ours):
            raise OSError(errno.ENOTSUP, "made up by the kernel")
        if leased(file):
            raise OSError(errno.EBUSY, "a lease is on it")
        flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
        try:
            return os.open(ours, flags | os.O_NOATIME)
        except PermissionError:
            return os.open(ours, flags)
    finally:
        os.close(held)


def made_up(path: bytes) -> bool:
    """Whether its file system is one of the kernel's own."""
    buffer = ctypes.create_string_buffer(256)
    if LIBC.statfs(path, buffer):
        raise OSError(ctypes.get_errno(), "statfs")
    return (ctypes.c_long.from_buffer(buffer).value & 0xFFFFFFFF) in MADE_UP


def leased(file: os.stat_result) -> bool:
    """Whether somebody has a lease for writing on it: `3: LEASE ACTIVE WRITE 812 fe:00:2165022 0 EOF` (fs/locks.c)."""
    place = b":%d" % file.st_ino
    try:
        with open(LOCKS, "rb") as locks:
            return any(
                words[1] in {b"LEASE", b"DELEG"} and words[3] != b"READ" and words[5].endswith(place)
                for words in map(bytes.split, locks)
                if len(words) > 5
            )
    except OSError:
        return False


def piece(path: bytes, limit: int, offset: int) -> bytes:
    """stat(2) of what is there, of whatever kind, and of a regular file at most limit bytes from offset. limit 0: nothing is opened."""
    if not limit:
        held = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            return packed(os.fstat(held))
        finally:
            os.close(held)
    file = opened(path)
    try:
        return packed(os.fstat(file)) + os.pread(file, limit, offset)
    finally:
        os.close(file)


def lines(path: bytes, limit: int, offset: int) -> bytes:
    """stat(2) of it, and how many line ends are in its limit bytes from offset (8 bytes)."""
    file = opened(path)
    try:
        count, end = 0, offset + limit
        while offset < end and (more := os.pread(file, min(1 << 20, end - offset), offset)):
            count += more.count(b"\n")
            offset += len(more)
        return packed(os.fstat(file)) + struct.pack("=Q", count)
    finally:
        os.close(file)


def packed(file: os.stat_result) -> bytes:
    """As kernel/reader.py's stat_of() reads it."""
    return STAT.pack(
        file.st_dev,
        file.st_ino,
        file.st_mode,
        file.st_uid,
        file.st_gid,
        file.st_nlink,
        file.st_rdev,
        file.st_size,
        file.st_mtime_ns,
        file.st_blocks,
        file.st_blksize,
    )


OPS: Final = {b"p": piece, b"n": lines}
