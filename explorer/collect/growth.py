"""Whether the descriptors of a process become more and more, and which: what a leak looks like from outside.

The least number in each of several equal parts of time counts, so those that come and go do not. Steady is what rises in nearly
every part, by more than they come and go, never falls, does not come at one stroke, and goes on: a start or a busy minute comes
to its end. Looked at on several scales, for a leak may be quick or slow.
"""

from collections import Counter, deque
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from explorer.decode.fd.path import PathFd
from explorer.decode.fd.socket import SocketFd
from explorer.model.fd import Fd
from explorer.model.missing import Missing
from explorer.model.socket import InetSocket, UnixSocket, where
from explorer.model.trend import Grown, Leak, Trend

PARTS: Final = 6
SCALES: Final = (10.0, 60.0, 600.0)
"""Seconds of a part, on each scale."""
YOUNG: Final = 120.0
"""Seconds from a process's start in which it opens what it needs; growth in that time says nothing."""
RISES: Final = PARTS - 2
"""In so many of the steps from part to part there must be more."""
FEWEST: Final = 5
"""Growth by less than that is no leak yet."""
STROKE: Final = 0.6
"""A step that is more than this share of all growth is a stroke."""
CLEAR: Final = 10.0
"""Seconds of a time that is told: a figure that changes whenever one looks cannot be read, and is drawn for nothing."""
MOST_GROUPS: Final = 256
"""Different things that are counted in a part; the others by their kind alone."""


class Group(NamedTuple):
    """What descriptors have in common that leak in the same place: their kind, and what they lead to."""

    kind: str
    how: str = ""
    target: str = ""


class Part:
    """start: when it began. least, most: that there were in it. groups: how many more of each."""

    def __init__(self, start: float, count: int) -> None:
        self.start = start
        self.least = self.most = count
        self.groups: Counter[Group] = Counter()


class Scale:
    """The last parts of so many seconds each; the last of them is the present one."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.parts: deque[Part] = deque(maxlen=PARTS + 1)
        self._last = 0.0

    def take(self, now: float, count: int) -> None:
        """So many there are now."""
        if self.parts and now - self._last >= 2 * self._seconds:
            self.parts.clear()  # nobody looked for long: what was between is not known
        self._last = now
        if not self.parts or now - self.parts[-1].start >= self._seconds:
            self.parts.append(Part(now, count))
        part = self.parts[-1]
        part.least, part.most = min(part.least, count), max(part.most, count)

    def changed(self, group: Group, by: int) -> None:
        """Of these there are more, or fewer, than before."""
        if self.parts:
            groups = self.parts[-1].groups
            groups[group if group in groups or len(groups) < MOST_GROUPS else Group(group.kind)] += by

    def leak(self, now: float, count: int) -> Leak | None:
        """None where it is not known, or not so."""
        if len(self.parts) <= PARTS:
            return None
        *parts, _ = self.parts
        floors = [part.least for part in parts]
        by = floors[-1] - floors[0]
        coming_and_going = median(part.most - part.least for part in parts)
        steps = [after - before for before, after in pairwise(floors)]
        dip = by // 10
        steady = sum(step > 0 for step in steps) >= RISES and min(steps) >= -dip and max(steps) <= STROKE * by
        if by < max(FEWEST, coming_and_going) or not steady or count <= floors[-1]:
            return None
        total: Counter[Group] = Counter()
        for part in self.parts:
            total.update(part.groups)
        return Leak((now - self.parts[0].start) // CLEAR * CLEAR, count - self.parts[0].least, grown(total))


class Growth:
    """age: seconds since the process was started, at the time `now` of the first take()."""

    def __init__(self, age: float = YOUNG) -> None:
        self._age = age
        self._scales = tuple(Scale(seconds) for seconds in SCALES)
        self._first: float | None = None
        self._groups: dict[int, Group] = {}
        self._lately: deque[tuple[float, int]] = deque()

    def has(self, fd: Fd, *, before: bool) -> None:
        """It is open. before: since before anybody looked, so it says nothing of growth."""
        group, known = group_of(fd), self._groups.get(fd.number)
        if group == known:
            return
        self._groups[fd.number] = group
        if known is not None:
            self._changed(known, -1)
        if not before or known is not None:
            self._changed(group, 1)

    def forget(self, number: int) -> None:
        """It is closed."""
        if (group := self._groups.pop(number, None)) is not None:
            self._changed(group, -1)

    def let_go(self, number: int) -> None:
        """It is not known any more which that is, but it is open."""
        self._groups.pop(number, None)

    def _changed(self, group: Group, by: int) -> None:
        for scale in self._scales:
            scale.changed(group, by)

    def trend(self, now: float, count: int) -> Trend:
        """So many there are now."""
        if self._first is None:
            self._first = now
        self._lately.append((now, count))
        while self._lately and now - self._lately[0][0] > SCALES[1]:
            self._lately.popleft()
        if self._age + now - self._first >= YOUNG:
            for scale in self._scales:
                scale.take(now, count)
        found = (scale.leak(now, count) for scale in self._scales)
        leak = next((leak for leak in found if leak is not None), None)
        when, first = self._lately[0]
        seconds = (now - when) // CLEAR * CLEAR
        return Trend(count - first, seconds, leak) if seconds and count != first else Trend(leak=leak)


def grown(total: Counter[Group]) -> tuple[Grown, ...]:
    """What became more, most first: of files in one folder the folder, where no single one of them stands out."""
    more = Counter({group: by for group, by in total.items() if by > 0})
    if not more:
        return ()
    half = sum(more.values()) / 2
    if more.most_common(1)[0][1] <= half:
        more = merged(more)
    return tuple(Grown(group.kind, by, group.how, group.target) for group, by in more.most_common(2))


def merged(more: Counter[Group]) -> Counter[Group]:
    """Files by their folder, and what is alone of its kind by that kind."""
    out: Counter[Group] = Counter()
    for group, by in more.items():
        folder = group.target.rpartition("/")[0]
        out[Group(group.kind, "in", folder or "/") if group.target.startswith("/") and not group.how else group] += by
    kinds: Counter[Group] = Counter()
    for group, by in out.items():
        kinds[Group(group.kind)] += by
    most, by = kinds.most_common(1)[0]
    return out if out.most_common(1)[0][1] > by / 2 else Counter({most: by})


def group_of(fd: Fd) -> Group:
    """Which leak it would belong to."""
    if isinstance(fd, PathFd):
        return Group(fd.kind, "", fd.path)
    socket = fd.socket if isinstance(fd, SocketFd) and not isinstance(fd.socket, Missing) else None
    if isinstance(socket, InetSocket):
        kind = socket.protocol or socket.family
        if socket.connected and not socket.inbound:
            return Group(kind, "to", where(socket.remote))
        return Group(kind, "at", where(socket.local)) if socket.local[0] else Group(kind)
    if isinstance(socket, UnixSocket):
        path = socket.peer_path or socket.path
        return Group("unix", "to" if socket.peer_path else "at", path) if path else Group("unix")
    return Group(socket.family if socket is not None else fd.kind)
