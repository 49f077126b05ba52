"""What every engine is: made, attached once, read to its end, thrown away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Protocol

from explorer.model.batch import Batch
from explorer.model.missing import Missing
from explorer.model.process import ProcessId
from explorer.model.trace import Call

STREAM: Final = frozenset({"stream"})


@dataclass(frozen=True, slots=True)
class Capture:
    """What an engine takes; what it does not take can never be shown. The view's filter chooses among what was taken.

    what: "stream" rows of calls; "summary", "access" counts (Batch.tallies, Batch.uses) by an engine that has them in COUNTS, by
    others nothing: there whoever wants to count takes the stream. With "access" rows of the calls that name a path come, stream or not.
    calls: by name; None for all. A call of the set that is in it under another architecture's name counts too.
    tids: of these threads and processes only; None for all that are followed.
    failed, succeeded: of finished calls those that failed, or did not. slower: ns that they must have taken.
    fds: only calls with one of these descriptors among their arguments or as result; None for all.
    string: bytes of each buffer that are taken, 0 to 4096 (paths are taken whole).
    verbose: what strace -v shows besides: the environment that execve hands over.
    signals: signals delivered, births, ends and stops too.
    follow: what the targets start is traced as well. since: clock ticks since the machine started: so are their descendants that were born
    then or later, though before we attached (their parents' list was made then); None: those are not.
    """

    calls: frozenset[str] | None = None
    tids: frozenset[int] | None = None
    failed: bool = True
    succeeded: bool = True
    slower: int = 0
    fds: frozenset[int] | None = None
    string: int = 32
    verbose: bool = False
    signals: bool = True
    follow: bool = True
    what: frozenset[str] = STREAM
    since: int | None = None


ALL = Capture()


class Refused(Exception):
    """attach or start could not be done; missing says why, in words that a person can act on. Nothing is left attached."""

    def __init__(self, missing: Missing) -> None:
        super().__init__(missing.detail)
        self.missing = missing


class Tracer(Protocol):
    """An engine. attach or start once; then one thread reads batches() to its end; detach and capture may come from any thread."""

    name: ClassVar[str]
    COUNTS: ClassVar[frozenset[str]]
    """Of "summary" and "access" what it counts itself."""
    epoch: int
    """Wall-clock ns at 0 of CLOCK_MONOTONIC, taken when attached: time of an event + epoch = ns since 1970."""

    @classmethod
    def unusable(cls, target: ProcessId | None = None) -> Missing | None:
        """Why it cannot run here, or not on this process, and what would help. Changes nothing and stops nothing."""
        ...

    def attach(self, targets: Sequence[ProcessId], capture: Capture) -> None:
        """All threads of all targets, or none. Raises Refused."""
        ...

    def start(self, command: Sequence[str], capture: Capture) -> int:
        """Start a program under trace from its first instruction, with our terminal and descriptors; its pid. Raises Refused."""
        ...

    def capture(self, capture: Capture) -> None:
        """From now on take this instead; nothing is re-attached."""
        ...

    def batches(self) -> Iterator[Batch]:
        """What happened, every 50 ms or so, an empty batch where nothing did; ends after detach or when every target has ended."""
        ...

    def detach(self) -> None:
        """Let go; any thread, any number of times. Every process goes on as if nothing had been."""
        ...

    def call_of(self, number: int, arch: int, result: int | None, payload: bytes) -> Call:
        """The call of a row of this engine's batches."""
        ...
