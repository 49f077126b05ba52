"""A machine with so many processes that hold so many descriptors each, as servers do: `with Holders(2000, 20):`."""

import os
import resource
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self

from benchmarks.sleepers import alive

SOURCE = Path(__file__).with_name("holders.c")


class Holders:
    """Adds that many processes. Needs gcc."""

    def __init__(self, processes: int, each: int) -> None:
        self.processes = processes
        self.each = each

    def __enter__(self) -> Self:
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if self.each + 10 > hard:
            raise OSError(f"{self.each} descriptors a process are more than the hard limit of {hard}")
        self._folder = tempfile.TemporaryDirectory(prefix="holders-")
        program = f"{self._folder.name}/holders"
        subprocess.run(["gcc", "-O1", "-o", program, str(SOURCE)], check=True)
        self._process = subprocess.Popen(
            ["sh", "-c", 'ulimit -n "$(ulimit -H -n)"; exec "$@"', "sh", program, str(self.processes), str(self.each), self._folder.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert self._process.stdout is not None
        if self._process.stdout.readline() != b"ready\n":
            self.__exit__()
            raise OSError(f"{self.processes} processes could not be made")
        return self

    @property
    def pids(self) -> list[int]:
        """Of all of them, the one that made them first."""
        found = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        return [self._process.pid, *map(int, found)]

    def __exit__(self, *error: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()
        while alive(self._process.pid):
            time.sleep(0.01)
        self._folder.cleanup()


def descriptors() -> int:
    """How many are open on the machine."""
    found = 0
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                found += len(os.listdir(f"/proc/{name}/fd"))
            except OSError:
                continue
    return found
