"""Calls that make no sense: whatever numbers and pointers a program hands over, it is traced to its end."""

import platform
import subprocess
from pathlib import Path

import pytest

from explorer.model.event import Exited, Unfinished
from explorer.model.trace import Syscall
from explorer.trace.tracer import Capture
from tests.tracing import run

NONSENSE = r"""
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#define LETS_IT 0x5afe5afe
static uint64_t x, buffer[8192] __attribute__((aligned(4096)));
static uint64_t next(void) { x ^= x << 13; x ^= x >> 7; return x ^= x << 17; }
static uint64_t value(void) {
    switch (next() % 8) {
    case 0: return next();
    case 1: return next() % 16;
    case 2: return -(next() % 200);
    case 3: return 1ull << next() % 64;
    case 4: return (uint64_t)buffer + sizeof buffer - next() % 64;
    case 5: return (uint32_t)next();
    default: return (uint64_t)(buffer + next() % 8192);
    }
}
static void call64(long number, uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint64_t f) {
    register uint64_t r10 __asm__("r10") = d, r8 __asm__("r8") = e, r9 __asm__("r9") = f;
    __asm__ volatile("syscall" : "+a"(number) : "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9) : "rcx", "r11", "memory");
}
static void call32(uint32_t number, uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t e) {
    __asm__ volatile("int $0x80" : "+a"(number) : "b"(a), "c"(b), "d"(c), "S"(d), "D"(e) : "memory", "r8", "r9", "r10", "r11");
}
int main(int argc, char **argv) {
    x = atoll(argv[1]) * 2654435761u + 88172645463325252ull;
    for (int i = 0; i < 8192; i++) buffer[i] = value();
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[5])),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, LETS_IT, 3, 0),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 1, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 22),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = { sizeof filter / sizeof *filter, filter };
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, 2, &program)) return 8;
    for (int left = atoi(argv[2]); left--;) {
        long number = next() % 480;
        if (next() % 32 == 0) number = value();
        if ((uint32_t)number - 333 < 4) continue;
        if (next() % 16 == 0) number |= 0x40000000;
        uint64_t a = value(), b = value(), c = value(), d = value(), e = value(), f = value();
        if (next() % 4) call64(number, a, b, c, d, e, f == LETS_IT ? 0 : f);
        else call32(number, a, b, c, d, e);
    }
    call64(SYS_exit_group, 7, 0, 0, 0, 0, LETS_IT);
}
"""
"""a seccomp filter lets only its end happen: all other calls do nothing, some of them successfully"""


@pytest.mark.oracle("gcc")
@pytest.mark.skipif(platform.machine() != "x86_64", reason="calls by hand, in x86_64's way")
@pytest.mark.parametrize("capture", [Capture(), Capture(string=4096, verbose=True)])
def test_any_numbers_and_any_pointers(tmp_path: Path, capture: Capture) -> None:
    (tmp_path / "nonsense.c").write_text(NONSENSE)
    flags = ("-O1", "-w", "-no-pie")
    subprocess.run(["gcc", *flags, "-o", tmp_path / "nonsense", tmp_path / "nonsense.c"], check=True)
    traced = run(str(tmp_path / "nonsense"), "1", "1500", capture=capture)
    assert traced.tracer.why == "all ended"
    assert traced.tracer.status == 7 << 8
    events = traced.events
    assert events[-1].what == Exited(7)
    calls = [event.what for event in events if isinstance(event.what, Syscall | Unfinished)]
    assert len(calls) > 1400
    assert all(str(call) for call in calls)
