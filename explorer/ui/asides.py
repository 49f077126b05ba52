"""What is asked beside the panes and the table: who has a thing, what stands in it, a page of the manual. Loaded when it is first asked."""

from itertools import count
from typing import TYPE_CHECKING, Any, Final

from explorer.collect.manual import available, reading
from explorer.model.having import WhoHas
from explorer.model.manual import Page
from explorer.model.missing import Missing
from explorer.render.missing import sentence
from explorer.render.piece import Role, piece
from explorer.ui.fault import Fault
from explorer.ui.feed import Feed, Wish
from explorer.ui.messages import AskWho, Fetched, Manual
from explorer.ui.peeking import Peeking
from explorer.ui.prompts.who import Who

if TYPE_CHECKING:
    from explorer.ui.app import Explorer

ROWS: Final = (4, 14)
"""Least and most lines of the list."""


class Asides:
    """A feed of its own, which `Z` does not pause: what was asked for is answered."""

    def __init__(self, app: "Explorer") -> None:
        self._app = app
        self._feed = Feed(app.post_message)
        self._asked: Who | None = None
        self._numbers = count()
        self.peeking = Peeking(app, self._feed)

    def stop(self) -> None:
        """Ask nothing more."""
        self.peeking.stop()
        self._feed.stop()

    # who has it

    def who(self, message: AskWho) -> None:
        """Open the list, and look."""
        from explorer.collect.having import Search

        search = Search(self._app.system, message.process.pid, message.thing)
        asked = self._asked = Who(message.thing, lambda: self._ended(asked))
        self._feed.wish("who", Wish("who has it", asked, search.step, 0.0))
        self._app.main.post_message(asked.ask(max(ROWS[0], min(ROWS[1], self._app.size.height // 3))))

    def _ended(self, who: Who) -> None:
        if self._asked is who:
            self._asked = None
            self._feed.wish("who", None)

    def manual(self, message: Manual) -> None:
        """Look whether there is such a page, and show it."""
        if not message.pages:
            self._app.say((piece("no manual page is about this line", Role.MIND),))
            return
        pages = message.pages
        self._app.say((piece(f"looks for {pages[0].written} …", Role.SECONDARY),))
        self._feed.wish("manual", Wish("man", next(self._numbers), lambda: available(pages), 3600.0))

    # answers

    def fetched(self, message: Fetched) -> None:
        """Of one of these."""
        facts = message.facts
        if message.slot == "manual":
            self._feed.wish("manual", None)
            self._shown(facts)
        elif message.slot in {"peek", "copy"}:
            self.peeking.fetched(message)
        elif self._asked is not None and message.key is self._asked:
            if isinstance(facts, WhoHas):
                self._asked.show(facts)
            if not isinstance(facts, WhoHas) or facts.done:
                self._feed.wish("who", None)
            if isinstance(facts, Fault):
                self._app.say(facts.line)
        self._feed.taken(message.slot)

    def _shown(self, facts: Any) -> None:
        app, main = self._app, self._app.main
        if isinstance(facts, Fault):
            app.say(facts.line)
        elif isinstance(facts, Missing):
            app.say(sentence(facts))
        elif isinstance(facts, Page) and app.terminal is not None and not (main.asked or main.over or main.prompt.prompt):
            app.say(())
            try:
                app.terminal.lend(lambda tty: reading(facts, tty))
            except OSError as error:
                app.say((piece(f"man: {error.strerror}", Role.MIND),))
