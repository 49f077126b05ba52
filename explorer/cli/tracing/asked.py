"""What is asked of a summary: which rows and columns, in which order, which calls drawn; in strace's words and ours."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from explorer.model.summary import By
from explorer.query.trace import Wrong
from explorer.trace.filters import words

BYS: Final[dict[str, By]] = {"call": "call", "process": "process", "thread": "thread", "process,call": "process call"}
STRACE: Final = {
    "time-percent": "time", "total-time": "time", "time-total": "time", "min-time": "min", "shortest": "min", "time-min": "min",
    "max-time": "max", "longest": "max", "time-max": "max", "avg-time": "mean", "time-avg": "mean", "count": "calls", "error": "errors",
    "syscall": "name", "syscall-name": "name", "none": "nothing",
}  # fmt: skip
SORTS: Final = ("time", "calls", "errors", "mean", "min", "max", "p50", "p95", "p99", "name", "pid", "nothing")
COLUMNS: Final = ("time", "seconds", "mean", "calls", "errors", "wait", "min", "p50", "p95", "p99", "max", "name")
OWN: Final = {"total-time": "seconds", "time-total": "seconds", "wait": "awake"}
"""Words that mean another thing as a column."""


KEYS: Final = ("time", "seconds", "mean", "calls", "errors", "awake", "min", "p50", "p95", "p99", "max", "name")
"""Of COLUMNS in render.summary."""


@dataclass(frozen=True, slots=True)
class Asked:
    """by, sort: of model.summary. columns: keys of render.summary.COLUMNS, () for the usual ones. histograms: names of calls."""

    by: By = "call"
    sort: str = "time"
    columns: tuple[str, ...] = ()
    histograms: tuple[str, ...] = ()


def add(group: "argparse._ArgumentGroup") -> None:
    """strace's two letters."""
    group.add_argument("-S", "--summary-sort-by", dest="sort", metavar="KEY", help=f"by {', '.join(SORTS)}; strace's words too (time)")
    group.add_argument("-U", "--summary-columns", dest="columns", metavar="COLUMN[,…]", help=f"of {', '.join(COLUMNS)}; strace's words too")


def add_own(group: "argparse._ArgumentGroup") -> None:
    """What strace has not."""
    group.add_argument("--by", choices=BYS, default="call", help="what a row counts (call)")
    group.add_argument("--histogram", dest="histograms", action="append", default=[], metavar="CALL", help="draw how long this call took")


def asked_of(options: argparse.Namespace) -> Asked | Wrong:
    """Of a command line; what its parser does not have is as usual."""
    sort = of(options.sort or "time", SORTS, STRACE)
    if not sort:
        return Wrong(f"-S {options.sort}: a summary is sorted by {', '.join(SORTS)}")
    columns = []
    for word in (options.columns or "").split(","):
        column = of(word, KEYS, {**STRACE, **OWN})
        if word and not column:
            return Wrong(f"-U {word}: there are {', '.join(COLUMNS)}")
        columns += [column] if word else []
    histograms = getattr(options, "histograms", [])
    for name in histograms:
        if name not in words().calls:
            return Wrong(f"--histogram {name}: no such system call{words().near(name)}")
    return Asked(BYS[getattr(options, "by", "call")], sort, tuple(dict.fromkeys(columns)), tuple(dict.fromkeys(histograms)))


def of(word: str, known: Sequence[str], others: Mapping[str, str]) -> str:
    """The key that a word means; empty where it means none."""
    key = others.get(word, word)
    return key if key in known else ""
