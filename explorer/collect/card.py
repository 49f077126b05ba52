"""The card of one process, cheap enough for every tick; of one that has ended, what was seen last."""

import threading
import time
import weakref
from collections import OrderedDict
from typing import Final

from explorer.collect.argv import argv
from explorer.collect.now import now
from explorer.collect.origin import cgroups
from explorer.collect.overview import folder
from explorer.kernel.clock import boot_moment
from explorer.model.argv import Argv
from explorer.model.card import Card, Gone
from explorer.model.cgroup import Unit
from explorer.model.missing import Missing, Reason
from explorer.model.process import TICKS, ProcessId
from explorer.resolve.container import container
from explorer.resolve.executable import executable
from explorer.resolve.parents import parents
from explorer.resolve.place import Place, place
from explorer.resolve.system import System
from explorer.resolve.unit import unit

LIMIT: Final = 1 << 14
"""Bytes of a command line: more than any screen shows."""
REMEMBERED: Final = 64


def card(system: System, process: ProcessId) -> Card | Gone | Missing:
    """Never raises. Missing only where /proc itself does not answer; a process that ended is Gone."""
    at = place(system, process)
    memory = last_of(system)
    if isinstance(at, Missing):
        return memory.gone(system, process) if at.reason is Reason.GONE else at
    made = of(system, at)
    if isinstance(made.now, Missing) and made.now.reason is Reason.GONE:
        # It ended while we looked.
        return memory.gone(system, process)
    memory.keep(made)
    return made


def of(system: System, at: Place) -> Card:
    """Of a process that is there."""
    groups = cgroups(system, at)
    known = () if isinstance(groups, Missing) else groups
    uid = owner(system, at)
    words = argv(system, at, LIMIT)
    return Card(
        process=at.id,
        comm=at.stat.comm,
        is_kernel_thread=at.kernel_thread,
        state=at.stat.state,
        exit_code=at.stat.exit_code if at.zombie else None,
        argv=words.args if isinstance(words, Argv) else words,
        executable=executable(system, at),
        cwd=folder(system, at, "cwd"),
        root=folder(system, at, "root"),
        uid=uid,
        user=system.users.name(uid),
        started=boot_moment() + at.stat.starttime / TICKS,
        taken=time.time(),
        parents=parents(system, at.stat.ppid),
        unit=unit(known) if known else Unit(),
        container=container(known),
        cgroups=groups,
        now=now(system, at.id),
    )


def owner(system: System, at: Place) -> int | Missing:
    """Its effective uid. From status: the owner of the folder is root where it may not be traced (proc(5))."""
    from explorer.collect.status import status

    known = status(system, at)
    if isinstance(known, Missing):
        return known
    return known.uid if isinstance(known.uid, Missing) else known.uid[1]


class Last:
    """The last cards, and when it was noticed that their processes had ended."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cards: OrderedDict[ProcessId, Card] = OrderedDict()
        self._ended: OrderedDict[ProcessId, float] = OrderedDict()

    def keep(self, made: Card) -> None:
        """The newest of its process."""
        with self._lock:
            self._cards[made.process] = made
            self._cards.move_to_end(made.process)
            while len(self._cards) > REMEMBERED:
                self._cards.popitem(last=False)

    def gone(self, system: System, process: ProcessId) -> Gone:
        """What is still known of a process that has ended."""
        heir, started = self._heir(system, process)
        with self._lock:
            moment = time.time()
            ended = self._ended.setdefault(process, moment)
            while len(self._ended) > REMEMBERED:
                self._ended.popitem(last=False)
            return Gone(process, self._cards.get(process), ended, moment, heir, started)

    def _heir(self, system: System, process: ProcessId) -> tuple[str, float]:
        other = place(system, process.pid)
        if isinstance(other, Missing) or other.id == process:
            return "", 0.0
        return other.stat.comm, boot_moment() + other.id.start / TICKS


_SHARING: Final = threading.Lock()
_SHARED: "Final[weakref.WeakKeyDictionary[System, Last]]" = weakref.WeakKeyDictionary()


def last_of(system: System) -> Last:
    """One memory for each System."""
    with _SHARING:
        return _SHARED.setdefault(system, Last())
