"""Keys typed ahead go where they would have gone had each been waited for."""

from typing import Any

import pytest
from textual import events
from textual.app import App
from textual.widget import Widget

from explorer.ui.inturn import LATE, Echo, InTurn
from tests.terminal import Terminal


class Hands:
    """What the app does for InTurn: a widget that takes echoes, and what was taken."""

    def __init__(self, *, there: bool = True) -> None:
        self.echoes: list[Echo] = []
        self.taken: list[str] = []
        self.there = there
        self.is_attached = True
        self.turns = InTurn(lambda: self, self.take)  # type: ignore[arg-type, return-value]

    def post_message(self, echo: Echo) -> bool:
        self.echoes.append(echo)
        return self.there

    async def take(self, event: events.Event) -> None:
        assert isinstance(event, events.Key)
        self.taken.append(event.key)
        self.turns.begun()

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.turns.come(events.Key(key, key))

    async def echo(self) -> None:
        await self.turns.echoed(self.echoes.pop(0))


async def test_a_key_waits_for_two_echoes_of_the_one_before_it() -> None:
    hands = Hands()
    await hands.press("a", "b", "c")
    assert hands.taken == ["a"]
    await hands.echo()
    assert hands.taken == ["a"]
    await hands.echo()
    assert hands.taken == ["a", "b"]
    await hands.press("d")
    for _ in range(6):
        await hands.echo()
    assert hands.taken == ["a", "b", "c", "d"]
    assert not hands.turns.busy


async def test_a_widget_that_is_gone_holds_up_nothing() -> None:
    hands = Hands(there=False)
    await hands.press("a", "b")
    assert hands.taken == ["a", "b"]


async def test_a_widget_that_was_taken_away_is_not_waited_for() -> None:
    hands = Hands()
    await hands.press("escape", "b")
    hands.is_attached = False
    await hands.turns.late()
    assert hands.taken == ["escape", "b"]
    assert not hands.turns.waiting


async def test_an_echo_that_never_comes_is_not_waited_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("explorer.ui.inturn.time.monotonic", lambda: now[0])
    hands = Hands()
    await hands.press("a", "b", "c")
    await hands.turns.late()
    assert hands.taken == ["a"]
    now[0] += LATE + 0.1
    await hands.turns.late()
    assert hands.taken == ["a", "b"]
    # An echo of long ago changes nothing.
    await hands.echo()
    assert hands.taken == ["a", "b"]


async def test_the_echo_comes_after_what_was_posted_before_it() -> None:
    """What InTurn relies on: messages of one widget bubble up in order."""
    heard: list[str] = []

    class Said(Echo):
        pass

    class Stage(App[None]):
        def compose(self) -> Any:
            yield Widget()

        async def on_echo(self, message: Echo) -> None:
            heard.append(f"echo {message.turn}")

    Said.handler_name = "on_echo"
    async with Stage().run_test() as pilot:
        widget = pilot.app.query_one(Widget)
        for turn in range(50):
            widget.post_message(Said(turn, again=False) if turn % 2 else Echo(turn, again=False))
        await pilot.pause()
    assert heard == [f"echo {turn}" for turn in range(50)]


def test_a_search_typed_in_one_piece_sends_no_signal() -> None:
    """k is a signal in the tree, i, a and p do something too; all of this is one read of the terminal."""
    with Terminal(columns=100, rows=30) as terminal:
        terminal.wait_for("COMMAND")
        terminal.send("/kiap")
        terminal.wait_for("Search: kiap▏")
        terminal.send("\x1b")
        terminal.settle()
        assert not any(word in terminal.text for word in ("Send to", "I/O priority of", "Processors of"))
        terminal.send("\x1bOSuser:root !cron\r")
        terminal.wait_for("filter user:root !cron")
        terminal.send("1\x1b[20~")
        terminal.wait_for("Send to 1 ", "Enter sends SIGTERM")
        # What comes after the question was closed, in the same piece, is the tree's.
        terminal.send("n/abc")
        terminal.wait_for("Search: abc▏")
