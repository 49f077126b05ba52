"""What a person set, kept from one time to the next by keep.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from explorer.ui.themes import NAMES

INTERVALS: Final = (0.5, 1.0, 2.0, 5.0, 10.0)
THEMES: Final = ("auto", *NAMES)


@dataclass(slots=True)
class Preferences:
    """theme: "auto" or a name of themes.NAMES. mouse: whether it is ours. interval: seconds between two tables."""

    theme: str = "auto"
    mouse: bool = True
    interval: float = 1.0
    kernel: bool = False

    @classmethod
    def of(cls, kept: Mapping[str, str]) -> Self:
        """From a settings file; what makes no sense there is the default."""
        found = cls()
        if kept.get("theme") in THEMES:
            found.theme = kept["theme"]
        found.mouse = kept.get("mouse", "yes") != "no"
        found.kernel = kept.get("kernel_threads", "no") == "yes"
        try:
            interval = float(kept.get("interval", "1"))
        except ValueError:
            interval = 1.0
        found.interval = interval if 0.1 <= interval <= 3600 else 1.0
        return found

    def kept(self) -> dict[str, str]:
        """For the settings file."""
        return {
            "theme": self.theme,
            "mouse": "yes" if self.mouse else "no",
            "interval": f"{self.interval:g}",
            "kernel_threads": "yes" if self.kernel else "no",
        }
