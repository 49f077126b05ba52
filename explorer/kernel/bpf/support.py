"""Whether BPF programs of ours run here: each condition looked at by itself, and then one is really loaded, attached and run."""

import ctypes
import errno
import os
import struct
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Final

from explorer.kernel.bpf.compiled import compiled
from explorer.kernel.bpf.libbpf import libbpf
from explorer.kernel.bpf.object import Object
from explorer.kernel.bpf.ring import Ring
from explorer.kernel.probes import bpf_error
from explorer.model.missing import Missing, Reason, Unreadable

OLDEST: Final = (5, 8)
"""Has ring buffers and CAP_BPF."""
CAPABILITIES: Final = {"CAP_SYS_ADMIN": 21, "CAP_PERFMON": 38, "CAP_BPF": 39}
"""capability.h"""
CAPABILITY_VERSION: Final = 0x20080522
FIRST_USER: Final = 0xEFFFFFFD
FIRST_PID: Final = 0xEFFFFFFC
"""Inodes of the namespaces that the machine starts with: the kernel's include/linux/proc_ns.h."""
USER: Final = "/proc/self/ns/user"
PID: Final = "/proc/self/ns/pid"
STATUS: Final = "/proc/self/status"
TYPES: Final = "/sys/kernel/btf/vmlinux"
MAGIC: Final = {b"\x9f\xeb", b"\xeb\x9f"}
LOCKDOWN: Final = "/sys/kernel/security/lockdown"
UNPRIVILEGED: Final = "/proc/sys/kernel/unprivileged_bpf_disabled"
HOST: Final = "run procdive on the host, outside of the container, as root"
CONFIDENTIAL: Final = Missing(
    Reason.DENIED,
    "lockdown of the kernel is at confidentiality: BPF may not read its memory",
    "start the machine with lockdown=integrity, or without",
)


def facts() -> Iterator[tuple[str, str | Missing]]:
    """Each condition: its name, and how it is or why it is not so. Takes some milliseconds; blocks on nothing."""
    for name, look in CONDITIONS.items():
        yield name, answer(look)


def unsupported() -> Missing | None:
    """None where a program ran just now; else the condition that is not met, or what the kernel said to the program itself."""
    tried = answer(trial)
    if not isinstance(tried, Missing):
        return None
    for name, look in CONDITIONS.items():
        found = tried if name == "programs" else answer(look)
        if isinstance(found, Missing):
            return found
    return tried


def answer(look: Callable[[], str]) -> str | Missing:
    """What it says, or why it cannot."""
    try:
        return look()
    except Unreadable as unreadable:
        return unreadable.missing


def rights() -> str:
    """Effective capabilities, in the machine's first user namespace: only those count before bpf(2)."""
    if (inode := namespace(USER)) not in {FIRST_USER, 0}:
        raise Unreadable(Missing(Reason.DENIED, f"this is a user namespace ({inode}): rights of its own do not count for BPF", HOST))
    mask = effective()
    held = {name for name, number in CAPABILITIES.items() if mask >> number & 1}
    if "CAP_SYS_ADMIN" in held:
        return "CAP_SYS_ADMIN" if len(held) == 1 else "CAP_BPF and CAP_PERFMON"
    lacking = [name for name in ("CAP_BPF", "CAP_PERFMON") if name not in held]
    if not lacking:
        return "CAP_BPF and CAP_PERFMON"
    detail = f"{' and '.join(lacking)} not held by uid {os.geteuid()}"
    if (said := first_line(UNPRIVILEGED)) not in {"", "0"}:
        detail += f"; kernel.unprivileged_bpf_disabled ({said}) makes no difference to that"
    raise Unreadable(Missing(Reason.DENIED, detail, "run as root" if os.geteuid() else "a root that has them: a container with --cap-add"))


def kernel() -> str:
    """Its version."""
    release = os.uname().release
    number = tuple(int(part) for part in release.split("-")[0].split(".")[:2] if part.isdigit())
    if number < OLDEST:
        raise Unreadable(Missing(Reason.UNSUPPORTED, f"Linux {release} has no ring buffers for BPF", "Linux 5.8 or newer"))
    return f"Linux {release}"


