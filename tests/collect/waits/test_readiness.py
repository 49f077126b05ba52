"""collect/waits/readiness.py"""

import os

from explorer.collect.glance import Glance
from explorer.collect.waits.readiness import any_of
from explorer.resolve.system import System


def test_many_are_listed_one_by_one(system: System) -> None:
    eventfds = [os.eventfd(0) for _ in range(6)]
    try:
        wait = any_of("poll", Glance(system, os.getpid()), [*eventfds, eventfds[0]], (None, False))
        assert wait.text == f"waits for eventfd {eventfds[0]}, eventfd {eventfds[1]}, eventfd {eventfds[2]} and 3 more"
        assert wait.more == tuple(f"{fd} eventfd {fd}" for fd in eventfds)
        few = any_of("poll", Glance(system, os.getpid()), eventfds[:2], (2.5, True))
        assert (few.text, few.more, few.due, few.due_most) == (f"waits for eventfd {eventfds[0]} and eventfd {eventfds[1]}", (), 2.5, True)
    finally:
        for fd in eventfds:
            os.close(fd)


def test_of_nothing(system: System) -> None:
    glance = Glance(system, os.getpid())
    assert any_of("poll", glance, [], (3.0, False)).text == "sleeps"
    assert any_of("poll", glance, [], (None, False)).text == "sleeps for ever: it waits for no descriptor and no time"
    assert any_of("poll", glance, [999_999], (None, False)).text == "waits for descriptor 999999"
