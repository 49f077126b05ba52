"""By which door a thread entered the kernel: its call's number means something else behind each."""

import os
from collections.abc import Iterable
from typing import Final

from explorer.model.stack import Frame
from explorer.model.trace import Memory

NATIVE: Final = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "aarch64", "i386": "i386", "i686": "i386"}
SYMBOLS: Final = (
    ("__ia32_", "i386"),
    ("do_int80", "i386"),
    ("do_fast_syscall_32", "i386"),
    ("__do_fast_syscall_32", "i386"),
    ("__x64_sys_", "x86_64"),
    ("do_syscall_64", "x86_64"),
    ("do_el0_svc_compat", "arm"),
    ("__arm64_sys_", "aarch64"),
    ("do_el0_svc", "aarch64"),
)


def native() -> str:
    """The arch of this machine's kernel, by its AUDIT_ARCH name."""
    machine = os.uname().machine
    return NATIVE.get(machine, machine)


def entered(memory: Memory, pc: int, frames: Iterable[Frame]) -> str:
    """x86_64, i386, aarch64 or arm; "" where neither the instruction before pc nor the kernel's own frames tell.

    The instruction is the certain one: `syscall` 0f05, `int $0x80` cd80 (on x86 a 32-bit sysenter comes back behind an
    int $0x80 of the vdso, arch/x86/entry/vdso/vdso32/system_call.S), `svc #0` in its A64, A32 and Thumb forms.
    """
    before = memory.read(pc - 4, 4)
    if native() == "aarch64":
        doors = {b"\x01\x00\x00\xd4": "aarch64", b"\x00\x00\x00\xef": "arm"}
        if before in doors:
            return doors[before]
        if before[2:] == b"\x00\xdf":
            return "arm"
    else:
        doors = {b"\x0f\x05": "x86_64", b"\xcd\x80": "i386", b"\x0f\x34": "i386"}
        if before[2:] in doors:
            return doors[before[2:]]
    for frame in frames:
        for start, arch in SYMBOLS:
            if frame.symbol.startswith(start):
                return arch
    return ""


RESTART: Final = {("x86_64", 219), ("i386", 0), ("aarch64", 128), ("arm", 0)}
"""restart_syscall: what a timed call goes on as after a signal that was not handled (restart_syscall(2))."""


def restarted(memory: Memory, arch: str, number: int, pc: int, frames: Iterable[Frame]) -> int:
    """The number of the call that a restart_syscall goes on with; its own where that cannot be told, or it is none.

    The registers are still those of the first entry, but for the number: that stands in the instruction that loaded it,
    `mov $NR,%eax` before the door (as glibc and musl have it), or the kernel's frames tell.
    """
    if (arch, number) not in RESTART:
        return number
    before = memory.read(pc - 7, 5)
    if arch in {"x86_64", "i386"} and before[:1] == b"\xb8":
        asked = int.from_bytes(before[1:], "little")
        return asked if asked < 1024 else number
    names = {frame.symbol for frame in frames}
    for symbols, numbers in BY_FRAME:
        if names & symbols:
            return numbers.get(arch, number)
    return number


BY_FRAME: Final = (
    ({"hrtimer_nanosleep_restart", "hrtimer_nanosleep"}, {"x86_64": 230, "i386": 267, "aarch64": 115}),
    ({"do_restart_poll", "do_sys_poll"}, {"x86_64": 7, "i386": 168, "aarch64": 73}),
    ({"futex_wait_restart", "futex_wait", "futex_wait_queue", "futex_do_wait"}, {"x86_64": 202, "i386": 240, "aarch64": 98}),
)
