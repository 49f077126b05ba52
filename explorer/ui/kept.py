"""Preferences and the screen's state, from the user's files and back into them."""

from typing import Final

from explorer import keep
from explorer.model.missing import Missing
from explorer.model.order import SORTS
from explorer.ui.preferences import Preferences
from explorer.ui.state import State

FARTHEST: Final = 200


class Kept:
    """preferences, state: as they were kept. What is given to it holds this time only and is not kept."""

    def __init__(self, *, theme: str = "", mouse: bool | None = None, interval: float = 0.0) -> None:
        settings, screen = keep.load(keep.settings_path()), keep.load(keep.screen_path())
        self.preferences = Preferences.of(settings)
        if theme:
            self.preferences.theme = theme
        if mouse is not None:
            self.preferences.mouse = mouse
        if interval:
            self.preferences.interval = interval
        self._before = self.preferences.kept()
        self.state = State(split=_number(screen, "split"), split_columns=_number(screen, "split_columns"))
        self.state.split_trace = _number(screen, "split_trace")
        if screen.get("panes") in {"beside", "above", "one"}:
            self.state.panes = screen["panes"]
        if screen.get("sort") in SORTS:
            self.state.sort = screen["sort"]
        self.state.descending = screen.get("descending") == "yes"
        self.state.flat = screen.get("flat") == "yes"
        self._screen = self._kept_state()

    def save(self) -> str:
        """Keep what has changed; "" or, in words, why it cannot be kept."""
        now, screen = self.preferences.kept(), self._kept_state()
        changed = {key: value for key, value in now.items() if value != self._before[key]}
        moved = {key: value for key, value in screen.items() if value != self._screen[key]}
        for path, values in ((keep.settings_path(), changed), (keep.screen_path(), moved)):
            refused = keep.save(path, values) if values else None
            if isinstance(refused, Missing):
                return f"changes cannot be saved: {refused.detail} ({refused.cure})"
        self._before, self._screen = now, screen
        return ""

    def _kept_state(self) -> dict[str, str]:
        state = self.state
        return {
            "split": str(state.split),
            "split_columns": str(state.split_columns),
            "split_trace": str(state.split_trace),
            "panes": state.panes,
            "sort": state.sort,
            "descending": "yes" if state.descending else "no",
            "flat": "yes" if state.flat else "no",
        }


def _number(kept: dict[str, str], key: str) -> int:
    try:
        number = int(kept.get(key, "0"))
    except ValueError:
        return 0
    return number if -FARTHEST <= number <= FARTHEST else 0
