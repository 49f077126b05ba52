"""What a filter may name, given by whoever has the tables: nothing is looked up here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

ARCHES: Final = {"64": "x86_64", "32": "i386", "x32": "x32"}
"""strace's designators behind @."""


@dataclass(frozen=True, slots=True)
class Words:
    """calls: every architecture's names. classes: as written (%file) → names. errors, signals: name → number, signals without SIG.

    by_number: number → "name@ARCH" of each architecture that has it. within: a call that stands
    for several (socketcall) → those.
    """

    calls: frozenset[str]
    classes: Mapping[str, frozenset[str]]
    errors: Mapping[str, int]
    signals: Mapping[str, int]
    by_number: Mapping[int, frozenset[str]]
    within: Mapping[str, frozenset[str]]

    def near(self, wrong: str) -> str:
        """What could have been meant, to be said after a sentence: "; near: open, openat"; empty where nothing is near."""
        named = sorted(name for name in self.calls | self.classes.keys() if not name.startswith("syscall_"))
        found = get_close_matches(wrong[:64], named, 3, 0.6)
        return f"; near: {', '.join(found)}" if found else ""

    def carriers(self, wanted: Collection[str]) -> frozenset[str]:
        """Calls that may turn out to be one of the wanted."""
        return frozenset(carrier for carrier, meant in self.within.items() if not meant.isdisjoint(wanted))
