"""trace/bpf/engine.py: what it tells is what ptrace tells of the same run, call by call."""

import platform
import re
from pathlib import Path

import pytest

from explorer.model.batch import Kind
from explorer.trace.bpf import programs
from explorer.trace.bpf.programs import PREPARED
from explorer.trace.tracer import ALL, Capture
from tests.engines.watched import engine
from tests.trace.bpf.programs import SPECIMENS, by_both, compiled, different

pytestmark = [pytest.mark.root, pytest.mark.oracle("gcc")]
KINDS = (Kind.CALL, Kind.SIGNAL, Kind.EXITED, Kind.STARTED, Kind.SUPERSEDED, Kind.STOPPED)
REFUSED = r"""
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#define IS(NUMBER, ERROR) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, NUMBER, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ERROR)
int main(void) {
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        IS(SYS_getpgid, EPERM), IS(SYS_openat, ENOSYS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog filter = { sizeof code / sizeof *code, code };
    char line;
    write(1, "\n", 1);
    read(0, &line, 1);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
    for (int i = 0; i < 2; i++) {
        syscall(SYS_getpgid, 0);
        syscall(SYS_getppid);
        syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY);
        write(-1, "x", 1);
    }
    if (!syscall(SYS_fork)) {
        syscall(SYS_getpgid, 0);
        syscall(SYS_openat, 1, "relative", O_WRONLY);
        syscall(SYS_exit_group, 3);
    }
    wait(0);
    return 0;
}
"""
PARTS = "fso" + "i" * (platform.machine() == "x86_64")
LEAST = {"f": 120, "s": 60, "o": 150, "i": 20}
WEAKER = re.compile(r"= \d+<socket:\[\d+\]>$|^connect\(|^select\(")
"""By old ways a block of memory holds the arguments: which of these are descriptors or point to more, the programs do not look up."""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program that makes calls of many kinds; where pointers of 32 bits reach it."""
    engine("bpf")
    return compiled(SPECIMENS / "many_calls.c", tmp_path_factory.mktemp("many"), "-no-pie")


def same(line: str) -> str:
    """Whoever kills itself ends in that call; ptrace is not told that it has returned already."""
    return re.sub(r"^(tgkill\(\d+, \d+, SIGKILL\)) = 0$", r"\1", line)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("capture", [ALL, Capture(string=4096, verbose=True)], ids=["usual", "long"])
def test_the_same_lines_as_ptrace(many: Path, tmp_path: Path, part: str, capture: Capture) -> None:
    by_ptrace, by_bpf = by_both([many, part], tmp_path, capture)
    assert (by_ptrace.lost, by_bpf.lost) == (0, 0)
    assert len(by_bpf.lines(Kind.CALL)) >= LEAST[part]
    for kind in KINDS:
        found = [pair for pair in different(by_ptrace, by_bpf, kind, same) if pair[0] or not pair[1].startswith("SIGKILL ")]
        assert [pair for pair in found if part != "i" or not WEAKER.search(pair[0])] == []


def test_calls_that_seccomp_refuses(tmp_path: Path) -> None:
    """Their beginning is told to nobody but ptrace; they have the result that the filter gives them, and those around them theirs."""
    engine("bpf")
    by_ptrace, by_bpf = by_both([compiled(REFUSED, tmp_path)], tmp_path)
    assert (by_ptrace.lost, by_bpf.lost) == (0, 0)
    lines = by_bpf.lines(Kind.CALL)
    assert [line for line in lines if line.startswith("getpgid(")] == ["getpgid(0) = -1 EPERM (Operation not permitted)"] * 3
    assert sum(line.startswith("openat(") and line.endswith("= -1 ENOSYS (Function not implemented)") for line in lines) == 3
    for kind in KINDS:
        assert different(by_ptrace, by_bpf, kind, same) == []


@pytest.mark.parametrize("part", PARTS)
def test_calls_may_go_through_the_ring(many: Path, tmp_path: Path, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where processors keep no order of what they store, or a map's value cannot be so large."""
    PREPARED.drop()
    monkeypatch.setattr(programs, "lane_of", lambda room, processors: 0)
    by_ptrace, by_bpf = by_both([many, part], tmp_path)
    PREPARED.drop()
    assert (by_ptrace.lost, by_bpf.lost) == (0, 0)
    assert len(by_bpf.lines(Kind.CALL)) >= LEAST[part]
    found = different(by_ptrace, by_bpf, Kind.CALL, same)
    assert [pair for pair in found if part != "i" or not WEAKER.search(pair[0])] == []


@pytest.mark.parametrize(
    "argv",
    [
        [
            "/usr/bin/python3",
            "-ISc",
            "print(flush=True); input(); import json, subprocess; subprocess.run(['ls', '/'], capture_output=True)",
        ],
        ["/bin/sh", "-c", "echo; read line; ls /usr | sort | head -3; cat /etc/passwd | wc -l; test -e /nowhere; exit 4"],
        ["/bin/bash", "-c", "echo; read line; for i in 1 2 3; do (echo $i; ulimit -a) >/dev/null & done; wait; kill -TERM $$"],
    ],
    ids=["python", "sh", "bash"],
)
def test_the_same_lines_of_usual_programs(argv: list[str], tmp_path: Path) -> None:
    engine("bpf")
    by_ptrace, by_bpf = by_both(argv, tmp_path)
    assert (by_ptrace.lost, by_bpf.lost) == (0, 0)
    assert len(by_bpf.lines(Kind.CALL)) > 100
    for kind in KINDS:
        assert different(by_ptrace, by_bpf, kind, same) == []
