"""From the start to the first picture: procdive with its tree, and a Textual app that shows nothing."""

import re
import sys
from pathlib import Path

from benchmarks.row import Row
from benchmarks.screen import PROCDIVE, Screen

EMPTY = (sys.executable, str(Path(__file__).with_name("empty_app.py")))
TREE_DRAWN = re.compile(r"PID.*COMMAND.*\b1\b.*root", re.DOTALL)
BLANK_DRAWN = re.compile(r"\s{1000}")
"""an empty app paints its background: spaces from the first cell to the last"""


def seconds(argv: tuple[str, ...], drawn: re.Pattern[str]) -> float:
    with Screen(argv) as screen:
        return screen.first(drawn)


def rows(rounds: int) -> list[Row]:
    ours, theirs = [], []
    for _ in range(max(rounds, 9)):
        ours.append(1000 * seconds(PROCDIVE, TREE_DRAWN))
        theirs.append(1000 * seconds(EMPTY, BLANK_DRAWN))
    return [Row("first picture", "ms", "an empty Textual app", ours, theirs, 1.3)]
