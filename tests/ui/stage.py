"""An app with nothing but one area, a line to type into and a place for questions: enough to press keys at."""

from collections.abc import Iterable
from typing import Any

from textual.app import App
from textual.message import Message

from explorer.render.piece import plain
from explorer.resolve.system import System
from explorer.ui.lines import Lines
from explorer.ui.messages import Ask, Close, Copy, Prompt, Say, Selected
from explorer.ui.promptline import PromptLine
from explorer.ui.text import Pen
from explorer.ui.themes import theme


class Stage(App[None]):
    """heard: the messages, in order."""

    ENABLE_COMMAND_PALETTE = False
    CSS = "Lines { height: 1fr; } PromptLine { height: 1; display: none; }"

    def __init__(self, area: Lines, system: System | None = None, pen: Pen | None = None) -> None:
        super().__init__()
        self.area = area
        self.asked: Lines | None = None
        self.heard: list[Message] = []
        self.pen = pen or Pen(theme("dark"))
        self.line = PromptLine()
        if system is not None:
            self.system = system

    def compose(self) -> Iterable[Any]:
        yield self.area
        yield self.line

    def on_mount(self) -> None:
        self.area.focus()

    def on_selected(self, message: Selected) -> None:
        self.heard.append(message)

    def on_say(self, message: Say) -> None:
        self.heard.append(message)

    def on_copy(self, message: Copy) -> None:
        self.heard.append(message)

    async def on_ask(self, message: Ask) -> None:
        self.heard.append(message)
        self.asked = message.area
        message.area.styles.height = message.rows
        await self.mount(message.area)
        message.area.focus()

    def on_prompt(self, message: Prompt) -> None:
        self.line.display = True
        self.line.opened(message)
        self.line.focus()

    async def on_close(self, message: Close) -> None:
        self.heard.append(message)
        self.line.display = False
        if self.asked is not None:
            await self.asked.remove()
            self.asked = None
        self.area.focus()

    @property
    def said(self) -> str:
        """What was said last."""
        return next((plain(message.line) for message in reversed(self.heard) if isinstance(message, Say)), "")


def drawn(area: Lines) -> list[str]:
    """The area as it stands on the screen, line by line; a line that could not be drawn fails the test."""
    lines = [(mark + plain(line)).rstrip() for mark, line, _ in area._drawn]
    assert not [line for line in lines if "Error" in line], lines
    return lines
