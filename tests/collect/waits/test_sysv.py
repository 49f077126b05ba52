"""collect/waits/sysv.py"""

import ctypes

from explorer.resolve.system import System
from tests.collect.threads import wait_of
from tests.specimens.waits import Waits

LIBC = ctypes.CDLL(None)


def test_a_message_queue(system: System) -> None:
    with Waits("messages") as it:
        try:
            assert wait_of(system, it.pid).text == f"waits for a message in message queue {it.id}, which holds 0"
        finally:
            LIBC.msgctl(it.id, 0, None)


def test_a_semaphore(system: System) -> None:
    with Waits("semaphore") as it:
        try:
            assert wait_of(system, it.pid).text == f"waits for semaphore set {it.id}: number 0 to take 1"
        finally:
            LIBC.semctl(it.id, 0, 0)
