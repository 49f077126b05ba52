"""What a key does: one entry feeds the bindings, the key line, the help page and the palette, so that none of them can lie."""

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Command:
    """keys: Textual's names, comma separated ("f3,slash"). action: the area's method action_<action>.

    name: its words in help and palette. written: its keys as help writes them ("F3 /"). group: its paragraph in help, ""
    keeps it out. label: key and word in the key line ("F4 filter"), "" keeps it out; short: the same at 80 columns, ""
    leaves it out there. rank: its place in the key line, left to right. least: what goes first where it is too narrow has the
    highest; 0 for what stays longest. first: whatever waits for an answer, this key is not for it.
    """

    keys: str
    action: str
    name: str
    written: str = ""
    group: str = ""
    label: str = ""
    short: str = ""
    rank: int = 50
    least: int = 5
    palette: bool = True
    first: bool = False


def bindings(commands: Iterable[Command]) -> list[Binding]:
    """Textual's bindings for them."""
    return [Binding(command.keys, command.action, command.name, show=False, priority=command.first) for command in commands if command.keys]
