"""/proc/PID/autogroup: `/autogroup-10 nice 0`. Source: sched(7)."""

import re

from explorer.decode.text import text


def decode(raw: bytes) -> tuple[int, int] | None:
    """The group's number and its nice value, which weighs the group against others; None where there is none."""
    match = re.fullmatch(r"/autogroup-(\d+) nice (-?\d+)\n?", text(raw), re.ASCII)
    return (int(match[1]), int(match[2])) if match else None
