"""collect/tasks_of.py"""

import os
import threading

from explorer.collect.tasks_of import tasks_of
from explorer.model.missing import Missing
from explorer.resolve.place import Place, place
from explorer.resolve.system import System


def test_every_thread(system: System) -> None:
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    at = place(system, os.getpid())
    assert isinstance(at, Place)
    found = tasks_of(system, at)
    over.set()
    thread.join()
    assert not isinstance(found, Missing)
    tids = [task.tid for task in found]
    assert {os.getpid(), thread.native_id} <= set(tids)
    assert tids == sorted(tids)
    assert all(task.policy.startswith("SCHED_") for task in found)
