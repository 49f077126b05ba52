"""What strace shows of a program, call by call."""

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from explorer.decode.constants.errno import ERRNO
from explorer.decode.syscall import numbers
from explorer.model.batch import UNFINISHED_END, Batch, Kind

LINE = re.compile(r"(\w+)\(.* = (\?|-?\w+)(?: (E\w+))?")
Shown = tuple[str, str]
"""A call's name, and its errno, ? where it did not return, or nothing."""


def by_strace(command: Sequence[str], options: Sequence[str], folder: Path) -> list[Shown]:
    """The calls of a program that runs with those options."""
    out = folder / "strace.txt"
    subprocess.run(["strace", "-o", str(out), *options, *command], capture_output=True, check=False, timeout=30)
    found = (LINE.match(line) for line in out.read_text(errors="replace").splitlines())
    return [(match[1], match[3] or ("?" if match[2] == "?" else "")) for match in found if match]


def batch(calls: Sequence[Shown]) -> Batch:
    """The same as an engine would have told it."""
    codes = {name: -number for number, (name, _) in ERRNO.items()}
    out = Batch()
    for name, end in calls:
        out.add(Kind.CALL, 7, 7, len(out), numbers.numbers("x86_64")[name], UNFINISHED_END if end == "?" else codes[end] if end else 0)
    return out
