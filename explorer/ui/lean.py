"""What Textual loads and this screen never shows is not loaded: its command palette with all the widgets in it, and TLS.

Together a sixth of the time until the first picture. While `lean()` lasts, these modules are stand-ins whose every name is a
class without anything; afterwards they are forgotten, so that a later import finds the real ones. A name that Textual comes
to need for more than an annotation would fail at once, in the first test that opens the screen.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Final

NEVER_SHOWN: Final = ("textual.command",)
NEVER_USED: Final = ("ssl",)
"""asyncio goes without it where it cannot be imported."""


class StandIn(ModuleType):
    """A module that has every name."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


@contextmanager
def lean() -> Iterator[None]:
    """Import Textual within it. Does nothing to what is loaded already."""
    put = [name for name in (*NEVER_SHOWN, *NEVER_USED) if name not in sys.modules]
    for name in put:
        sys.modules[name] = StandIn(name) if name in NEVER_SHOWN else None  # type: ignore[assignment]
    try:
        yield
    finally:
        for name in put:
            sys.modules.pop(name, None)
