"""collect/waits/lock.py"""

from pathlib import Path

import pytest

from explorer.resolve.system import System
from tests.collect.threads import wait_of
from tests.specimens.waits import Waits


@pytest.mark.parametrize("sort", ["flock", "posix", "ofd"])
def test_who_holds_it(system: System, tmp_path: Path, sort: str) -> None:
    path = str(tmp_path / "lock")
    with Waits("locked", path, sort) as it:
        wait = wait_of(system, it.children[0], ready=lambda found: bool(found.parties))
        assert wait.text.startswith(f"waits for the write lock on {path}, held by {it.pid} ")
        assert [(party.pid, party.role) for party in wait.parties] == [(it.pid, "owner")]
