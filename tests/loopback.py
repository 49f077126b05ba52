"""What servers on loopback need: a port that nobody has, and waiting for a condition instead of sleeping."""

import socket
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
DEADLINE = 10.0


def free_port() -> int:
    """A TCP port of 127.0.0.1 that was free a moment ago; whoever asks must be ready to lose the race and ask again."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as client:
        client.settimeout(1)
        return client.connect_ex(("127.0.0.1", port)) == 0


def until(condition: Callable[[], T], what: str, deadline: float = DEADLINE) -> T:
    """The condition's value as soon as it is true; an AssertionError that names `what` after so many seconds."""
    end = time.monotonic() + deadline
    while not (value := condition()):
        assert time.monotonic() < end, f"waited {deadline:g} s for {what}"
        time.sleep(0.02)
    return value
