"""collect/waits/select.py"""

import pytest

from explorer.resolve.system import System
from tests.collect.threads import wait_of
from tests.specimens.waits import Waits


@pytest.mark.parametrize("seconds", ["250", "0"])
def test_each_descriptor_and_the_timeout(system: System, seconds: str) -> None:
    with Waits("polls", "select", seconds) as it:
        wait = wait_of(system, it.pid, ready=lambda found: f"tcp 127.0.0.1:{it.port}" in found.text)
        assert "pipe of its own" in wait.text
        assert wait.more == ()
        if seconds == "0":
            assert wait.due is None
        else:
            assert wait.due is not None
            assert 150 < wait.due <= 250
