"""The threads that ask. They never touch a widget: what they find is posted as a message, and faults as well.

One thread a slot: "table", "card", and one for each panel, so that a slow pane holds up nobody else. A slot has one wish at
a time; a new one replaces it, so bursts collapse, and nothing new is fetched before the screen has taken what came last.
The threads are daemons: one stuck in a read never keeps the program from ending.
"""

import gc
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from textual.message import Message

from explorer.ui.fault import Fault
from explorer.ui.messages import Fetched

BURST = 0.2
"""Seconds between two wishes up to which they are a burst, such as a key held down,"""
CALM = 0.1
"""and for which a wish has to stand within one before anything is read for it."""
POLITE = 0.02
"""Seconds that a fetch waits for another slot's to end."""


SOON = 0.1
"""Seconds after which what was unfinished goes on: the screen has the processor meanwhile."""
PATIENCE = 1.0
"""Seconds by which the next time is put off, at most, where nothing has changed."""


@dataclass(frozen=True, slots=True)
class Wish:
    """name: of what is fetched, for faults. key: what it is about, given back with the answer. interval: seconds between two times.

    repeat: what is found is told even where it is what was told last. Facts that are `unfinished` are asked again soon.
    """

    name: str
    key: object
    fetch: Callable[[], object]
    interval: float
    repeat: bool = False


@dataclass(slots=True)
class Slot:
    """name: whose. taken: the screen has seen the last answer. last: key and facts of it."""

    name: str
    wish: Wish | None = None
    last: tuple[object, object] | None = None
    taken: bool = True
    due: float = 0.0
    wished: float = -1.0
    turn: threading.Condition = field(default_factory=threading.Condition)


class Feed:
    """post: thread-safe, such as App.post_message."""

    def __init__(self, post: Callable[[Message], object]) -> None:
        self._post = post
        self._slots: dict[str, Slot] = {}
        self._one = threading.Lock()
        self._ended = False
        self._paused = False

    def wish(self, name: str, wish: Wish | None) -> None:
        """From now on fetch this for that slot; nothing where it is None. The same key again changes only the interval."""
        slot = self._slots.get(name)
        if slot is None:
            slot = self._slots[name] = Slot(name)
            threading.Thread(target=self._run, args=(slot,), name=f"feed-{name}", daemon=True).start()
        with slot.turn:
            if wish is None or slot.wish is None or wish.key != slot.wish.key:
                now = time.monotonic()
                slot.due = now + CALM if now - slot.wished < BURST else 0.0
                slot.wished = now
            elif wish.interval < slot.wish.interval:
                slot.due = min(slot.due, time.monotonic() + wish.interval)
            slot.wish = wish
            slot.turn.notify()

    def now(self, name: str) -> None:
        """Do not wait for the interval this time."""
        if slot := self._slots.get(name):
            with slot.turn:
                slot.due = 0.0
                slot.turn.notify()

    def taken(self, name: str) -> None:
        """The screen has taken the slot's answer."""
        if slot := self._slots.get(name):
            with slot.turn:
                slot.taken = True
                if slot.due <= time.monotonic():  # else its thread sleeps until then anyway
                    slot.turn.notify()

    def beside(self, name: str, run: Callable[[], object]) -> None:
        """Run this in a thread of its own; what it meets is its own affair, and tells nobody."""
        threading.Thread(target=run, name=f"feed-{name}", daemon=True).start()

    def pause(self, paused: bool) -> None:
        """Fetch nothing for the time being."""
        self._paused = paused
        for slot in self._slots.values():
            with slot.turn:
                slot.turn.notify()

    def stop(self) -> None:
        """Fetch nothing any more; waits for nobody."""
        self._ended = True
        self.pause(True)

    def _run(self, slot: Slot) -> None:
        while not self._ended:
            with slot.turn:
                wish = slot.wish
                wait = slot.due - time.monotonic()
                if wish is None or not slot.taken or self._paused or wait > 0:
                    slot.turn.wait(wait if wish is not None and wait > 0 and not self._paused else None)
                    continue
                slot.due = next_beat(time.monotonic(), wish.interval)
                slot.taken = False
                known = slot.last if slot.last is not None and slot.last[0] == wish.key and not wish.repeat else None
            # One after the other costs less than taking Python's lock from one another at every read; but nobody waits for one that hangs.
            mine = self._one.acquire(timeout=POLITE)
            try:
                facts = wish.fetch()
            except Exception as error:  # noqa: BLE001 a fault in one fetch must not end the screen
                facts = Fault.of(error, wish.name)
            finally:
                if mine:
                    self._one.release()
            if getattr(facts, "unfinished", False):
                gc.freeze()  # so much is no garbage, and to go over it again and again for some would stop the keys for a fifth of a second
                with slot.turn:
                    slot.due = min(slot.due, time.monotonic() + SOON)
            if known is not None and known[1] == facts:
                # Nothing new: the screen is not woken, and what stands still is asked half as often.
                with slot.turn:
                    slot.taken = True
                    if slot.wish is wish and slot.due:
                        slot.due += min(wish.interval, PATIENCE)
                continue
            slot.last = (wish.key, facts)
            if not self._ended:
                self._post(Fetched(slot.name, wish.key, facts))


def next_beat(now: float, interval: float) -> float:
    """When the next time is due: all slots keep the same beat, so that what they find is drawn together."""
    return now - now % interval + interval if interval > 0 else now