def types() -> str:
    """BTF: the kernel's own description of its structures, by which one object fits every kernel."""
    try:
        with open(TYPES, "rb") as file:
            magic = file.read(2)
            size = os.fstat(file.fileno()).st_size
    except FileNotFoundError:
        cure = "a kernel with CONFIG_DEBUG_INFO_BTF" if os.path.isdir("/sys/kernel") else "mount -t sysfs sysfs /sys, as root"
        raise Unreadable(Missing(Reason.UNSUPPORTED, f"there is no {TYPES}", cure)) from None
    except OSError as error:
        raise Unreadable(Missing(Reason.DENIED, f"{TYPES} ({errno.errorcode.get(error.errno or 0, '')})", "run as root")) from None
    if magic not in MAGIC:
        raise Unreadable(Missing(Reason.UNSUPPORTED, f"{TYPES} is no BTF", "whatever is mounted over it has to go"))
    return f"{TYPES}, {size >> 10:,} KB"


def library() -> str:
    """libbpf's version."""
    return f"libbpf.so.1 is {libbpf().libbpf_version_string().decode().removeprefix('v')}"


def lockdown() -> str:
    """Its mode; confidentiality forbids programs to read the kernel's memory (security/lockdown)."""
    said = first_line(LOCKDOWN)
    mode = said.partition("[")[2].partition("]")[0]
    if mode == "confidentiality":
        raise Unreadable(CONFIDENTIAL)
    return mode or "none that can be seen"


def system_calls() -> str:
    """Whether a seccomp filter stands before bpf(2)."""
    error = bpf_error()
    if error in {errno.EPERM, errno.EACCES, errno.ENOSYS}:
        if "Seccomp:\t2" in text(STATUS) and effective():
            cure = "a container with --security-opt seccomp=unconfined; a unit with SystemCallFilter=bpf"
            raise Unreadable(Missing(Reason.DENIED, "a seccomp filter forbids bpf(2)", cure))
        if error == errno.ENOSYS:
            raise Unreadable(Missing(Reason.UNSUPPORTED, "this kernel has no bpf(2)", "a kernel with CONFIG_BPF_SYSCALL"))
        return "bpf(2) is closed to us"
    return "bpf(2) answers"


def pids() -> str:
    """Whose numbers: programs see those of the first namespace."""
    inode = namespace(PID)
    return "the machine's own" if inode in {FIRST_PID, 0} else f"of a namespace ({inode}): translated"


def trial() -> str:
    """A program of the kind that the trace uses, loaded, attached, run by a call of our own, and let go again."""
    try:
        trying = Object(compiled("trial"))
    except Unreadable as unreadable:
        if "unknown func bpf_probe_read" in unreadable.missing.detail:  # so lockdown looks to the verifier
            raise Unreadable(CONFIDENTIAL) from None
        raise
    with closing(trying) as loaded:
        size = loaded.tables["ring"].entries
        loaded.attach()
        os.getppid()
        ran = struct.unpack_from("=I", loaded.memory(".bss"))[0]
        with closing(Ring(loaded.fd("ring"), size)) as ring:
            told = len(ring.take(size)[1])
    if not ran or told != 1:
        raise Unreadable(Missing(Reason.UNSUPPORTED, "a BPF program was loaded and attached, but nothing runs it"))
    return "one was loaded, attached and run, and is gone again"


CONDITIONS: Final[dict[str, Callable[[], str]]] = {
    "rights": rights,
    "kernel": kernel,
    "types": types,
    "library": library,
    "lockdown": lockdown,
    "system call": system_calls,
    "pids": pids,
    "programs": trial,
}


def effective() -> int:
    """Our effective capabilities, one bit each: capget(2)."""
    header = ctypes.create_string_buffer(struct.pack("=Ii", CAPABILITY_VERSION, 0))
    data = ctypes.create_string_buffer(24)
    ctypes.CDLL(None).capget(header, data)
    low, _, _, high, _, _ = struct.unpack("=6I", data.raw)
    return int(low | high << 32)


def namespace(path: str) -> int:
    """Its inode; 0 where that cannot be known."""
    try:
        return os.stat(path).st_ino
    except OSError:
        return 0


def first_line(path: str) -> str:
    """Of a small file of the kernel; "" where it cannot be read."""
    return text(path).partition("\n")[0].strip()


def text(path: str) -> str:
    """The whole of it; "" where it cannot be read."""
    try:
        with open(path, encoding="ascii", errors="replace") as file:
            return file.read()
    except OSError:
        return ""
