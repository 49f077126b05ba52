"""A Python program of ours that runs beside us: in a session of its own, out of the terminal's reach."""

import os
import sys
from collections.abc import Sequence


def spawn(program: str, fds: Sequence[int]) -> int:
    """Its pid. program: Python's source. fds: become its descriptors 0, 1, 2, …; the caller closes its own. Raises OSError."""
    return os.posix_spawn(
        sys.executable,
        [sys.executable, "-I", "-S", "-c", program],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_DUP2, fd, place) for place, fd in enumerate(fds)],
        setsid=True,
    )
