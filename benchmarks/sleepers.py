"""A machine with so many processes on it: `with Sleepers(2000):`."""

import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self

SOURCE = Path(__file__).with_name("sleepers.c")


def alive(group: int) -> bool:
    """Whether any process of that group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


class Sleepers:
    """Adds sleeping processes until the machine has `total` of them, kernel threads included. Needs gcc."""

    def __init__(self, total: int) -> None:
        self.total = total

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="sleepers-")
        program = f"{self._folder.name}/sleepers"
        subprocess.run(["gcc", "-O1", "-o", program, str(SOURCE)], check=True)
        here = sum(name.isdigit() for name in os.listdir("/proc"))
        self._process = subprocess.Popen(
            [program, str(max(0, self.total - here - 1))], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
        assert self._process.stdout is not None
        if self._process.stdout.readline() != b"ready\n":
            raise OSError(f"{self.total} processes could not be made")
        return self

    def __exit__(self, *error: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()
        while alive(self._process.pid):
            time.sleep(0.01)
        self._folder.cleanup()
