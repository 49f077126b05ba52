"""procdive syscall."""

import re
import subprocess

import pytest

from explorer.decode.syscall import numbers
from tests.commands import run


def test_by_number() -> None:
    done = run("syscall", "--arch", "x86_64", "130")
    assert done.status == 0
    assert done.out.splitlines() == [
        "rt_sigsuspend(mask, sigsetsize)  wait for a signal, with a mask until then",
        "  mask        sigset_t *",
        "  sigsetsize  size_t",
        "  x86_64 130 · i386 179 · aarch64 133",
        "  130 elsewhere: i386 get_kernel_syms, aarch64 tkill",
    ]


def test_by_name_on_each_architecture() -> None:
    assert run("syscall", "openat").out.splitlines()[-1] == "  x86_64 257 · i386 295 · aarch64 56"
    assert "  i386 102" in run("syscall", "socketcall").out
    assert "  offset  loff_t" in run("syscall", "--arch", "i386", "pread64").out


def test_hexadecimal_and_x32() -> None:
    assert run("syscall", "--arch", "x86_64", "0x101").out.startswith("openat(")
    assert "x32 1073742336" in run("syscall", "--arch", "x86_64", "0x40000200").out


def test_part_of_names_lists_them_by_number() -> None:
    lines = run("syscall", "--arch", "x86_64", "rt_sig").out.splitlines()
    assert [line.split()[0] for line in lines[:3]] == ["rt_sigaction", "rt_sigprocmask", "rt_sigreturn"]


def test_as_ausyscall_spells_it() -> None:
    assert run("syscall", "i386", "4").out.startswith("write(")
    assert run("syscall", "i386", "--dump").out.splitlines()[4].split() == ["4", "write"]
    assert run("syscall", "--exact", "rt_sig").status == 1


def test_what_is_not_there() -> None:
    done = run("syscall", "--arch", "x86_64", "9999")
    assert (done.status, done.out) == (1, "")
    assert re.fullmatch(r"procdive: x86_64 has no system call 9999 \(Linux [\d.]+\); procdive syscall --dump lists them\n", done.err)
    assert run("syscall", "opnat").err == "procdive: no system call is called opnat; did you mean openat?\n"
    assert run("syscall", "\x1b[31m").err.count("\x1b") == 0
    assert run("syscall", "-1").status == 1
    assert run("syscall").status == 2
    assert run("syscall", "٣").status == 1


def test_json() -> None:
    (record,) = run("syscall", "--json", "--arch", "x86_64", "read").records
    assert record["numbers"] == {"x86_64": 0, "i386": 3, "aarch64": 63}
    assert record["arguments"][1] == {"name": "buf", "type": "char *"}
    assert len(run("syscall", "--json", "--dump", "--arch", "aarch64").records) == len(numbers.names("aarch64"))


def test_calls_that_no_kernel_has() -> None:
    assert "what it took is not known" in run("syscall", "--arch", "x86_64", "tuxcall").out
    assert run("syscall", "--arch", "x86_64", "create_module").out.startswith("create_module(name, size)")


@pytest.mark.oracle("ausyscall")
def test_equal_to_ausyscall() -> None:
    for arch in numbers.ARCHES:
        for number in (0, 1, 63, 130, 200, 255):
            theirs = subprocess.run(["ausyscall", arch, str(number)], capture_output=True, text=True).stdout.strip()
            if theirs in numbers.numbers(arch):
                assert run("syscall", arch, str(number)).out.startswith(f"{theirs}(")
