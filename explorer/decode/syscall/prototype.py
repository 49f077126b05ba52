"""A row made from the kernel's prototype, for calls that no family describes."""

from typing import Final

from explorer.decode.syscall import numbers
from explorer.decode.syscall.args.address import ADDRESS
from explorer.decode.syscall.args.fd import DIRFD, FD
from explorer.decode.syscall.args.number import INT, MODE, PID, RAW
from explorer.decode.syscall.args.text import PATH
from explorer.decode.syscall.call import Printer, Signature

PATHS: Final = {"filename", "pathname", "path", "library", "specialfile", "special", "oldname", "newname", "from_pathname", "to_pathname"}
FDS: Final = {"fd", "fildes", "oldfd", "newfd", "group_fd", "pidfd", "fanotify_fd", "fs_fd", "ruleset_fd", "fd_in", "fd_out"}
DIRFDS: Final = {"dfd", "dirfd", "olddfd", "newdfd", "from_dfd", "to_dfd"}


def printer(kind: str, name: str) -> Printer:
    """By what is sure: paths, descriptors, pids, signed numbers; pointers as addresses, anything else in hexadecimal."""
    if kind.startswith("const char *"):
        return PATH if name in PATHS else ADDRESS
    if kind.endswith("*"):
        return ADDRESS
    if name in DIRFDS:
        return DIRFD
    if name in FDS:
        return FD
    if kind.removeprefix("compat_") == "pid_t":
        return PID
    if kind == "umode_t":
        return MODE
    return INT if kind == "int" else RAW


def made(name: str, arch: str) -> Signature:
    """Six bare registers where not even the kernel says."""
    known = numbers.arguments(name, arch)
    if known is None:
        return Signature("", {f"arg{index}": RAW for index in range(numbers.REGISTERS)})
    return Signature("", {called: printer(kind, called) for kind, called in known})
