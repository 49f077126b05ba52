"""/proc/PID/limits. Source: proc_pid_limits(5), fs/proc/base.c: "%-25s %-20s %-20s %-10s"."""

import re
from typing import Final

from explorer.decode.text import text
from explorer.model.limits import Limit

LINE: Final = re.compile(r"(\S.*?) +(unlimited|\d+) +(unlimited|\d+)(?: +(\S+))? *", re.ASCII)


def decode(raw: bytes) -> tuple[Limit, ...]:
    """In the kernel's order; lines of another shape (the header) are passed over."""
    found = (LINE.fullmatch(line) for line in text(raw).split("\n"))
    return tuple(Limit(match[1], bound(match[2]), bound(match[3]), match[4] or "") for match in found if match)


def bound(word: str) -> int | None:
    """None: unlimited."""
    return None if word == "unlimited" else int(word)
