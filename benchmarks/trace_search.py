"""Filters and text over a million stored events, beside what is promised."""

import time
from functools import cache

from benchmarks.row import Row
from explorer.query.trace import TraceFilter
from explorer.trace.filters import parse
from explorer.trace.found import Finder
from explorer.trace.log import Log
from explorer.trace.view import View
from tests.traces import nginx

FILTERS = {"call": "!close", "pid": "pid=812", "result": "failed", "duration": "slower=1ms"}
FILTER, FIRST, ALL = 0.3, 3.0, 10.0
"""Seconds that are promised; ours are of CPU, all of it in one thread."""
WORDS = {"a word that is nowhere": "index.html", "a word of a few paths": "logo499", "a flag": "O_NONBLOCK"}


@cache
def log() -> Log:
    """A million rows."""
    found = Log(most=1 << 40)
    for first in range(200):
        found.append(nginx(5_000, first * 640))
    return found


def filtered(line: str) -> float:
    """Seconds of a whole view."""
    wish = parse(line)
    assert isinstance(wish, TraceFilter)
    held = log()
    began = time.process_time()
    assert View(held, wish).work() == 1
    return time.process_time() - began


def searched(word: str) -> tuple[float, float]:
    """Seconds to the first hit, or to the end where there is none, and through all."""
    finder = Finder(word, sharp=word != word.lower())
    began, first = time.process_time(), 0.0
    for chunk in reversed(log().chunks):
        hits = finder.rows(chunk.rows, range(len(chunk.rows)), log().call_of)
        if hits and not first:
            first = time.process_time() - began
    whole = time.process_time() - began
    return first or whole, whole


def rows(rounds: int) -> list[Row]:
    found = []
    for what, line in FILTERS.items():
        taken = [filtered(line) for _ in range(rounds)]
        found.append(Row(f"a million events, filtered by {what}", "s", "limit", taken, [FILTER] * rounds, 1.0))
    for what, word in WORDS.items():
        pairs = [searched(word) for _ in range(rounds)]
        found.append(Row(f"{what}, first hit", "s", "limit", [first for first, _ in pairs], [FIRST] * rounds, 1.0))
        found.append(Row(f"{what}, all", "s", "limit", [whole for _, whole in pairs], [ALL] * rounds, 1.0))
    return found
