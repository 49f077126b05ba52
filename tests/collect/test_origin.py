"""collect/origin.py"""

import os
import uuid
from pathlib import Path

import pytest

from explorer.collect.origin import cgroups, origin
from explorer.model.cgroup import Cgroup
from explorer.model.missing import Missing
from explorer.model.origin import Origin
from explorer.resolve.place import Place, place
from explorer.resolve.system import System
from tests.fakeproc import FakeProc
from tests.processes import HELD, Processes
from tests.resolve.test_place import STAT

PIDS = Path("/sys/fs/cgroup/pids")


def of(system: System, pid: int) -> tuple[Origin, tuple[Cgroup, ...] | Missing]:
    at = place(system, pid)
    assert isinstance(at, Place)
    groups = cgroups(system, at)
    return origin(system, at, groups), groups


def test_parents_and_session(system: System, processes: Processes) -> None:
    found, _ = of(system, processes.python("import sys; " + HELD).pid)
    assert found.parents[0].pid == os.getpid()
    alone, _ = of(system, processes.python("import sys; " + HELD, start_new_session=True).pid)
    assert alone.leader is None


def test_unit_container_and_login(fakeproc: FakeProc) -> None:
    fakeproc.file("12/stat", STAT.format(state="S", flags=0))
    fakeproc.file("12/cgroup", f"0::/system.slice/docker-{'ab' * 32}.scope\n")
    fakeproc.file("12/sessionid", "7")
    found, _ = of(fakeproc.system, 12)
    assert found.container is not None
    assert found.container.runtime == "docker"
    assert found.login == 7
    assert found.unit.slice == "system.slice"
    assert found.parents == ()


@pytest.mark.root
def test_case_16_a_cgroup_with_colons(system: System, processes: Processes) -> None:
    if not (PIDS / "cgroup.procs").exists():
        pytest.skip("no version 1 hierarchy of pids here")
    folder = PIDS / f"procdive:{uuid.uuid4().hex[:8]}:docker"
    try:
        folder.mkdir()
    except OSError as error:
        pytest.skip(f"no cgroup can be made here: {error}")
    process = processes.python("import sys; " + HELD)
    (folder / "cgroup.procs").write_text(str(process.pid))
    found, groups = of(system, process.pid)
    process.kill()
    process.wait()
    folder.rmdir()
    assert isinstance(groups, tuple)
    assert [group.path for group in groups if "pids" in group.controllers] == [f"/{folder.name}"]
    assert {group.hierarchy for group in groups} >= {0} or len(groups) > 1
    assert found.container is None
