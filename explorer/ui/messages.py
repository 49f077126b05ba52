"""What areas tell the screen. Attributes go down, these go up."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual.message import Message

from explorer.model.having import Thing
from explorer.model.manual import Page
from explorer.model.peek import Peeked
from explorer.model.process import ProcessId
from explorer.model.snapshot import Snapshot
from explorer.render.piece import Line
from explorer.render.sheet import Target


class Told(Message):
    """Base of our messages."""


@dataclass(eq=False)
class Tabled(Told):
    """The feed has a new table of processes."""

    snapshot: Snapshot


@dataclass(eq=False)
class Selected(Told):
    """The tree's selection moved to this process; None where there is none."""

    process: ProcessId | None


@dataclass(eq=False)
class Jump(Told):
    """Go to that process, and to that descriptor of it."""

    target: Target


@dataclass(eq=False)
class Prompt(Told):
    """Ask for a line of text at the bottom of the screen.

    label: "Filter". hint: what stands dim at its right. text: what is there already. changed: called at each key.
    done: called at the end, with the text, or None after Esc. allowed: which characters it takes, all where None.
    """

    label: str
    done: Callable[[str | None], None]
    changed: Callable[[str], None] | None = None
    text: str = ""
    hint: str = ""
    allowed: Callable[[str], bool] | None = None


@dataclass(eq=False)
class Ask(Told):
    """Open an area above the key line, with the keys: a question in place, so that tree and card stay visible.

    area: a Lines. rows: how many lines it wants. Closed by Close.
    """

    area: Any
    rows: int


class Close(Told):
    """Close the area that Ask opened; the keys go back to where they were."""


@dataclass(eq=False)
class Say(Told):
    """One line for the person, in place of the key line until the next key."""

    line: Line


@dataclass(eq=False)
class Copy(Told):
    """Put this text on the terminal's clipboard (OSC 52), and say so."""

    text: str
    what: str


class Again(Told):
    """What the table shows has changed: do not wait for the next one."""


class Back(Told):
    """Go back to where the last jump came from."""


@dataclass(eq=False)
class Open(Told):
    """Show the pane with this letter in the panel that says so."""

    letter: str


@dataclass(eq=False)
class Fetched(Told):
    """A feed thread has facts, or the fault that it met. slot: which panel, or "card". key: the wish that it answers."""

    slot: str
    key: object
    facts: object


class Offers(Told):
    """What the keys do here has changed: with the selected row, for instance."""


@dataclass(eq=False)
class AskWho(Told):
    """Who has this thing of that process?"""

    process: ProcessId
    thing: Thing


@dataclass(eq=False)
class Manual(Told):
    """Show the first of these pages that there is; where none is named, say that there is none about this."""

    pages: tuple[Page, ...]


@dataclass(eq=False)
class AskPeek(Told):
    """What stands at that descriptor of that process?"""

    process: ProcessId
    thing: Thing


@dataclass(eq=False)
class InPager(Told):
    """Show that file, which is looked at, in the user's pager."""

    look: Peeked


@dataclass(eq=False)
class CopyFile(Told):
    """Copy that file, which is looked at, to this path; None: stop the copy that goes on."""

    look: Peeked | None
    path: str


@dataclass(eq=False)
class SaveTrace(Told):
    """Save this trace: ask where to, and in which form. session: a ui.trace.session.Session. tab: which of its tabs is meant."""

    session: Any
    tab: str = "trace"
