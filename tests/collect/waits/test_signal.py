"""collect/waits/signal.py"""

from explorer.collect.waits.signal import names
from explorer.resolve.system import System
from tests.collect.threads import wait_of
from tests.specimens.waits import Waits


def test_the_signals_that_it_catches(system: System) -> None:
    with Waits("signals") as it:
        assert wait_of(system, it.pid).text == "waits for a signal: it catches HUP and USR1"


def test_names_leave_out_what_belongs_to_the_c_library() -> None:
    assert names(1 << 0 | 1 << 31 | 1 << 32 | 1 << 34 | 1 << 63) == ["HUP", "RTMIN+1", "RTMAX"]
