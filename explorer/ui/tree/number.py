"""A pid that a person types: what it stands for so far, and whether keys must wait because it leads nowhere.

htop leaves the selection where it was when the digits match nothing that is visible, and the next key acts on that other
process. Here every key but those that answer is refused until the number is taken back or shown.
"""

from dataclasses import dataclass
from typing import Final

LONGEST: Final = 10


@dataclass(frozen=True, slots=True)
class Number:
    """digits: as typed, "" for none. problem: why the row of that pid is not selected, "" where it is. shows: Enter can show it.

    note: what it is beside that. process: whose thread it is, 0 where it is no thread.
    """

    digits: str = ""
    problem: str = ""
    shows: bool = False
    note: str = ""
    process: int = 0

    @property
    def pid(self) -> int:
        """Of the process that is meant; 0 where nothing is typed."""
        return self.process or int(self.digits or "0")

    @property
    def waits(self) -> bool:
        """Command keys wait."""
        return bool(self.problem)

    def typed(self, key: str) -> str | None:
        """The digits after a key: a digit or backspace; None where the key is neither."""
        if len(key) == 1 and key.isascii() and key.isdigit():
            return self.digits if len(self.digits) >= LONGEST else (self.digits + key).lstrip("0")
        if key == "backspace" and self.digits:
            return self.digits[:-1]
        return None

    def sentence(self) -> str:
        """For the key line."""
        if not self.problem:
            return f"PID {self.digits}▏ {self.note}".rstrip()
        note = f"{self.note}, which " if self.note else ""
        return f"PID {self.digits}▏ {note}{self.problem} · {'Enter shows it · ' if self.shows else ''}Esc"
