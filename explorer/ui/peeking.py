"""A look into a descriptor while it is open on the screen, and what can be done from there: the pager, and a copy."""

import os
from itertools import count
from typing import TYPE_CHECKING, Final

from explorer import keep
from explorer.model.copied import Copied
from explorer.model.having import Thing
from explorer.model.missing import Missing, Unreadable
from explorer.model.peek import Peeked, Waiting
from explorer.model.process import ProcessId
from explorer.render.copied import copied_line
from explorer.render.missing import sentence
from explorer.render.piece import Line, Role, piece
from explorer.ui.fault import Fault
from explorer.ui.feed import Feed, Wish
from explorer.ui.messages import Fetched
from explorer.ui.prompts.peek import PeekArea, rows

if TYPE_CHECKING:
    from explorer.collect.copying import Copy
    from explorer.collect.peek import Peek
    from explorer.ui.app import Explorer

EVERY: Final = 0.5
"""Seconds between two looks."""
OTHER: Final = "it is another file by now, or may not be opened"


class Peeking:
    """One look at a time, and one copy, which goes on when the look is closed. feed: slots "peek" and "copy"."""

    def __init__(self, app: "Explorer", feed: Feed) -> None:
        self._app = app
        self._feed = feed
        self._area: PeekArea | None = None
        self._peek: Peek | None = None
        self._pid = 0
        self._copying: Begun | None = None
        self._numbers = count()

    def stop(self) -> None:
        """End a copy that goes on, and take it away."""
        if self._copying is not None:
            self._copying.stop()
            self._copying = None

    def open(self, process: ProcessId, thing: Thing) -> None:
        """Look into this one."""
        from explorer.collect.peek import Peek

        peek = self._peek = Peek(self._app.system, process, thing.fd)
        self._pid = process.pid

        def turned(at_end: bool) -> None:
            peek.at_end = at_end
            self._feed.now("peek")

        area = self._area = PeekArea(thing.name, lambda: self._ended(area), turned)
        self._feed.wish("peek", Wish("a look", (next(self._numbers), area), peek.step, EVERY))
        self._app.main.post_message(area.ask(rows(self._app.size.height)))

    def _ended(self, area: PeekArea) -> None:
        if self._area is area:
            self._area = self._peek = None
            self._feed.wish("peek", None)

    def pager(self, look: Peeked) -> None:
        """Show the file in the user's pager; then come back."""
        from explorer.collect.pager import pager, paging

        app, pid = self._app, self._pid
        command = pager(look)
        if isinstance(command, Missing):
            app.say(sentence(command))
            return
        if app.terminal is None:
            return

        def refused() -> None:
            app.call_from_thread(app.say, (piece(f"not opened: {OTHER}", Role.MIND),))

        try:
            app.terminal.lend(lambda tty: paging(app.system, pid, look, command, tty, refused))
        except OSError as error:
            app.say((piece(f"{command[0]}: {error.strerror}", Role.MIND),))

    # the copy

    def copy(self, look: Peeked | None, path: str) -> None:
        """Begin one, in a thread of its own: the folder may not answer. None: stop the one that goes on."""
        if look is None:
            self.stop()
            self._feed.wish("copy", None)
            self._told(None, (piece("stopped: the part that was copied is removed", Role.MIND),))
        elif self._copying is not None:
            self._app.say((piece("one copy at a time: another goes on", Role.MIND),))
        else:
            copying = self._copying = Begun(self._app, self._pid, look, path)
            self._feed.wish("copy", Wish("a copy", copying, copying.step, 0.0))

    def fetched(self, message: Fetched) -> None:
        """Of the look or of the copy."""
        facts = message.facts
        if isinstance(facts, Fault):
            self._app.say(facts.line)
            self._feed.wish(message.slot, None)
            if message.slot == "copy":
                self.stop()
        elif message.slot == "copy":
            if message.key is self._copying:
                self._copied(facts)
        elif self._area is not None and isinstance(message.key, tuple) and message.key[1] is self._area:
            assert isinstance(facts, Missing | Peeked | Waiting)
            self._area.show(facts)

    def _copied(self, facts: object) -> None:
        if isinstance(facts, Missing):
            self._over()
            self._told(None, sentence(facts))
        elif isinstance(facts, Copied):
            if facts.done:
                self._over()
            self._told(facts, copied_line(facts) if facts.done else ())

    def _over(self) -> None:
        copying, self._copying = self._copying, None
        self._feed.wish("copy", None)
        if copying is not None:
            copying.over()

    def _told(self, copied: Copied | None, line: Line) -> None:
        if self._area is not None:
            self._area.show_copied(copied)
        if line:
            self._app.say(line)


class Begun:
    """One copy, from its file's making to its end. step and over in the thread of the feed or after it; stop from any."""

    def __init__(self, app: "Explorer", pid: int, look: Peeked, path: str) -> None:
        self._app = app
        self._pid = pid
        self._look = look
        self._path = path
        self._copy: Copy | None = None
        self._place = ""
        self._identity = (0, 0)
        self._stopped = False

    def step(self) -> Copied | Missing:
        """How far it is; the first time it is begun."""
        if self._copy is None:
            refused = self._begin()
            if refused is not None:
                return refused
        assert self._copy is not None
        found = self._copy.step()
        if found.done and found.why is not None and not found.copied:
            keep.forget(self._place, self._identity)
        return found

    def _begin(self) -> Missing | None:
        from explorer.collect.copying import Copy

        made = keep.anew(self._path)
        if isinstance(made, Missing):
            return made
        self._place, target = made
        file = os.fstat(target)
        self._identity = file.st_dev, file.st_ino
        try:
            self._copy = Copy(self._app.system, self._pid, self._look, self._place, target)
        except Unreadable as refused:
            keep.forget(self._place, self._identity)
            return refused.missing
        if self._stopped:
            self.stop()
        return None

    def over(self) -> None:
        """It has ended by itself."""
        if self._copy is not None:
            self._copy.stop()

    def stop(self) -> None:
        """End it before its end, and take away what was copied."""
        self._stopped = True
        if self._copy is not None:
            self._copy.stop()
            keep.forget(self._place, self._identity)
