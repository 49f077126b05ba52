"""Which pane is shown in which panel: pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Places:
    """letters: of all panes, in order. first, second: the letters shown in the two panels. A pane is never in both."""

    letters: Sequence[str]
    first: str
    second: str

    def opened(self, letter: str, asked: str, *, both: bool) -> tuple["Places", str]:
        """Show a pane; returns the panel it is in. asked: the panel that has the keys, "" for none. both: both are visible."""
        if not both:
            if letter == self.second:
                return replace(self, first=letter, second=self._other(letter)), "first"
            return replace(self, first=letter), "first"
        if letter == self.first:
            return self, "first"
        if letter == self.second:
            return self, "second"
        if asked == "second":
            return replace(self, second=letter), "second"
        return replace(self, first=letter), "first"

    def tabs(self, panel: str, *, both: bool) -> list[str]:
        """The letters that a panel offers: the second one its own, the first all others."""
        if panel == "second":
            return [self.second]
        return [letter for letter in self.letters if not both or letter != self.second]

    def _other(self, letter: str) -> str:
        return self.first if self.first != letter else next((each for each in self.letters if each != letter), letter)
