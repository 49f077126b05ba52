"""What a filter of traces asks for: plain data that a view, an engine and a printer read."""

from dataclasses import dataclass
from typing import Final, TypedDict

from explorer.query.trace.choice import Choice

STATUSES: Final = ("successful", "failed", "unfinished", "unavailable", "detached")


class Pushed(TypedDict, total=False):
    """Keywords of trace.tracer.Capture."""

    calls: frozenset[str] | None
    tids: frozenset[int] | None
    failed: bool
    succeeded: bool
    slower: int
    fds: frozenset[int] | None


@dataclass(frozen=True, slots=True)
class Term:
    """A text that must be somewhere in the line, or must not. Without a capital in it capitals do not count."""

    text: str
    denied: bool = False

    @property
    def sharp(self) -> bool:
        """Whether capitals count."""
        return self.text != self.text.lower()


@dataclass(frozen=True, slots=True)
class TraceFilter:
    """None, an empty tuple and 0 ask for nothing. Names in calls may be bound to one architecture: "open@i386".

    calls: all of them must hold. failed: True those that failed in the screen's sense, False those that did not.
    statuses: strace's. errors: numbers, positive. files: exactly these paths (-P), an alternative to fds as in strace; folders:
    these or anything under one of them. slower: ns. shown ones: reads and writes are dumped, abbrev, verbose and raw say
    how much is printed, quiet what is left unsaid.
    """

    text: str = ""
    said: tuple[str, ...] = ()
    calls: tuple[Choice[str], ...] = ()
    captured: frozenset[str] | None = None
    """Names that an engine must take so that none of `calls` is missing; None for all."""
    failed: bool | None = None
    statuses: Choice[str] | None = None
    errors: Choice[int] | None = None
    fds: Choice[int] | None = None
    files: tuple[str, ...] = ()
    folders: Choice[str] | None = None
    slower: int = 0
    tids: Choice[int] | None = None
    pids: Choice[int] | None = None
    signals: Choice[int] | None = None
    terms: tuple[Term, ...] = ()
    reads: Choice[int] | None = None
    writes: Choice[int] | None = None
    abbrev: Choice[str] | None = None
    verbose: Choice[str] | None = None
    raw: Choice[str] | None = None
    quiet: Choice[str] | None = None

    @property
    def everything(self) -> bool:
        """It hides no row."""
        asked = (self.failed, self.statuses, self.errors, self.fds, self.folders, self.tids, self.pids, self.signals)
        return not (self.calls or self.files or self.slower or self.terms) and all(part is None for part in asked)

    @property
    def calls_only(self) -> bool:
        """It asks what only a call can answer, so that signals, births and ends are hidden; strace's own kinds never do that."""
        return self.failed is not None or self.errors is not None or self.folders is not None or bool(self.slower)

    def describe(self) -> str:
        """In one line: "failed fd=7"; empty where it hides nothing."""
        return " ".join(self.said)

    def capture(self) -> Pushed:
        """What an engine need not take at all, as keywords of Capture: a view with this filter misses nothing of what is left."""
        out = Pushed()
        if self.captured is not None:
            out["calls"] = self.captured
        one = self.tids or self.pids
        if one is not None and not one.but:
            out["tids"] = one.items
        if self.failed or (self.errors is not None and not self.errors.but):
            out["succeeded"] = False
        if self.statuses is not None:
            out["failed"] = "failed" in self.statuses
            out["succeeded"] = "successful" in self.statuses and out.get("succeeded", True)
        if self.slower:
            out["slower"] = self.slower
        if self.fds is not None and not self.fds.but and not self.files:
            out["fds"] = self.fds.items
        return out
