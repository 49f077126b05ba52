"""Locks held and waited for, beside what lslocks says of them."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from explorer.collect.files import files
from explorer.decode.fd.path import Lock, PathFd
from explorer.model.missing import Missing
from explorer.resolve.system import System
from tests.specimens.holds import Holds


def by_lslocks(*pids: int) -> set[tuple[Any, ...]]:
    """Pid, type, access, start, end, whether it waits, who blocks it."""
    command = ["lslocks", "-J", "--bytes", "-o", "PID,TYPE,MODE,START,END,BLOCKER"]
    rows = json.loads(subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout)["locks"]
    return {
        (
            int(row["pid"]), row["type"], row["mode"].rstrip("*"), int(row["start"]), int(row["end"]), row["mode"].endswith("*"),
            int(row["blocker"] or 0),
        )
        for row in rows
        if int(row["pid"]) in pids
    }  # fmt: skip


def ours(system: System, pid: int) -> set[Lock]:
    found = files(system, pid)
    assert not isinstance(found, Missing)
    return {lock for fd in found if isinstance(fd, PathFd) for lock in fd.locks}


@pytest.mark.oracle("lslocks")
def test_as_lslocks(system: System, tmp_path: Path) -> None:
    with Holds("locks", str(tmp_path / "file")) as it:
        theirs = by_lslocks(it.pid, it.flock, it.posix)
        held = {lock for lock in ours(system, it.pid) if lock.type != "OFDLCK"}
        waiting = {lock for pid in (it.flock, it.posix) for lock in ours(system, pid) if lock.waits}
        found = {
            (lock.pid, lock.type, lock.access, lock.start, 0 if lock.end < 0 else lock.end, lock.waits, *(one.pid for one in lock.held_by))
            for lock in {*held, *waiting}
        }
        assert {row if row[5] else row[:6] for row in theirs} == found
        assert len(found) == 4
