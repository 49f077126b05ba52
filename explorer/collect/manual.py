"""Which page of the manual there is about something, and a reading of it."""

from collections.abc import Sequence
from typing import Final

from explorer.kernel.manual import Reading, has
from explorer.model.manual import Page
from explorer.model.missing import Missing, Reason, Unreadable

CURE: Final = "apt install manpages manpages-dev"


def available(pages: Sequence[Page]) -> Page | Missing:
    """The first of them that there is. Blocks while man(1) looks, some seconds at most."""
    try:
        found = next((page for page in pages if has(page)), None)
    except Unreadable as refused:
        return refused.missing
    return found or Missing(Reason.UNSUPPORTED, f"no page {' or '.join(page.written for page in pages)} here", CURE)


def reading(page: Page, tty: int) -> Reading:
    """man(1), started on a terminal (a descriptor that blocks). Raises OSError."""
    return Reading(page, tty)
