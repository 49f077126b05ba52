"""Keys one after the other: what is typed ahead goes where it would have gone had each key been waited for.

Textual hands a key to the widget that has the keys when it comes, and does what it is bound to only after the key has
bubbled up to the app. So of "/kernel", typed quickly or come over the line in one piece, the "k" would still reach the
tree, and mean a signal. Here a key waits until all that the key before it started has arrived: an Echo follows it on
the same way twice, up with the key, then up with the messages that its action posted (a prompt that opens, a question).
"""

import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final

from textual import events
from textual.message import Message
from textual.widget import Widget

LATE: Final = 3.0
"""Seconds after which an Echo is not waited for any more, whatever became of it."""
LOOK: Final = 0.05
"""Seconds between two looks at whether the widget that an Echo was given to is still there."""
MOST: Final = 1000
"""Keys that wait, at most; more are not typed by a person."""


class Echo(Message):
    """Comes back to the app after what was posted before it."""

    def __init__(self, turn: int, again: bool) -> None:
        super().__init__()
        self.turn = turn
        self.again = again


class InTurn:
    """focused: who has the keys now. take: the app hands a key or a paste to who has the keys, and then calls begun()."""

    def __init__(self, focused: Callable[[], Widget | None], take: Callable[[events.Event], Awaitable[None]]) -> None:
        self._focused = focused
        self._take = take
        self._waiting: deque[events.Event] = deque(maxlen=MOST)
        self._turn = 0
        self._until = 0.0
        self._carrier: Widget | None = None

    @property
    def busy(self) -> bool:
        """A key is on its way."""
        return time.monotonic() < self._until and self._carrier is not None and self._carrier.is_attached

    @property
    def waiting(self) -> bool:
        """Keys wait."""
        return bool(self._waiting)

    async def come(self, event: events.Event) -> bool:
        """A key or a paste has come: it is taken now, or kept (False), and then late() is called every LOOK seconds while any waits."""
        if self.busy or self._waiting:
            self._waiting.append(event)
            return False
        await self._take(event)
        return True

    def begun(self) -> None:
        """It was handed to who has the keys."""
        self._turn += 1
        self._until = time.monotonic() + LATE
        self._post(Echo(self._turn, again=True))

    async def echoed(self, echo: Echo) -> None:
        """An echo came back."""
        if echo.turn != self._turn:
            return
        if echo.again:
            self._post(Echo(self._turn, again=False))
        else:
            self._until = 0.0
            await self.late()

    async def late(self) -> None:
        """Take what waits, where nothing is on its way any more."""
        while self._waiting and not self.busy:
            await self._take(self._waiting.popleft())

    def _post(self, echo: Echo) -> None:
        self._carrier = self._focused()
        if self._carrier is None or not self._carrier.post_message(echo):
            self._until = 0.0
