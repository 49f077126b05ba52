"""A fault of our own: one line for the person, the rest in the log. No traceback ever reaches the screen."""

import time
import traceback
from dataclasses import dataclass
from typing import Final, Self

from explorer import __version__, keep
from explorer.render.piece import Line, Role, piece
from explorer.render.width import cut


@dataclass(frozen=True, slots=True)
class Fault:
    """what: where it happened. error: what it was, in one line. log: where the details are, "" where they could not be written."""

    what: str
    error: str
    log: str

    @classmethod
    def of(cls, error: BaseException, what: str) -> Self:
        """Written to the log at once, the same fault once only."""
        words = cut(f"{type(error).__name__}: {error}".splitlines()[0], 160)
        details = "".join(traceback.format_exception(error))
        known = LOGGED.get(details)
        if known is None:
            path = keep.log(f"{time.strftime('%F %T')} procdive {__version__}: {what}\n{details}\n")
            known = LOGGED[details] = str(path) if path else ""
        return cls(what, words, known)

    @property
    def line(self) -> Line:
        """What stands where the facts would."""
        return (*self.head, piece(f" · details in {self.log}" if self.log else "", Role.SECONDARY))

    @property
    def head(self) -> Line:
        """The same without where the details are."""
        return piece("A fault of procdive itself", Role.FAILED), piece(f" in {self.what}: {self.error}")

    @property
    def notes(self) -> tuple[Line, ...]:
        """The same on two lines, for a pane."""
        return (self.head, (piece(f"the rest goes on; details in {self.log}", Role.SECONDARY),)) if self.log else (self.head,)


LOGGED: Final[dict[str, str]] = {}
"""What was written down already, and where."""
