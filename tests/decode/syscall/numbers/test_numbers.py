"""The tables against whoever else has one: the installed header, ausyscall, python-ptrace. Each difference is explained here."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.decode.syscall import numbers

HEADERS = {
    "x86_64": ("x86_64-linux-gnu/asm/unistd_64.h", "asm/unistd_64.h"),
    "i386": ("x86_64-linux-gnu/asm/unistd_32.h", "i386-linux-gnu/asm/unistd_32.h", "asm/unistd_32.h"),
    "x32": ("x86_64-linux-gnu/asm/unistd_x32.h", "asm/unistd_x32.h"),
    "aarch64": ("aarch64-linux-gnu/asm/unistd_64.h",),
}
GENERIC = Path("/usr/include/asm-generic/unistd.h")
GENERIC_ONLY = {
    "arch_specific_syscall": "not a call: where an architecture's own ones begin",
    "syscalls": "not a call: how many there are",
    "sync_file_range2": "the same number on architectures that want another order of arguments",
    "fstatat": "under its 64-bit name newfstatat in a 64-bit table",
}
"""Names of the header that all architectures share; those that end in 64 with a time are for 32-bit ones."""

AUSYSCALL = {
    "x86_64": {17: "pread", 18: "pwrite"},
    "i386": {283: "sys_kexec_load", 423: "sched_rr_get_interval64"},
    "aarch64": {61: "getdents", 67: "pread", 68: "pwrite", 80: "newfstat"},
}
"""Names of ausyscall that are not the header's: older words, an internal name, a typing error."""

PTRACE = {
    "x86_64": {283: "timerfd"},
    "i386": {
        16: "lchown16", 18: "stat", 22: "oldumount", 23: "setuid16", 24: "getuid16", 28: "fstat", 46: "setgid16", 47: "getgid16",
        49: "geteuid16", 50: "getegid16", 52: "umount", 70: "setreuid16", 71: "setregid16", 76: "old_getrlimit", 80: "getgroups16",
        81: "setgroups16", 82: "old_select", 84: "lstat", 89: "old_readdir", 90: "old_mmap", 95: "fchown16", 106: "newstat",
        107: "newlstat", 108: "newfstat", 138: "setfsuid16", 139: "setfsgid16", 140: "llseek", 142: "select", 149: "sysctl",
        164: "setresuid16", 165: "getresuid16", 170: "setresgid16", 171: "getresgid16", 182: "chown16", 191: "getrlimit", 198: "lchown",
        199: "getuid", 200: "getgid", 201: "geteuid", 202: "getegid", 203: "setreuid", 204: "setregid", 205: "getgroups",
        206: "setgroups", 207: "fchown", 208: "setresuid", 209: "getresuid", 210: "setresgid", 211: "getresgid", 212: "chown",
        213: "setuid", 214: "setgid", 215: "setfsuid", 216: "setfsgid",
    },
    "aarch64": {},
}  # fmt: skip
"""python-ptrace names i386 calls after the kernel's functions, not after the header; and 283 of x86_64 as it was for one release."""
PTRACE_X32 = range(512, 548)
"""python-ptrace counts the x32 calls among those of x86_64."""


def header(arch: str) -> dict[int, str]:
    for name in HEADERS[arch]:
        path = Path("/usr/include") / name
        if path.is_file():
            found = re.findall(r"^#define __NR_(\w+)\s+\(?(?:__X32_SYSCALL_BIT \+ )?(\d+)\)?", path.read_text(), re.M)
            return {int(number): name for name, number in found}
    pytest.skip(f"no header of {arch} here (linux-libc-dev)")


@pytest.mark.parametrize("arch", HEADERS)
def test_equal_to_the_installed_header(arch: str) -> None:
    theirs, ours = header(arch), numbers.names(arch)
    newest = max(number for number in theirs if number < min(PTRACE_X32))
    assert {number: (name, ours.get(number)) for number, name in theirs.items() if ours.get(number) != name} == {}
    # uprobe and uretprobe were put below the numbers that were in use.
    assert {name for number, name in ours.items() if number not in theirs and number <= newest} <= {"uprobe", "uretprobe"}


