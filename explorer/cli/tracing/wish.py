"""What the options of procdive trace ask for: which calls, and how they are printed."""

import argparse
from dataclasses import dataclass
from typing import Final

from explorer.decode.syscall import numbers
from explorer.decode.syscall.call import Style
from explorer.model.batch import ARCHES, Batch
from explorer.query.trace import TraceFilter, Wrong
from explorer.render.trace import Clock, Look
from explorer.trace.filters import options as filter_of
from explorer.trace.tracer import Capture

CLOCKS: Final[tuple[Clock, ...]] = ("", "second", "microsecond", "epoch")
QUIET: Final = ((), ("attach", "personality"), ("attach", "personality", "exit"))
"""What -q and -qq leave unsaid."""
ALL_QUIET: Final = ("attach", "personality", "exit", "thread-execve", "path-resolution")


@dataclass(frozen=True, slots=True)
class Wish:
    """filter: which rows. look: of a line. events: so many lines at most. quiet: what is left unsaid, strace's words."""

    filter: TraceFilter
    look: Look
    string: int = 32
    verbose: bool = False
    events: int | None = None
    seconds: float | None = None
    follow: bool = True
    quiet: frozenset[str] = frozenset()

    def capture(self) -> Capture:
        """What an engine has to take for it."""
        return Capture(
            **self.filter.capture(), string=self.string, verbose=self.verbose or self.filter.abbrev is not None, follow=self.follow
        )

    def style(self, batch: Batch, row: int) -> Style:
        """How a call is decoded."""
        verbose = self.verbose or (self.filter.abbrev is not None and name(batch, row) not in self.filter.abbrev)
        return Style(self.string, verbose)

    def undecoded(self, called: str) -> bool:
        """Whether a call's arguments are shown as registers (-e raw=)."""
        return self.filter.raw is not None and called in self.filter.raw


def wish_of(options: argparse.Namespace) -> Wish | Wrong:
    """Of a command line."""
    found = filtered(options)
    if isinstance(found, Wrong):
        return found
    look = Look(
        column=options.column,
        clock=CLOCKS[min(options.clock, 3)],
        since=options.since,
        took=options.took,
        numbers=options.numbers,
        ids="several" if options.output in {None, "-"} else "always" if options.follow else "never",
        follow=options.follow,
        hex=options.hex,
    )
    return Wish(
        found,
        look,
        options.string,
        options.verbose,
        options.events,
        options.seconds,
        options.follow,
        quiet(options.quiet, found),
    )


def summary_wish(options: argparse.Namespace) -> Wish | Wrong:
    """Of one that asks for a summary: nothing is printed of a call, so nothing but its registers is taken."""
    found = filtered(options)
    if isinstance(found, Wrong):
        return found
    told = quiet(options.quiet, found)
    return Wish(found, Look(), 0, False, options.events, options.seconds, options.follow, told)


def filtered(options: argparse.Namespace) -> TraceFilter | Wrong:
    """Which events."""
    found = filter_of(options.expressions, options.paths, options.slower, options.only)
    if isinstance(found, Wrong):
        return found
    if found.reads is not None or found.writes is not None:
        return Wrong("-e read= and -e write= (dumps) are not offered; -s 4096 shows what a buffer holds, -x in hexadecimal")
    if found.verbose is not None:
        return Wrong("-e verbose= is not offered; -e raw=CALLS shows registers")
    return found


def quiet(times: int, found: TraceFilter) -> frozenset[str]:
    """Of -q, -qq, -qqq and -e quiet=."""
    told = frozenset(QUIET[times] if times < len(QUIET) else ALL_QUIET)
    return told if found.quiet is None else frozenset(word for word in ALL_QUIET if word in found.quiet)


def name(batch: Batch, row: int) -> str:
    """Of the call of a row."""
    return numbers.name(batch.numbers[row], ARCHES[batch.arches[row]])
