"""Identity is pid and start, and the clock's ticks are Linux's."""

import os

from explorer.model.process import TICKS, ProcessId


def test_a_pid_that_is_used_again_is_somebody_else() -> None:
    assert ProcessId(812, 100) != ProcessId(812, 200)
    assert len({ProcessId(812, 100), ProcessId(812, 100), ProcessId(812, 200)}) == 2
    assert sorted([ProcessId(9, 1), ProcessId(8, 5), ProcessId(8, 2)]) == [ProcessId(8, 2), ProcessId(8, 5), ProcessId(9, 1)]


def test_ticks_are_those_of_this_machine() -> None:
    assert os.sysconf("SC_CLK_TCK") == TICKS
