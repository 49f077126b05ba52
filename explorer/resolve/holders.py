"""Who holds a pipe, a socket, an eventfd, a fifo: found by a walk over the descriptors of all processes.

One walk serves everybody. Its first round goes over all processes, as does any over new ones, for as long as a call's
budget says. After that a few of those seen longest ago are looked at again now and then, and before them those that are
likely to have changed; for what nobody is known to have (a connection made a moment ago) everybody is looked at again,
those with most sockets first. What is handed out is looked at once more, so it is never wrong, only sometimes late.
"""

import threading
import time
from collections.abc import Callable, Collection
from typing import Final

from explorer.decode.fd.pipe import bracketed
from explorer.decode.fd.raw import split
from explorer.kernel.descriptors import access, links
from explorer.kernel.procfs import Procfs
from explorer.model.endpoints import Endpoint, Holder
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.resolve.comm import comm

BUDGET: Final = 0.05
AGAIN: Final = 0.002
EVERY: Final = 1.0
"""Seconds of looking again, and seconds from one such time to the next."""

SEARCH: Final = 0.02
REST: Final = 9
"""Seconds of looking for what nobody is known to have, and the rest after it as a multiple of what it took."""

AGE: Final = 1.0
AGE_OF_LIST: Final = 3.0
"""Seconds for which it is taken to be known which processes there are, unless something is looked for."""

AGE_OF_LARGE: Final = 10.0
LARGE: Final = 1000
"""A process of so many descriptors takes long to look at, so it is looked at less often, one of ten times as many ten times less."""

MOST: Final = 1024
"""Holders of one endpoint beyond so many are not looked for."""

TERMINALS: Final = ("/dev/pts/", "/dev/ptmx")
"""Paths that are kept without being asked for: many processes have one, and each is soon asked who has its other side."""
EVENTFD: Final = "anon_inode:[eventfd]"
ANY_EVENTFD: Final = ("eventfds", 0)
SEARCHED: Final = frozenset({"socket", "pipe"})
MOST_LOST: Final = 4096
GOES_ON: Final = "the next refresh goes on"
CURE: Final = "run as root to see them all"


