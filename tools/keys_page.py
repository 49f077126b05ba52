"""docs/keys.md, made from the commands that bind the keys, so that it cannot say what they do not do."""

import sys
from collections.abc import Iterable
from pathlib import Path

from explorer.ui import app, panel, screen
from explorer.ui.command import Command
from explorer.ui.machine import area as machine
from explorer.ui.machine.verbs import MACHINE
from explorer.ui.panes import PANES
from explorer.ui.prompts import peek
from explorer.ui.trace import keys as trace
from explorer.ui.trace import verbs
from explorer.ui.tree import commands as tree

PAGE = Path(__file__).parent.parent / "docs/keys.md"
HEAD = """<!-- made by tools/keys_page.py from the program's own key bindings: make completions -->
# Keys

Each place shows its most useful keys in the last line; F1 lists all of that place, and Ctrl-P finds every command by its name. In the
tree htop's keys mean what they mean in htop. Nothing that changes another process happens on a single key: it asks first, names the
process, and Enter means no (F9 alone is htop's: a signal's name, then Enter).

Everywhere in a list: arrows, PgUp, PgDn, Home, End, and the mouse. Digits in the tree go to that PID.
"""


def written(keys: str) -> str:
    """Keys as Markdown: each by itself in code, a backslash and a bar as they are."""
    return " ".join(f"`` {key} ``" if "`" in key else f"`{key}`" for key in keys.split()).replace("|", "\\|")


def table(title: str, rows: Iterable[tuple[str, str]]) -> str:
    return "\n".join([f"\n## {title}", "", "| key | does |", "|---|---|", *(f"| {written(keys)} | {does} |" for keys, does in rows), ""])


def of(commands: Iterable[Command]) -> list[tuple[str, str]]:
    return [(command.written, command.name) for command in commands if command.written]


def made() -> str:
    """The page's text."""
    places = [
        ("Everywhere", of([*screen.KEYS, *app.COMMANDS])),
        ("Tree", of([*tree.COMMANDS, app.IN_TREE])),
        ("Panes", of(panel.COMMANDS)),
        ("A look into a descriptor (p)", of(peek.PeekArea.COMMANDS)),
        ("Files of all processes", of(machine.COMMANDS)),
        ("Trace", of(trace.COMMANDS)),
        ("Summary of a trace", of(trace.SUMMARY)),
        ("Access of a trace", of(trace.ACCESS)),
    ]
    opened = [(pane.key, f"{pane.name}, from tree and panes alike") for pane in PANES]
    opened.append((MACHINE.keys, f"{MACHINE.name}, from everywhere"))
    opened.append((verbs.TRACE.keys, "trace: start, stop, from tree and panes alike"))
    opened += [(switch.key, f"{pane.name}: {switch.words}") for pane in PANES for switch in pane.switches]
    return HEAD + "".join(table(title, rows) for title, rows in [*places, ("Which pane, and what in it", opened)])


def main() -> int:
    PAGE.write_text(made())
    return 0


if __name__ == "__main__":
    sys.exit(main())
