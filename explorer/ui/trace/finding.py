"""Going to another line of a trace: a search, other uses of a descriptor, the call that made it."""

from functools import partial
from typing import Final

from explorer.trace.found import Finder
from explorer.ui.messages import Prompt
from explorer.ui.trace.area import TraceArea
from explorer.ui.trace.rows import Spot
from explorer.ui.trace.seek import Match, Seek
from explorer.ui.trace.uses import About, about, making, using
from explorer.ui.trace.watched import Watched

WORK: Final = 0.015
"""Seconds at a time."""


class Finding(TraceArea):
    """Of the trace area."""

    def action_search(self) -> None:
        watched = self.watched
        if watched is None:
            return

        def typed(text: str) -> None:
            watched.words = text
            self.changed()

        def done(text: str | None) -> None:
            watched.words = text or ""
            if text:
                self._find(-1 if watched.following else 1, here=True)
            self.changed()

        self.post_message(Prompt("Search", done, typed, watched.words, "n next   N previous   Enter find   Esc clear"))

    def action_again(self, by: int) -> None:
        if self.watched is not None and self.watched.words:
            self._find(by)

    def _find(self, by: int, *, here: bool = False) -> None:
        watched, spot = self.watched, self.spot()
        if watched is None:
            return
        log, words = watched.view.log, watched.words
        finder = Finder(words, sharp=words != words.lower())
        place = log.end if spot is None or spot.key < 0 else spot.key
        match = partial(finder.rows, call_of=log.call_of)
        self._begin(Seek(log, place - by if here else place, by, match, watched.view.__contains__, round=True), f"searches {words}")

    def action_use(self, by: int) -> None:
        found = self.row_here()
        if found is not None:
            subject = about(found[0].view.log, found[2], found[3])
            self._to(found[0], found[1], by, subject, using(found[0].view.log, subject))

    def action_maker(self) -> None:
        found = self.row_here()
        if found is not None:
            subject = about(found[0].view.log, found[2], found[3])
            if subject.fd < 0:
                self.tell("this line has no descriptor")
                return
            self._to(found[0], found[1], -1, subject, making(found[0].view.log, subject))

    def _to(self, watched: Watched, spot: Spot, by: int, subject: About, match: Match) -> None:
        if subject.fd < 0 and not subject.path:
            self.tell("this line has neither descriptor nor path")
            return
        log = watched.view.log
        what = f"descriptor {subject.fd}" if subject.fd >= 0 else subject.path
        place = log.end if spot.key < 0 else spot.key
        self._begin(Seek(log, place, by, match, watched.view.__contains__), f"looks for {what}")

    def _begin(self, seek: Seek, words: str) -> None:
        if self.watched is not None:
            self.watched.hold()
        self._seek = seek, words
        self.go_on_seeking()
        if self._seek is not None:
            self.beat_soon()

    def go_on_seeking(self) -> None:
        watched = self.watched
        if watched is None or self._seek is None:
            return
        seek, words = self._seek
        if seek.work(WORK):
            self._seek = None
            if seek.found is None:
                self.tell(f"{words}: nothing {'after' if seek.by > 0 else 'before'} this line" if not watched.words else f"{words}: none")
            else:
                self._jump(watched, seek.found)
        self.changed()

    def _jump(self, watched: Watched, place: int) -> None:
        """Select the row of a place, in the middle where it was not to be seen."""
        if watched.rows.held is not None and place >= watched.rows.held:
            watched.rows.held = place + 1
        watched.rows.update()
        item = watched.rows.item(place)
        if item is None:
            return
        position = watched.rows.position(item)
        if not self.top <= position < self.top + self.body:
            self.top = max(0, position - self.body // 2)
        self.selected = position
        self.changed()
