"""collect/confinement.py"""

import ctypes
import os
import subprocess

import pytest

from explorer.collect.confinement import confinement
from explorer.collect.status import status
from explorer.decode.constants.capabilities import capability_names
from explorer.model.missing import Missing
from explorer.model.overview import Confinement
from explorer.resolve.place import Place, place
from explorer.resolve.system import System
from tests.fakeproc import FakeProc
from tests.processes import Processes
from tests.resolve.test_place import STAT

STRICT = """
import ctypes, sys
prctl = ctypes.CDLL(None).prctl
prctl(38, 1, 0, 0, 0)
print(flush=True)
sys.stdin.read()
"""


def of(system: System, pid: int) -> Confinement:
    at = place(system, pid)
    assert isinstance(at, Place)
    return confinement(system, at, status(system, at))


def test_of_ourselves(system: System) -> None:
    found = of(system, os.getpid())
    assert found.no_new_privs is bool(ctypes.CDLL(None).prctl(39, 0, 0, 0, 0))
    assert found.secure is False
    assert isinstance(found.seccomp, int)


def test_no_new_privs(system: System, processes: Processes) -> None:
    assert of(system, processes.python(STRICT).pid).no_new_privs is True


@pytest.mark.oracle("capsh")
def test_capabilities_as_capsh_names_them(system: System) -> None:
    effective = of(system, os.getpid()).capabilities.effective
    assert isinstance(effective, int)
    out = subprocess.run(["capsh", f"--decode={effective:x}"], capture_output=True, text=True, check=True).stdout
    theirs = {name for name in out.strip().partition("=")[2].split(",") if name and not name.isdigit()}
    assert theirs <= {name.lower() for name in capability_names(effective)}
    assert bool(theirs) == bool(effective)


def test_nothing_known(fakeproc: FakeProc) -> None:
    fakeproc.file("12/stat", STAT.format(state="S", flags=0))
    found = of(fakeproc.system, 12)
    assert isinstance(found.seccomp, Missing)
    assert found.secure is None
