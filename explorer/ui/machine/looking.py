"""Reads what all processes have open and arranges it, a bit at a time: a picture after each bit. Runs in a feed thread."""

import re
import time
from collections.abc import Callable, Collection
from typing import Final

from explorer.collect.rounds import Rounds
from explorer.model.held import Wanted
from explorer.model.opened import Key, Looked, Opened
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
    """

    def __init__(self, rounds: Rounds, names: Names = NO_NAMES, clock: Callable[[], float] = time.monotonic) -> None:
        self.demand = Demand()
        self.chosen: Key | None = None
        self.visible: Collection[int] = ()
        self.held = False
        self._rounds, self._names, self._clock = rounds, names, clock
        self._arranging = Arranging()
        self._done = Demand()
        self._steps = 0
        self._largest = [0, 0]
        self._told = Looked()
        self.busy = True
        """Whether the next step is wanted at once."""

    def step(self) -> Picture:
        """Some more, and how it stands."""
        demand = self.demand
        if demand != self._done:
            self._turn_to(demand)
        end = self._clock() + (FIRST if self._steps < QUICKLY else LONG)
        self._steps += 1
        ready = self._arranging.work(lambda: self._clock() >= end or self.demand.text != demand.text)
        if ready and not self.held:
            self._read(max(FIRST, end - self._clock()) if self.busy else SHORT)
        picture = self._picture(demand)
        self.busy = not ready or (not self._told.rounds and not self.held and self._told.unseen is None)
        return picture

    def _read(self, seconds: float) -> None:
        change = self._rounds.step(seconds, self.visible)
        self._arranging.change(change.fresh, change.retired)
        self._told = change.looked
        for row in change.fresh:
            self._largest[0] = max(self._largest[0], row.owner.process.pid)
            self._largest[1] = max(self._largest[1], getattr(row.what, "number", 0))

    def _turn_to(self, demand: Demand) -> None:
        before, self._done = self._done, demand
        if demand.places != before.places:
            self._rounds.wanted = Wanted(places=demand.places, mapped=demand.places)
            self._rounds.again()
        if demand.text != before.text:
            test = meaning(demand.text, self._names)
            self._rounds.only = None if isinstance(test, Wrong) or test is anything else test
            if self._told.unkept or self._told.narrowed:
                self._rounds.again()
            self._arranging.filter(anything if isinstance(test, Wrong) else test, self._rounds.all())
        self._arranging.sort(demand.sort, demand.descending)

    def _picture(self, demand: Demand) -> Picture:
        rows = self._arranging.rows
        chosen = self._rounds.find(self.chosen) if self.chosen is not None else None
        groups, lines, place = [], [], -1
        if demand.group:
            groups, at = grouped(rows, demand.group), 0
            for group in groups:
                lines.append(at)
                at += 1
                if group.label in demand.unfolded:
                    if chosen is not None and place < 0 and chosen in group.rows:
                        place = at + group.rows.index(chosen)
                    at += len(group.rows)
        elif chosen is not None:
            place = self._arranging.index(chosen)
        return Picture(
            demand=demand,
            rows=rows,
            groups=groups,
            lines=lines,
            looked=self._told,
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
