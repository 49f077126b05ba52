"""trace/access/place.py: where a process sees its files."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.trace.access import Place, places


def test_of_ours() -> None:
    assert places()(os.getpid()) == Place(b"", os.stat("/proc/self/ns/mnt").st_ino, os.fsencode(os.getcwd()))


def test_of_nobody() -> None:
    assert places()(1 << 30) is None


@pytest.mark.root
def test_of_one_that_has_another_root(tmp_path: Path) -> None:
    program = f"import os; os.chroot({str(tmp_path)!r}); os.chdir('/'); print(flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout
        child.stdout.readline()
        found = places()(child.pid)
        child.communicate(b"\n", 20)
    assert found is not None
    assert (found.root, found.cwd) == (os.fsencode(tmp_path), os.fsencode(tmp_path))
