"""Reads what all processes have open, and arranges what has come, a bit at a time: a picture after each bit. Runs in feed threads."""

import re
import time
from collections import deque
from collections.abc import Callable, Collection
from typing import Final

from explorer.collect.rounds import Change, Rounds
from explorer.model.held import Wanted
from explorer.model.opened import Looked, Opened
from explorer.query.descriptors import parse
from explorer.query.inet import NO_NAMES, Names
from explorer.query.processes import Wrong
from explorer.query.thing import Owner as Asked
from explorer.ui.machine.arranging import Arranging, Test, anything, grouped
from explorer.ui.machine.demand import Demand, Picture

FIRST: Final = 0.05
"""Seconds of the first steps: the first rows come soon;"""
LONG: Final = 0.2
"""of those that follow until all were looked at once,"""
SHORT: Final = 0.1
"""and of those after that, one each second."""
QUICKLY: Final = 5
LSOF: Final = re.compile(r"(?:^|(?<=\s))-i\s*(?=[^\s-])")
"""lsof's own spelling of i:"""


class Looking:
    """demand, chosen, visible, held are set by the screen, whenever it likes: what is wanted, the row that is selected, whose rows are on
    the screen, and whether the picture stands still. rounds: reads.

    read() and step() are each for a thread of their own: a process with very many descriptors takes long to read, and what a person
    wants of those that are there does not wait for it.
    """

    def __init__(self, rounds: Rounds, names: Names = NO_NAMES, clock: Callable[[], float] = time.monotonic) -> None:
        self.demand = Demand()
        self.chosen: Opened | None = None
        self.visible: Collection[int] = ()
        self.held = False
        self._rounds, self._names, self._clock = rounds, names, clock
        self._changes: deque[Change] = deque()
        self._only: Test | None = None
        self._again = False
        # of read()
        self._steps = 0
        # of step()
        self._arranging = Arranging()
        self._rows: set[Opened] = set()
        self._done = Demand()
        self._looked = Looked()
        self._largest = [0, 0]
        self._followed: Opened | None = None

    @property
    def reads(self) -> bool:
        """Whether more is to be read at once."""
        return not self.held and (self._again or (not self._looked.rounds and self._looked.unseen is None))

    @property
    def arranges(self) -> bool:
        """Whether more is to be arranged at once."""
        return bool(self._changes) or self._arranging.tested < 1

    # in the thread that reads

    def read(self) -> int:
        """Read some more; how much came or went."""
        if self.held:
            return 0
        wanted = Wanted(places=self.demand.places, mapped=self.demand.places)
        again, self._again = self._again, False
        self._rounds.only = self._only
        if again or wanted != self._rounds.wanted:
            self._rounds.wanted = wanted
            self._rounds.again()
        self._steps += 1
        first = not self._rounds.rounds
        change = self._rounds.step(SHORT if not first else FIRST if self._steps <= QUICKLY else LONG, self.visible)
        self._changes.append(change)
        return len(change.fresh) + len(change.retired)

    # in the thread that arranges

    def step(self) -> Picture:
        """How it stands, as far as it could be found out in a moment."""
        demand = self.demand
        if demand != self._done:
            self._turn_to(demand)
        end = self._clock() + LONG
        self._take()
        self._arranging.work(lambda: self._clock() >= end or self.demand.text != demand.text)
        return self._picture(demand)

    def _take(self) -> None:
        """What was read meanwhile."""
        for _ in range(len(self._changes)):
            change = self._changes.popleft()
            self._arranging.change(change.fresh, change.retired)
            self._rows.update(change.fresh)
            self._rows.difference_update(change.retired)
            self._looked = change.looked
            for row in change.fresh:
                pid, number = row.owner.process.pid, getattr(row.what, "number", 0)
                if pid > self._largest[0] or number > self._largest[1]:
                    self._largest = [max(pid, self._largest[0]), max(number, self._largest[1])]
                if self._followed is not None and pid == self._followed.owner.process.pid and row.key == self._followed.key:
                    self._followed = row

    def _turn_to(self, demand: Demand) -> None:
        before, self._done = self._done, demand
        if demand.text != before.text:
            test = meaning(demand.text, self._names)
            self._only = None if isinstance(test, Wrong) or test is anything else test
            if self._looked.unkept or self._looked.narrowed:
                self._again = True
            self._arranging.filter(anything if isinstance(test, Wrong) else test, self._rows)
        self._arranging.sort(demand.sort, demand.descending)

    def _picture(self, demand: Demand) -> Picture:
        rows = self._arranging.rows
        chosen = self.chosen
        if chosen is None or self._followed is None or chosen.key != self._followed.key:
            self._followed = chosen
        groups, lines, place = [], [], -1
        if demand.group:
            groups, at = grouped(rows, demand.group), 0
            for group in groups:
                lines.append(at)
                at += 1
                if group.label in demand.unfolded:
                    if self._followed is not None and place < 0 and self._followed in group.rows:
                        place = at + group.rows.index(self._followed)
                    at += len(group.rows)
        elif self._followed is not None:
            place = self._arranging.index(self._followed)
        return Picture(
            demand=demand,
            rows=rows,
            groups=groups,
            lines=lines,
            looked=self._looked,
            chosen=place,
            tested=self._arranging.tested,
            now=self._clock(),
            largest=(self._largest[0], self._largest[1]),
        )


def meaning(text: str, names: Names) -> Test | Wrong:
    """The filter that a text means, of rows; lsof's spelling of -i is taken too."""
    wanted = parse(LSOF.sub("i:", text), names)
    if isinstance(wanted, Wrong):
        return wanted
    if not wanted.tests:
        return anything
    asked: dict[int, tuple[object, Asked]] = {}

    def test(row: Opened) -> bool:
        owner = row.owner
        known = asked.get(owner.process.pid)
        if known is None or known[0] is not owner:
            known = asked[owner.process.pid] = owner, Asked(owner.process.pid, owner.comm, owner.user, owner.uid)
        return wanted(known[1], row.what)

    return test
