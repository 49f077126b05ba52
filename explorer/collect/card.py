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
from explorer.collect.status import status
from explorer.kernel.clock import boot_moment
from explorer.model.argv import Argv
from explorer.model.card import Card, Gone
from explorer.model.cgroup import Unit
from explorer.model.missing import Missing, Reason
from explorer.model.process import TICKS, ProcessId
from explorer.model.status import Status
from explorer.resolve.container import container
from explorer.resolve.executable import executable
from explorer.resolve.parents import parents
from explorer.resolve.place import Place, place
from explorer.resolve.system import System
from explorer.resolve.unit import unit

LIMIT: Final = 1 << 14
"""Bytes of a command line: more than any screen shows."""
REMEMBERED: Final = 64
SLOW: Final = 3.0
"""Seconds for which a command line and an executable's fate are believed: they take the reader half of a card's time."""


def card(system: System, process: ProcessId) -> Card | Gone | Missing:
    """Never raises. Missing only where /proc itself does not answer; a process that ended is Gone."""
    at = place(system, process)
    memory = last_of(system)
    if isinstance(at, Missing):
        return memory.gone(system, process) if at.reason is Reason.GONE else at
    made = of(system, at, memory.recent(at))
    if isinstance(made.now, Missing) and made.now.reason is Reason.GONE:
        # It ended while we looked.
        return memory.gone(system, process)
    memory.keep(made, at)
    return made


def of(system: System, at: Place, recent: Card | None = None) -> Card:
    """Of a process that is there. recent: a card of it from which what seldom changes may be taken."""
    groups = cgroups(system, at)
    known = () if isinstance(groups, Missing) else groups
    known_status = status(system, at)
    uid = owner(known_status)
    words = recent.argv if recent else arguments(system, at)
    return Card(
        process=at.id,
        comm=at.stat.comm,
        is_kernel_thread=at.kernel_thread,
        state=at.stat.state,
        exit_code=at.exit_code,
        argv=words,
        executable=recent.executable if recent else executable(system, at),
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
        thread_of=process_of(known_status, at),
    )


def arguments(system: System, at: Place) -> tuple[str, ...] | Missing:
    """Its arguments, or its title as one."""
    found = argv(system, at, LIMIT)
    return found.args if isinstance(found, Argv) else found


def owner(known: Status | Missing) -> int | Missing:
    """Its effective uid. From status: the owner of the folder is root where it may not be traced (proc(5))."""
    if isinstance(known, Missing):
        return known
    return known.uid if isinstance(known.uid, Missing) else known.uid[1]


def process_of(known: Status | Missing, at: Place) -> int:
    """The process of a thread, 0 of a process."""
    tgid = at.id.pid if isinstance(known, Missing) or isinstance(known.tgid, Missing) else known.tgid
    return tgid if tgid != at.id.pid else 0


class Last:
    """The last cards, and when it was noticed that their processes had ended."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cards: OrderedDict[ProcessId, Card] = OrderedDict()
        self._ended: OrderedDict[ProcessId, float] = OrderedDict()
        self._slow: dict[ProcessId, tuple[float, tuple[object, ...]]] = {}
        """When command line and executable were last read, and of which program."""

    def recent(self, at: Place) -> Card | None:
        """A card whose command line and executable are a few seconds old and of the same program, read without a failure."""
        with self._lock:
            card = self._cards.get(at.id)
            when, program = self._slow.get(at.id, (0.0, ()))
        fresh = card is not None and time.monotonic() - when < SLOW and program == program_of(at)
        return card if fresh and card is not None and not isinstance(card.argv, Missing) else None

    def keep(self, made: Card, at: Place) -> None:
        """The newest of its process."""
        with self._lock:
            before = self._cards.get(made.process)
            if before is None or before.argv is not made.argv or before.executable is not made.executable:
                self._slow = {id: told for id, told in self._slow.items() if id in self._cards}
                self._slow[made.process] = (time.monotonic(), program_of(at))
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


def program_of(at: Place) -> tuple[object, ...]:
    """What execve changes, and a new name."""
    return at.stat.comm, at.stat.startstack, at.stat.arg_start, at.path


_SHARING: Final = threading.Lock()
_SHARED: "Final[weakref.WeakKeyDictionary[System, Last]]" = weakref.WeakKeyDictionary()


def last_of(system: System) -> Last:
    """One memory for each System."""
    with _SHARING:
        return _SHARED.setdefault(system, Last())
