"""What a person types to see some files of an access: words of their paths, and what was done with them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from explorer.decode.constants.errno import ERRNO
from explorer.query.processes import Wrong
from explorer.trace.access.rows import Counts, File
from explorer.trace.matching import NOT_NOW

KINDS: Final = frozenset({"file", "socket", "pipe", "memory", "other"})
NUMBERS: Final = {name: number for number, (name, _) in ERRNO.items()}


@dataclass(frozen=True, slots=True)
class Sieve:
    """words: of a path, and whether it must not have them; without a capital capitals do not count. folder: a path, or what is under it.
    opened: with success at least once; failed: with more than "not now"; errno: with this one. pids: of these only; without: of others.
    kind: "" for all."""

    words: tuple[tuple[bytes, bool], ...] = ()
    folder: bytes = b""
    opened: bool = False
    failed: bool = False
    errno: int = 0
    pids: frozenset[int] | None = None
    without: frozenset[int] = field(default_factory=frozenset)
    kind: str = ""

    def __call__(self, file: File) -> bool:
        """Whether it is one of those."""
        if self.kind and file.kind != self.kind:
            return False
        path = file.path
        if self.folder and path != self.folder and not path.startswith(self.folder.rstrip(b"/") + b"/"):
            return False
        if self.words:
            low = path.lower()
            if any(((word in path) if word != word.lower() else (word in low)) == denied for word, denied in self.words):
                return False
        whose = [counts for pid, counts in file.by.items() if (self.pids is None or pid in self.pids) and pid not in self.without]
        if not whose or (self.opened and not any(counts.opens for counts in whose)):
            return False
        if self.failed and not any(-errno not in NOT_NOW for errno in errors(whose)):
            return False
        return not self.errno or self.errno in errors(whose)


def errors(counts: Iterable[Counts]) -> set[int]:
    """With which errors something failed."""
    return {errno for each in counts for _, errno in each.failures or ()}


def sieve(text: str) -> Sieve | Wrong:
    """The files that a text means; an empty one means all."""
    words: list[tuple[bytes, bool]] = []
    told: dict[str, object] = {}
    for term in text.split():
        word = term.lstrip("!")
        denied = bool((len(term) - len(word)) % 2)
        key, equals, value = word.partition("=")
        if word in {"opened", "failed"} and not denied:
            told[word] = True
        elif equals and key in {"pid", "path", "errno", "kind"}:
            found = keyed(key, "!" * denied + value)
            if isinstance(found, Wrong):
                return found
            told.update(found)
        elif word:
            words.append((word.encode("utf-8", "surrogateescape"), denied))
    return Sieve(words=tuple(words), **told)  # type: ignore[arg-type]


def keyed(key: str, value: str) -> dict[str, object] | Wrong:
    """One KEY=VALUE."""
    if key == "path":
        return (
            {"folder": value.encode("utf-8", "surrogateescape")}
            if value.startswith("/")
            else Wrong("path= wants a path that begins with /")
        )
    if key == "kind":
        return {"kind": value} if value in KINDS else Wrong(f"kind= is one of {', '.join(sorted(KINDS))}")
    if key == "errno":
        name = value.upper()
        return {"errno": NUMBERS[name]} if name in NUMBERS else Wrong(f"no error {value}")
    numbers = value.removeprefix("!").split(",")
    if not all(number.isascii() and number.isdigit() and len(number) < 10 for number in numbers):
        return Wrong("pid= wants numbers")
    return {"without" if value.startswith("!") else "pids": frozenset(map(int, numbers))}


def toggled(text: str, word: str) -> str:
    """With the word, or without it where it is there already."""
    words = text.split()
    return " ".join(each for each in words if each != word) if word in words else " ".join([*words, word])
