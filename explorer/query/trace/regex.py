"""Names by a regular expression that cannot take for ever."""

import re
import warnings
from collections.abc import Iterable
from typing import Final

from explorer.query.processes import Wrong

LONGEST: Final = 100
MOST: Final = 3
"""Repetitions; with more of them, or one inside another, a match may take longer than anybody waits."""
OPTIONAL: Final = 8
PART: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(|\)|[*+]|\{[^}]*\}|\?|.", re.DOTALL)


def matching(pattern: str, names: Iterable[str]) -> frozenset[str] | Wrong:
    """Those names in which it is found somewhere."""
    slow = too_slow(pattern)
    if slow:
        return Wrong(f"/{pattern[:LONGEST]}: {slow}")
    try:
        with warnings.catch_warnings():
            # What a later Python may understand otherwise is still understood.
            warnings.simplefilter("ignore", FutureWarning)
            compiled = re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        return Wrong(f"/{pattern}: no regular expression: {error}")
    return frozenset(name for name in names if compiled.search(name))


def too_slow(pattern: str) -> str:
    """Why it might take for ever; empty where it cannot."""
    if len(pattern) > LONGEST:
        return f"longer than {LONGEST} characters"
    repeats = optional = 0
    within, closed = [False], False
    for part in PART.findall(pattern):
        if part == "(":
            within.append(False)
        elif part == ")" and len(within) > 1:
            closed = within.pop()
            within[-1] |= closed
            continue
        elif part in "*+" or part.startswith("{"):
            repeats += 1
            if closed:
                return "a repetition within a repetition"
            within[-1] = True
        elif part == "?":
            optional += 1
        closed = False
    return f"at most {MOST} repetitions" if repeats > MOST or optional > OPTIONAL else ""
