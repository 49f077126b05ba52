"""collect/status.py"""

import os
from pathlib import Path

import pytest

from explorer.collect.status import status
from explorer.model.missing import Missing
from explorer.model.status import Status
from explorer.resolve.place import Place, place
from explorer.resolve.system import System
from tests.commands import run
from tests.fakeproc import FakeProc
from tests.processes import HELD, Processes
from tests.resolve.test_place import STAT


def test_of_ourselves(system: System) -> None:
    at = place(system, os.getpid())
    assert isinstance(at, Place)
    found = status(system, at)
    assert isinstance(found, Status)
    assert found.pid == os.getpid()
    assert found.ppid == os.getppid()


def test_gone(fakeproc: FakeProc) -> None:
    fakeproc.file("12/stat", STAT.format(state="S", flags=0))
    at = place(fakeproc.system, 12)
    assert isinstance(at, Place)
    assert isinstance(status(fakeproc.system, at), Missing)


@pytest.mark.root
def test_case_13_odd_lines_bound_over_the_file(processes: Processes, tmp_path: Path) -> None:
    """In a mount namespace of its own: an empty line, unknown ones, one missing."""
    import subprocess
    import sys

    victim = processes.python("import sys; " + HELD).pid
    odd = Path(f"/proc/{victim}/status").read_bytes().replace(b"State:", b"\nNewField:\nWeird: a b c\nState:")
    lines = [line for line in odd.split(b"\n") if not line.startswith(b"NStgid")]
    (tmp_path / "status").write_bytes(b"\n".join(lines))
    mount = f"mount --bind {tmp_path}/status /proc/{victim}/status"
    script = f"{mount} && {sys.executable} -m explorer show {victim} && {sys.executable} -m explorer show {victim} status"
    done = subprocess.run(["unshare", "-m", "sh", "-c", script], capture_output=True, text=True, cwd=Path(__file__).parent.parent.parent)
    if "mount" in done.stderr:
        pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "sleeping" in done.stdout
    assert "Weird" in done.stdout


def test_case_13_in_a_fake_proc(fakeproc: FakeProc) -> None:
    fakeproc.file("12/stat", STAT.format(state="S", flags=0))
    fakeproc.file("12/status", "Name:\tx\n\nNewField:\nWeird: a b c\nState:\tS (sleeping)\nTgid:\t12\nUid:\t0\t0\t0\t0\n")
    done = run("show", "12", system=fakeproc.system)
    assert done.status == 0
    assert "root" in done.out
