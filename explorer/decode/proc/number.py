"""The files of /proc/PID that hold one number: loginuid, sessionid, oom_score, oom_score_adj, timerslack_ns,
coredump_filter and personality (both hexadecimal)."""

from typing import Final

NOBODY: Final = 4294967295
"""What loginuid and sessionid say where none was ever set: (uid_t) -1."""


def decode(raw: bytes, base: int = 10) -> int | None:
    """None where it is no number."""
    try:
        return int(raw.decode("ascii", "replace").strip(" \t\n\0"), base)
    except ValueError:
        return None
