"""Where a command prints: lines of pieces for people, JSON Lines for scripts."""

import os
import sys
from typing import Final, TextIO

from explorer.model.missing import Missing
from explorer.render.ascii import to_ascii
from explorer.render.missing import sentence
from explorer.render.piece import Line, Role, plain
from explorer.render.printable import printable

SGR: Final = {
    Role.NAME: "1",
    Role.PATH: "36",
    Role.FAILED: "1;31",
    Role.MIND: "4;33",
    Role.NEW: "32",
    Role.PRIVILEGED: "35",
    Role.HIT: "7",
    Role.KEY: "1",
}


class Output:
    """stdout and stderr of one command. Colour only on a terminal, and never under NO_COLOR or TERM=dumb."""

    def __init__(self, out: TextIO | None = None, err: TextIO | None = None, *, json_lines: bool = False) -> None:
        self.out = out or sys.stdout or nowhere()
        self.err = err or sys.stderr or nowhere()
        self.json_lines = json_lines
        self.colour = self.out.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") not in {None, "dumb"}
        self.ascii = not (self.out.encoding or "ascii").lower().replace("-", "").startswith("utf")

    def line(self, pieces: Line) -> None:
        """One line of text."""
        if self.colour:
            text = "".join(f"\x1b[{SGR[role]}m{printable(text)}\x1b[0m" if role in SGR else printable(text) for text, role in pieces)
        else:
            text = "".join([printable(part) for part, _ in pieces])
        self.out.write(self._encodable(text) + "\n")

    def printed(self, text: str) -> None:
        """Lines that are printable already, with their ends; without colour."""
        self.out.write(self._encodable(text))

    def record(self, fact: object) -> None:
        """One JSON object on one line, ASCII only; lone surrogates stand for bytes that are no UTF-8 (render/record.py)."""
        # Here, so that a command that prints text starts without them.
        import json

        from explorer.render.record import record

        self.out.write(json.dumps(record(fact), ensure_ascii=True, separators=(",", ":")) + "\n")

    def complain(self, missing: Missing | str) -> None:
        """One line on stderr: what could not be done, why, what would help."""
        text = plain(sentence(missing)) if isinstance(missing, Missing) else printable(missing)
        self.err.write(f"procdive: {self._encodable(text)}\n")

    def _encodable(self, text: str) -> str:
        if not self.ascii:
            return text
        return to_ascii(text)


def nowhere() -> TextIO:
    """Where output goes whose descriptor was closed before we began (>&-): Python has None for it."""
    return open(os.devnull, "w", encoding="utf-8")
