"""What strace and procdive write of one program, side by side: a list of lines a thread, calls that were broken joined again."""

import difflib
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

TREE = Path(__file__).parent.parent.parent
OURS = (sys.executable, "-m", "explorer", "trace")
THEIRS = (str(shutil.which("strace")), "-f", "-y")
PREFIX = re.compile(r"(?:\[pid +(\d+)\] |(\d+) +)?(.*)", re.DOTALL)
RESUMED = re.compile(r"(.*?)<\.\.\. \S+ resumed>(.*)", re.DOTALL)
NORMAL = (
    (r"\)\s+= ", ") = "),
    (r"(socket|pipe|anon_inode):\[\d+\]", r"\1:[N]"),
    (r"0x[0-9a-f]{4,16}\b", "ADDRESS"),
    (r"htons\(\d+\)", "htons(P)"),
    (r"/\* \d+ vars \*/", "/* VARS */"),
    (r'\bgetrandom\("[^"]*"', "getrandom(BYTES"),
    (r"tv_(n?u?sec)=\d+", r"tv_\1=T"),
    (r"si_[us]time=\d+(?: /\* [\d.]+ s \*/)?", "si_xtime=T"),
    (r"^sysinfo\(.*", "sysinfo(...)"),
    (r"/proc/\d+/", "/proc/PID/"),
    (r"\d{4}-\d\d-\d\dT[^ ]*", "DATE"),
    (r"\d{4}/\d\d/\d\d \d\d:\d\d:\d\d", "DATE"),
    (r"\d\d/\w{3}/\d{4}:[\d:]*", "DATE"),
    (r"\w{3}, \d\d \w{3} \d{4} [\d:]*", "DATE"),
    # From strace 6.2 on one number.
    (r"data=(\{u32=\d+, u64=\d+\}|\d+|ADDRESS)", "data=DATA"),
    (r"\b\d{3,10}\b", "N"),
)
"""Pids, times, addresses, inodes and ports."""


def by_strace(command: Sequence[str], file: Path, *options: str) -> list[str]:
    """Its lines of a program. file: where it may write."""
    return ran((*THEIRS, *options, "-o", str(file), *command), file)


def by_us(command: Sequence[str], file: Path, *options: str) -> list[str]:
    """Likewise ours."""
    return ran((*OURS, *options, "-o", str(file), "--", *command), file)


def ran(argv: Sequence[str], file: Path) -> list[str]:
    env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(TREE)}
    done = subprocess.run(
        argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=60, env=env, cwd="/usr"
    )
    assert file.exists(), done.stderr.decode()
    return file.read_text(errors="surrogateescape").splitlines()


def threads(lines: Sequence[str]) -> list[list[str]]:
    """Normal lines of each thread, in the order of their births: of their ids, which begin anew after the largest."""
    found: dict[int, list[str]] = {}
    for line in lines:
        match = PREFIX.fullmatch(line)
        assert match
        mine = found.setdefault(int(match[1] or match[2] or 0), [])
        resumed = RESUMED.fullmatch(match[3])
        if resumed and mine and mine[-1].endswith(" <unfinished ...>"):
            mine[-1] = mine[-1].removesuffix(" <unfinished ...>") + resumed[2]
        else:
            mine.append(match[3])
    first, largest = next(iter(found), 0), int(Path("/proc/sys/kernel/pid_max").read_text())
    return [[normal(line) for line in found[tid]] for tid in sorted(found, key=lambda tid: (tid - first) % largest)]


def normal(line: str) -> str:
    """Without what differs from run to run."""
    for pattern, instead in NORMAL:
        line = re.sub(pattern, instead, line)
    return line


def compared(theirs: Sequence[Sequence[str]], ours: Sequence[Sequence[str]]) -> tuple[float, list[str]]:
    """How many of their lines are ours, as a part of one, and a picture of the rest."""
    equal, rest = 0, []
    for one, other in zip(theirs, ours, strict=True):
        matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
        for tag, low, high, ours_low, ours_high in matcher.get_opcodes():
            if tag == "equal":
                equal += high - low
            else:
                rest += [f"- {line}" for line in one[low:high]] + [f"+ {line}" for line in other[ours_low:ours_high]]
    return equal / max(1, sum(map(len, theirs))), rest