class Holders:
    """Safe to share between threads; one walks at a time."""

    def __init__(self, proc: Procfs, clock: Callable[[], float] = time.monotonic) -> None:
        self._proc = proc
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: dict[int, tuple[float, dict[Endpoint, list[int]]]] = {}
        self._having: dict[Endpoint, set[int]] = {}
        self._eventfd_ids: dict[int, dict[int, list[int]]] = {}
        self._sharing: dict[int, set[int]] = {}
        """Id of an eventfd → processes."""
        self._denied: set[int] = set()
        self._listed = self._again = float("-inf")
        self._queue: dict[int, None] = {}
        self._near = 0
        self._fifos: set[str] = set()
        self._lost: dict[Endpoint, float] = {}
        self._rests_until = float("-inf")

    def of(
        self, endpoints: Collection[Endpoint], *, likely: Collection[int] = (), budget: float = BUDGET
    ) -> dict[Endpoint, tuple[Holder, ...]]:
        """Everybody who has each endpoint, by pid and descriptor; () for nobody that we may see.

        likely: processes to look at again first, the one that all is about before others. budget: seconds that may be
        spent on processes not looked at yet. unseen() says whether there may be more. Never raises.
        """
        with self._lock:
            lost = any(endpoint[0] in SEARCHED and endpoint not in self._having for endpoint in endpoints)
            self._list(AGE if lost else AGE_OF_LIST)
            new = {str(what) for sort, what in endpoints if sort == "fifo" and not str(what).startswith(TERMINALS)} - self._fifos
            if new:
                # Paths of fifos are not kept unless somebody asked for them, so everybody is looked at again.
                self._fifos |= new
                self._queue.update(dict.fromkeys(self._seen))
            self._nearest_first(next(iter(likely), self._near))
            self._walk(likely, budget)
            self._search([endpoint for endpoint in endpoints if endpoint[0] in SEARCHED and endpoint not in self._having])
            comms: dict[int, str] = {}
            if any(sort == "eventfd" for sort, _ in endpoints):
                self._read_eventfds()
            return {endpoint: self._holders(endpoint, comms) for endpoint in endpoints}

    def unseen(self, endpoint: Endpoint | None = None) -> Missing | None:
        """Why there may be holders (of that endpoint) that of() does not name; None where it saw every process since it was asked."""
        if self._denied:
            return Missing(Reason.DENIED, f"the descriptors of {len(self._denied)} other processes", CURE)
        if self._queue:
            return Missing(Reason.TIMED_OUT, f"{len(self._queue)} processes not looked at yet", GOES_ON)
        if endpoint in self._lost and not self._is_certain(endpoint):
            return Missing(Reason.TIMED_OUT, "not all processes looked at since it is there", GOES_ON)
        return None

    def _list(self, age: float) -> None:
        """Who there is: new processes are queued, ended ones forgotten. Not again before age seconds."""
        now = self._clock()
        if now - self._listed < age:
            return
        self._listed = now
        try:
            there = set(self._proc.numbers())
        except Unreadable:
            return
        for pid in [pid for pid in self._seen if pid not in there]:
            self._forget(pid)
        self._denied &= there
        for pid in [pid for pid in self._queue if pid not in there]:
            del self._queue[pid]
        new = (pid for pid in there if pid not in self._seen and pid not in self._denied)
        self._queue.update(dict.fromkeys(new))
        self._near = 0

    def _nearest_first(self, pid: int) -> None:
        """Who was started about the same time is likely to be at the other end: masters and workers, pipelines, clients."""
        if self._queue and pid != self._near:
            self._queue = dict.fromkeys(sorted(self._queue, key=lambda other: abs(other - pid)))
            self._near = pid

    def _walk(self, likely: Collection[int], budget: float) -> None:
        end = self._clock() + budget
        for pid in likely:
            if self._is_old(pid) and pid not in self._denied:
                self._queue.pop(pid, None)
                self._look(pid)
            if self._clock() >= end:
                return
        while self._queue:
            pid = next(iter(self._queue))
            del self._queue[pid]
            self._look(pid)
            if self._clock() >= end:
                return
        start = self._clock()
        if start - self._again < EVERY:
            return
        self._again = start
        # _seen is in the order of looking: the first ones were looked at longest ago.
        for pid, (when, _) in list(self._seen.items()):
            if start - when < AGE or self._clock() - start >= AGAIN:
                return
            if self._is_old(pid):
                self._look(pid)

    def _search(self, lost: list[Endpoint]) -> None:
        """Look again at everybody, for what nobody is known to have, until it is found or all have been looked at since it was asked."""
        now = self._clock()
        if len(self._lost) > MOST_LOST:
            self._lost.clear()
        for endpoint in lost:
            self._lost.setdefault(endpoint, now)
        missing = {endpoint for endpoint in lost if not self._is_certain(endpoint)}
        if not missing or self._queue or now < self._rests_until:
            return
        since = max(self._lost[endpoint] for endpoint in missing)
        old = [(pid, found) for pid, (when, found) in self._seen.items() if when < since]
        for pid, _ in sorted(old, key=lambda entry: -len(entry[1])):
            self._look(pid)
            missing = {endpoint for endpoint in missing if endpoint not in self._having}
            if not missing or self._clock() - now >= SEARCH:
                break
        self._rests_until = self._clock() + REST * (self._clock() - now)

    def _is_certain(self, endpoint: Endpoint) -> bool:
        """Whether everybody has been looked at since it was first asked for."""
        oldest = next(iter(self._seen.values()), (float("inf"), {}))[0]
        return oldest >= self._lost.get(endpoint, float("-inf"))

    def _is_old(self, pid: int) -> bool:
        when, found = self._seen.get(pid, (float("-inf"), {}))
        return self._clock() - when >= (AGE if (many := len(found)) < LARGE else AGE_OF_LARGE * many / LARGE)

    def _look(self, pid: int) -> None:
        """Read where each descriptor of a process leads."""
        self._forget(pid)
        try:
            there = links(self._proc, pid)
        except Unreadable as refused:
            if refused.missing.reason is Reason.DENIED:
                self._denied.add(pid)
            return
        self._denied.discard(pid)
        found: dict[Endpoint, list[int]] = {}
        for number, link in there:
            if endpoint := self._endpoint(link):
                found.setdefault(endpoint, []).append(number)
        self._seen[pid] = (self._clock(), found)
        for endpoint in found:
            self._having.setdefault(endpoint, set()).add(pid)

    def _endpoint(self, link: str) -> Endpoint | None:
        if link.startswith("socket:["):
            return "socket", bracketed(link)
        if link.startswith("pipe:["):
            return "pipe", bracketed(link)
        if link == EVENTFD:
            return ANY_EVENTFD
        return ("fifo", link) if link in self._fifos or link.startswith(TERMINALS) else None

    def _forget(self, pid: int) -> None:
        _, found = self._seen.pop(pid, (0.0, {}))
        for shared in self._eventfd_ids.pop(pid, ()):
            self._sharing[shared].discard(pid)
            if not self._sharing[shared]:
                del self._sharing[shared]
        for endpoint in found:
            having = self._having[endpoint]
            having.discard(pid)
            if not having:
                del self._having[endpoint]

    def _holders(self, endpoint: Endpoint, comms: dict[int, str]) -> tuple[Holder, ...]:
        sort, what = endpoint
        found: list[Holder] = []
        for pid in sorted(self._sharing.get(int(what), ()) if sort == "eventfd" else self._having.get(endpoint, ())):
            numbers = self._eventfd_ids[pid].get(int(what), []) if sort == "eventfd" else self._seen[pid][1].get(endpoint, [])
            still = [number for number in sorted(numbers)[:MOST] if self._is_still(pid, number, endpoint)]
            if still and pid not in comms:
                comms[pid] = comm(self._proc, pid)
            found += [Holder(pid, number, comms[pid], access(self._proc, pid, number)) for number in still]
            if len(found) >= MOST:
                break
        return tuple(found)

    def _read_eventfds(self) -> None:
        """Only fdinfo has their ids, and few ever ask for them. Nearly every process has some, and few have the same."""
        for pid in self._having.get(ANY_EVENTFD, set()) - self._eventfd_ids.keys():
            ids: dict[int, list[int]] = {}
            for number in self._seen[pid][1].get(ANY_EVENTFD, ()):
                try:
                    shared = split(number, EVENTFD, self._proc.read(pid, "fdinfo", number)).number_of("eventfd-id")
                except Unreadable:
                    continue
                if not isinstance(shared, Missing):
                    ids.setdefault(shared, []).append(number)
            self._eventfd_ids[pid] = ids
            for shared in ids:
                self._sharing.setdefault(shared, set()).add(pid)

    def _is_still(self, pid: int, number: int, endpoint: Endpoint) -> bool:
        sort, what = endpoint
        try:
            link = self._proc.link(pid, "fd", number)
        except Unreadable:
            return False
        return link == {"eventfd": EVENTFD, "fifo": what}.get(sort, f"{sort}:[{what}]")
