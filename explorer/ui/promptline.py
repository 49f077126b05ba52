"""The line at the bottom into which a person types: a search, a filter, a number."""

from textual import events

from explorer.render.piece import Line, Piece, Role, piece
from explorer.render.printable import printable
from explorer.render.width import cut_middle, fit, width
from explorer.ui.lines import Lines
from explorer.ui.messages import Close, Prompt

LONGEST = 1000


class PromptLine(Lines):
    """It has the keys from opened(prompt) until its end; every change is told to the one who asked."""

    SELECTS = False

    def __init__(self) -> None:
        super().__init__(id="prompt")
        self.prompt: Prompt | None = None
        self.text = ""
        self.at = 0

    def opened(self, prompt: Prompt) -> None:
        """Begin, with what is there already, the cursor behind it."""
        self.prompt = prompt
        self.text = prompt.text
        self.at = len(self.text)
        self.changed()

    def ended(self, text: str | None) -> None:
        """Tell the end to the one who asked, once."""
        prompt, self.prompt = self.prompt, None
        if prompt is not None:
            prompt.done(text)
            self.post_message(Close())

    def row_count(self) -> int:
        return 1

    def row_line(self, index: int, columns: int) -> tuple[str, Line]:  # noqa: ARG002
        if self.prompt is None:
            return " ", ()
        label = piece(f"{self.prompt.label}: ", Role.NAME)
        hint = piece(self.prompt.hint, Role.SECONDARY)
        room = max(8, columns - width(label.text) - 1)
        typed = printable(self.text[: self.at]), printable(self.text[self.at :])
        if width(typed[0]) + width(typed[1]) > room:
            typed = cut_middle(typed[0], room - min(8, width(typed[1]))), typed[1][:8]
        line: list[Piece] = [label, piece(typed[0]), piece("▏", Role.NAME), piece(typed[1])]
        gap = columns - sum(width(part.text) for part in line) - width(hint.text)
        if gap >= 2:
            line += [piece(" " * gap), hint]
        return " ", fit(tuple(line), columns)

    def _edited(self, text: str, at: int) -> None:
        self.text, self.at = text[:LONGEST], min(at, LONGEST)
        if self.prompt is not None and self.prompt.changed is not None:
            self.prompt.changed(self.text)
        self.changed()

    def _typed(self, text: str) -> None:
        allowed = self.prompt.allowed if self.prompt is not None else None
        text = "".join(char for char in text if char.isprintable() and (allowed is None or allowed(char)))
        if text:
            self._edited(self.text[: self.at] + text + self.text[self.at :], self.at + len(text))

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self._typed(event.text.replace("\n", " "))

    def on_key(self, event: events.Key) -> None:
        before, after = self.text[: self.at], self.text[self.at :]
        match event.key:
            case "enter":
                self.ended(self.text)
            case "escape":
                self.ended(None)
            case "backspace" | "ctrl+h":
                if before:
                    self._edited(before[:-1] + after, self.at - 1)
            case "delete":
                self._edited(before + after[1:], self.at)
            case "ctrl+u":
                self._edited(after, 0)
            case "ctrl+k":
                self._edited(before, self.at)
            case "ctrl+w":
                kept = before.rstrip().rpartition(" ")
                left = kept[0] + kept[1]
                self._edited(left + after, len(left))
            case "left":
                self.at = max(0, self.at - 1)
            case "right":
                self.at = min(len(self.text), self.at + 1)
            case "home" | "ctrl+a":
                self.at = 0
            case "end" | "ctrl+e":
                self.at = len(self.text)
            case "ctrl+c" | "ctrl+z" | "ctrl+l" | "f1" | "f10":
                return
            case _:
                if event.character is not None:
                    self._typed(event.character)
        event.stop()
        event.prevent_default()
        self.changed()
