"""collect/waits/ends.py"""

import os
import socket

from explorer.collect.glance import Glance
from explorer.collect.waits.ends import due, late, others, own, phrase
from explorer.resolve.system import System
from tests.specimens.waits import Waits


def said(system: System, number: int) -> str:
    fd = Glance(system, os.getpid()).fd(number)
    assert fd is not None
    return phrase(fd, Glance(system, os.getpid()))


def test_in_a_few_words(system: System) -> None:
    server = socket.create_server(("127.0.0.1", 0))
    reads, writes = os.pipe()
    event, process, file = os.eventfd(0), os.pidfd_open(os.getpid()), os.open("/dev/null", os.O_RDONLY)
    try:
        assert said(system, server.fileno()) == f"tcp 127.0.0.1:{server.getsockname()[1]}"
        assert said(system, reads) == said(system, writes) == "pipe of its own"
        assert said(system, event) == f"eventfd {event}"
        assert said(system, process).startswith(f"{os.getpid()} ")
        assert said(system, process).endswith(" to end")
        assert said(system, file) == "/dev/null"
    finally:
        server.close()
        for fd in (reads, writes, event, process, file):
            os.close(fd)


def test_who_has_the_other_end_of_a_pipe(system: System) -> None:
    with Waits("empty_pipe") as it:
        glance = Glance(system, it.pid)
        fd = glance.fd(it.fd)
        assert fd is not None
        # A process that young may not have been met yet by the walk over all descriptors; then it is looked for itself.
        assert {holder.pid for holder in others(fd, glance, "w") or late(fd, glance, "w")} == {it.children[0]}
        assert own(fd, glance, "w") == ()
        assert due(fd) is None
    with Waits("lonely_pipe") as it:
        glance = Glance(system, it.pid)
        fd = glance.fd(it.fd)
        assert fd is not None
        assert own(fd, glance, "w") == (it.other,)
        assert others(fd, glance, "w") == ()


def test_when_a_timer_is_due(system: System) -> None:
    with Waits("reads", "timerfd") as it:
        fd = Glance(system, it.pid).fd(it.fd)
        assert fd is not None
        left = due(fd)
        assert left is not None
        assert 400 < left <= 500
