"""Small trials of what this kernel allows us: each does the real thing once and leaves nothing behind."""

import ctypes
import errno
import os
import platform
import socket
import struct
from typing import Final

from explorer.kernel.errors import unreadable

SYSCALLS: Final = {"x86_64": {"bpf": 321}, "aarch64": {"bpf": 280}}
BPF_MAP_DELETE_ELEM: Final = 3
PTRACE_SEIZE: Final = 0x4206
NETLINK_AUDIT: Final = 9
AUDIT_GET: Final = 1000
NLMSG_ERROR: Final = 2
NLM_F_REQUEST_ACK: Final = 5
HEADER: Final = struct.Struct("=IHHII")
STATUS: Final = struct.Struct("=8I")
MAX_HANDLE: Final = 128
AT_FDCWD: Final = -100


def libc() -> ctypes.CDLL:
    """The C library, errno kept."""
    return ctypes.CDLL(None, use_errno=True)


def bpf_error() -> int:
    """errno of bpf(2), asked for nothing: EBADF where it is open, EPERM or ENOSYS where something stands before it."""
    number = SYSCALLS.get(platform.machine(), {}).get("bpf")
    if number is None:
        return errno.ENOSYS
    attribute = ctypes.create_string_buffer(struct.pack("=i", -1), 128)
    libc().syscall(number, BPF_MAP_DELETE_ELEM, attribute, len(attribute))
    return ctypes.get_errno()


def seize(pid: int) -> None:
    """ptrace(2) PTRACE_SEIZE: it runs on, unstopped, and is ours until it or this thread ends. Raises Unreadable."""
    function = libc().ptrace
    function.restype = ctypes.c_long
    function.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    if function(PTRACE_SEIZE, pid, None, None):
        raise unreadable(OSError(ctypes.get_errno(), ""), f"ptrace(2) of process {pid}")


def open_memory(pid: int) -> None:
    """Open /proc/PID/mem and close it: the right to trace the process (PTRACE_MODE_ATTACH). Raises Unreadable."""
    path = f"/proc/{pid}/mem"
    try:
        os.close(os.open(path, os.O_RDONLY | os.O_CLOEXEC))
    except OSError as error:
        raise unreadable(error, path) from None


def handle(path: str) -> tuple[int, bytes]:
    """The type and bytes of a file's handle: name_to_handle_at(2). Raises Unreadable."""
    buffer = ctypes.create_string_buffer(struct.pack("=Ii", MAX_HANDLE, 0), 8 + MAX_HANDLE)
    mount = ctypes.c_int()
    if libc().name_to_handle_at(AT_FDCWD, path.encode(), buffer, ctypes.byref(mount), 0):
        raise unreadable(OSError(ctypes.get_errno(), ""), f"the file handle of {path}")
    size, kind = struct.unpack_from("=Ii", buffer)
    return kind, buffer.raw[8 : 8 + size]


def audit_status() -> tuple[int, int]:
    """enabled (0, 1, 2 locked) and the pid of the daemon, 0 for none: AUDIT_GET (audit.h). Raises Unreadable."""
    try:
        with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW | socket.SOCK_CLOEXEC, NETLINK_AUDIT) as line:
            line.settimeout(1.0)
            line.bind((0, 0))
            line.sendto(HEADER.pack(HEADER.size, AUDIT_GET, NLM_F_REQUEST_ACK, 1, 0), (0, 0))
            for _ in range(4):
                answer = line.recv(1 << 13)
                _, kind, _, _, _ = HEADER.unpack_from(answer)
                if kind == NLMSG_ERROR:
                    error = -struct.unpack_from("=i", answer, HEADER.size)[0]
                    if error:
                        raise OSError(error, "")
                elif kind == AUDIT_GET and len(answer) >= HEADER.size + STATUS.size:
                    _, enabled, _, pid, *_ = STATUS.unpack_from(answer, HEADER.size)
                    return enabled, pid
    except TimeoutError:
        raise unreadable(OSError(110, ""), "the audit system") from None
    except OSError as error:
        raise unreadable(error, "the audit system") from None
    raise unreadable(OSError(71, ""), "the audit system")
