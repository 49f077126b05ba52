"""A system, and processes that may be changed."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from explorer.resolve.system import System


@pytest.fixture
def system() -> Iterator[System]:
    made = System()
    yield made
    made.close()


@pytest.fixture
def children() -> Iterator[list[subprocess.Popen[bytes]]]:
    """Three that sleep, and ignore SIGPIPE and SIGXFSZ, as every Python does."""
    program = "import time; print('ready', flush=True); time.sleep(60)"
    started = [subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) for _ in range(3)]
    for one in started:
        assert one.stdout is not None
        one.stdout.readline()
    yield started
    for one in started:
        one.kill()
        one.wait()
        assert one.stdout is not None
        one.stdout.close()