def test_aarch64_equal_to_the_generic_header() -> None:
    if not GENERIC.is_file():
        pytest.skip("no asm-generic/unistd.h here (linux-libc-dev)")
    found = re.findall(r"^#define __NR(?:3264)?_(\w+)\s+(\d+)", GENERIC.read_text(), re.M)
    ours = numbers.names("aarch64")
    odd = {name for name, number in found if ours.get(int(number)) != name}
    assert {name for name in odd if not name.endswith(("time64", "time_time64")) and name not in GENERIC_ONLY} <= {
        "clock_gettime64", "clock_settime64", "clock_adjtime64", "timer_gettime64", "timer_settime64", "timerfd_gettime64",
        "timerfd_settime64",
    }  # fmt: skip


@pytest.mark.oracle("ausyscall")
@pytest.mark.parametrize("arch", numbers.ARCHES)
def test_equal_to_ausyscall(arch: str) -> None:
    out = subprocess.run(["ausyscall", arch, "--dump"], capture_output=True, text=True, check=True).stdout
    theirs = {int(number): name for number, name in re.findall(r"^(\d+)\t(\S+)$", out, re.M)}
    ours = numbers.names(arch)
    assert len(theirs) > 300
    differ = {number: name for number, name in theirs.items() if ours.get(number) != name}
    # A later ausyscall may have mended them.
    assert differ.items() <= AUSYSCALL[arch].items()


@pytest.mark.parametrize("arch", numbers.ARCHES)
def test_equal_to_python_ptrace(arch: str) -> None:
    theirs = importlib.import_module(f"ptrace.syscall.linux.{arch}").SYSCALL_NAMES
    ours = numbers.names(arch)
    differ = {number: name for number, name in theirs.items() if ours.get(number) != name}
    if arch == "x86_64":
        assert {number: differ.pop(number) for number in PTRACE_X32} == {number: numbers.names("x32")[number] for number in PTRACE_X32}
    assert differ == PTRACE[arch]


def test_they_name_their_version() -> None:
    assert {numbers.version(arch) for arch in numbers.ARCHES} == {numbers.version("x86_64")}
    assert re.fullmatch(r"Linux \d+\.\d+\.\d+", numbers.version("x86_64"))


def test_x32_is_told_by_its_bit() -> None:
    assert numbers.name(0x40000000, "x86_64") == "read"
    assert numbers.name(0x40000000 | 513, "x86_64") == "rt_sigreturn"
    assert numbers.name(513, "x86_64") == "syscall_0x201"
    assert numbers.name(0x40000000 | 13, "x86_64") == "syscall_0x4000000d"
    assert numbers.abi(0x40000001, "i386") == "i386"


def test_unknown_numbers_and_architectures() -> None:
    assert numbers.name(-1, "x86_64") == "syscall_0xffffffff"
    assert numbers.name(0, "riscv64") == "syscall_0x0"
    assert numbers.arguments("read", "riscv64") is None


def test_the_number_of_arguments_is_known_of_all_that_a_kernel_has() -> None:
    unknown = {arch: {name for name in numbers.names(arch).values() if numbers.arguments(name, arch) is None} for arch in numbers.ARCHES}
    assert unknown == {
        "x86_64": {"afs_syscall", "getpmsg", "putpmsg", "security", "tuxcall", "vserver"},
        "i386": {"afs_syscall", "break", "ftime", "getpmsg", "gtty", "idle", "lock", "mpx", "prof", "profil", "putpmsg", "stty",
                 "ulimit", "vserver"},
        "aarch64": set(),
    }  # fmt: skip
    assert numbers.arguments("read", "x86_64") == (("unsigned int", "fd"), ("char *", "buf"), ("size_t", "count"))
    assert numbers.arguments("getpid", "aarch64") == ()
    assert [name for _, name in numbers.arguments("clone", "aarch64") or ()][3] == "tls"


def test_only_the_architecture_asked_for_is_loaded() -> None:
    program = (
        "import sys; from explorer.decode.syscall import numbers; numbers.name(1, 'x86_64');"
        "print(sorted(m for m in sys.modules if m.startswith('explorer.decode.syscall.numbers.')))"
    )
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[4])
    assert out.stdout == "['explorer.decode.syscall.numbers.x86_64']\n"
