"""How a timer tells."""

import struct

from tests.decode.syscall.decoded import text
from tests.memory import Written


def test_by_signal_and_to_a_thread() -> None:
    memory = Written(at_1000=struct.pack("<QIIi", 5, 10, 4, 77))
    assert text("timer_create", 1, 0x1000, 0x2000, memory=memory) == (
        "timer_create(CLOCK_MONOTONIC, {sigev_value={sival_int=5, sival_ptr=0x5}, sigev_signo=SIGUSR1, sigev_notify=SIGEV_THREAD_ID, "
        "sigev_notify_thread_id=77}, 0x2000"
    )
    assert text("timer_create", 1, 0, 0x2000) == "timer_create(CLOCK_MONOTONIC, NULL, 0x2000"
