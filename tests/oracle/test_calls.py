"""Every everyday call, successful and failing: our text is strace's. The specimen runs under strace, then under tests/engine.py."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from explorer.decode.syscall.signatures import families
from explorer.render.strace import UNFINISHED, strace_text
from tests.engine import traced

SOURCES = Path(__file__).parent.parent / "specimens"
OPTIONS = {"calls": (), "calls32": ("-static", "-no-pie")}
pytestmark = [pytest.mark.oracle("strace", "gcc"), pytest.mark.skipif(os.uname().machine != "x86_64", reason="the specimen is for x86-64")]

NORMAL = (
    (r"\)\s+= ", ") = "),
    (r"(socket|pipe):\[\d+\]", r"\1:[N]"),
    (r"htons\((?!9\))\d+\)", "htons(P)"),
    (r"#\d+>", "#N>"),
    (r"0x[0-9a-f]{6,16}\b", "ADDRESS"),
    (r"left \{tv_sec=\d+, tv_[nu]sec=\d+\}", "left TIME"),
    (r"^select\(-1, NULL, NULL, NULL, \{tv_sec=0, tv_usec=\d+\}\)", "select(-1, TIME)"),
    (r'^getrandom\("[^"]*"', "getrandom(BYTES"),
    (r"^(times|time|clock_gettime)\((.*)\) = .*", r"\1(\2) = TIME"),
    (r"^(sem\w+|shm\w+|msg\w+)\(\d+, ", r"\1(ID, "),
    (r"^(semget|shmget|msgget)\((.*)\) = \d+", r"\1(\2) = ID"),
    (r"^alarm\(0\) = \d+", "alarm(0) = SECONDS"),
    (r"si_[us]time=\d+(?: /\* [\d.]+ s \*/)?", "si_xtime=T"),
    (r"/\* \d{4}-[^*]*\*/", "/* DATE */"),
)
PIDS = re.compile(
    r"^(getpid|gettid|getppid|getpgrp|getpgid|getsid|fork|clone|vfork|tgkill|kill|wait4|waitid|rt_sigtimedwait|set_tid_address|process_vm_\w+)\b"
)

EXPLAINED = {
    r"^epoll_.*data=(0x|ADDRESS)": "from strace 6.2 on data is one number, before it was {u32=…, u64=…}",
    r"^membarrier\(MEMBARRIER_CMD_QUERY": "strace 6.1 does not know GET_REGISTRATIONS",
    r"^sched_setscheduler\(\d+, (ADDRESS|0x)": "before strace 7 SCHED_RESET_ON_FORK is part of an unknown policy",
    r"^sched_.*\{sched_priority=": "from strace 7 on struct sched_param is {sched_priority=0}, before it was [0]",
    r"^sendfile\(.*\[\d+ => \d+\]": "from strace 7 on as other values that go both ways",
    r"^seccomp\(.*SECCOMP_\?\?\?": "from strace 7 on; before SECCOMP_SET_MODE_???",
    r"^rseq\(\{": "from strace 7 on rseq's structure is decoded",
    r"^(statx|fstatfs|statfs)\(": "a new field or flag of the kernel's, by version",
}
"""Lines of strace that differ between its versions, and why; ours are as strace 6.1 (Debian 12) or the newest has them."""
NEWER_WORDS = {
    "SNDCTL_TMR_START or TCSETS": "strace cannot tell a sound card's request from a terminal's",
    "FAN_DIR_MODIFY": "never released",
    "FAN_MARK_MOUNT": "part of FAN_MARK_MNTNS since Linux 6.14",
    "FAN_MARK_FILESYSTEM": "likewise",
    "MOUNT_ATTR__ATIME": "a field of several bits, for strace 7 one name",
}


def compiled(folder: Path, name: str) -> str:
    program = folder / name
    subprocess.run(["gcc", "-O1", "-w", *OPTIONS[name], "-o", str(program), str(SOURCES / f"{name}.c")], check=True)
    return str(program)


def by_strace(program: str, folder: Path, *words: str) -> list[str]:
    log = folder.parent / f"{folder.name}.strace"
    subprocess.run(
        ["/usr/bin/env", "-i", "A=1", str(shutil.which("strace")), "-y", "-a1", "-o", str(log), program, *words],
        cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False, timeout=60,
    )  # fmt: skip
    return [line for line in log.read_text(errors="surrogateescape").splitlines() if not line.startswith(("---", "+++"))]


def by_us(program: str, folder: Path, *words: str) -> list[str]:
    return [strace_text(call).replace(UNFINISHED, ") = ?") for call in traced([program, *words], str(folder))]


def both(folder: Path, name: str, *words: str) -> list[tuple[str, str]]:
    program = compiled(folder, name)
    shown = []
    for side, run in (("a", by_strace), ("b", by_us)):
        work = folder / side
        work.mkdir()
        lines = [normal(line.replace(str(work), "WORK")) for line in run(program, work, *words)]
        shown.append(lines[next(index for index, line in enumerate(lines) if line.startswith("getpid")) :])
    theirs, ours = shown
    assert [line.partition("(")[0] for line in ours] == [line.partition("(")[0] for line in theirs]
    return list(zip(theirs, ours, strict=True))


def normal(line: str) -> str:
    for pattern, instead in NORMAL:
        line = re.sub(pattern, instead, line)
    return re.sub(r"\b\d{3,7}\b(?! vars)", "PID", line) if PIDS.match(line) else line


def test_each_call_as_strace_has_it(tmp_path: Path) -> None:
    pairs = both(tmp_path, "calls")
    made = {line.partition("(")[0] for line, _ in pairs}
    differ = [(theirs, ours) for theirs, ours in pairs if theirs != ours]
    unexplained = [pair for pair in differ if not any(re.search(pattern, pair[0]) for pattern in EXPLAINED)]
    assert unexplained == []
    assert len(pairs) >= 480
    assert len(made) >= 240
    assert len(differ) <= 0.05 * len(pairs)
    assert made <= set(families()) | {"???"}


def test_32_bit_calls_of_a_64_bit_program(tmp_path: Path) -> None:
    pairs = both(tmp_path, "calls32")
    assert [pair for pair in pairs if pair[0] != pair[1] and not any(re.search(pattern, pair[0]) for pattern in EXPLAINED)] == []
    assert len(pairs) >= 70


def words(line: str) -> list[str]:
    """The flags of a line, in order; left-over bits are not among them."""
    return [
        word for word in re.findall(r"[A-Za-z_][A-Za-z0-9_ ]+", line) if word != "ADDRESS" and (word.strip("_").isupper() or "_" in word)
    ]


def test_flags_in_straces_order(tmp_path: Path) -> None:
    odd = []
    for theirs, ours in both(tmp_path, "calls", "bits"):
        if theirs.startswith("fanotify_mark("):
            # Its order changed with strace's versions; ours is the newest's.
            continue
        # Ours may know flags that an older strace does not; those that both know stand in the same order.
        mine = words(ours)
        known = [word for word in words(theirs) if word in mine]
        lost = [word for word in words(theirs) if word not in mine and word not in NEWER_WORDS]
        if lost or known != [word for word in mine if word in known]:
            odd.append((theirs, ours, lost))
    assert odd == []
