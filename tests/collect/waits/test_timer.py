"""collect/waits/timer.py"""

import pytest

from explorer.resolve.system import System
from tests.collect.threads import entry, wait_of
from tests.specimens.waits import Waits


def test_when_a_sleep_is_over(system: System) -> None:
    with Waits("sleep", "300") as it:
        wait = wait_of(system, it.pid)
        assert wait.text == "sleeps"
        assert wait.due is not None
        assert 200 < wait.due <= 300


@pytest.mark.oracle("gcc")
def test_poll_of_nothing_is_a_sleep(system: System) -> None:
    with entry("poll") as pid:
        wait = wait_of(system, pid)
        assert wait.kind == "timer"
        assert wait.due is not None
        assert 900 < wait.due <= 1000
