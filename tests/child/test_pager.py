"""child/pager.py as a program: it becomes the pager, with a path that is the file's own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.kernel.beside import ROOT
from explorer.kernel.frames import REFUSED
from explorer.kernel.pager import PROGRAM


def run(path: str, identity: tuple[int, int], *words: str) -> subprocess.CompletedProcess[str]:
    program = PROGRAM.format(ROOT, path.encode(), identity)
    return subprocess.run([sys.executable, "-I", "-S", "-c", program, *words], capture_output=True, text=True, timeout=30)


def test_the_pager_reads_a_file_without_a_name(tmp_path: Path) -> None:
    with (tmp_path / "gone").open("w+") as held:
        held.write("precious\n")
        held.flush()
        (tmp_path / "gone").unlink()
        file = os.fstat(held.fileno())
        done = run(f"/proc/{os.getpid()}/fd/{held.fileno()}", (file.st_dev, file.st_ino), "cat", "-n")
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, ["1", "precious"], "")


@pytest.mark.parametrize("other", ["fifo", "file"])
def test_another_file_is_never_opened(tmp_path: Path, other: str) -> None:
    (tmp_path / "file").write_text("not this one")
    os.mkfifo(tmp_path / "fifo")
    held = os.open(tmp_path / other, os.O_RDWR)
    done = run(f"/proc/{os.getpid()}/fd/{held}", (1, 1), "cat")
    os.close(held)
    assert (done.returncode, done.stdout) == (REFUSED, "")
    assert done.stderr.startswith("procdive: ")


def test_no_such_pager(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    file = (tmp_path / "file").stat()
    done = run(str(tmp_path / "file"), (file.st_dev, file.st_ino), str(tmp_path / "nowhere"))
    assert done.returncode == REFUSED
