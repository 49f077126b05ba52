"""A filter while it is being put together, term by term."""

from dataclasses import replace
from typing import Any, Final

from explorer.query.processes import Wrong
from explorer.query.trace import kinds
from explorer.query.trace.choice import Choice
from explorer.query.trace.filter import Term, TraceFilter
from explorer.query.trace.words import Words

FIELDS: Final = {"fd": "fds", "tid": "tids", "pid": "pids", "read": "reads", "write": "writes"}
NUMBERED: Final = frozenset(FIELDS)
PRINTED: Final = frozenset({"abbrev", "verbose", "raw"})
SHOWN: Final = frozenset({"fd", "tid", "pid", "signal", "status", "errno", "slower"})
"""Kinds that hide rows and are told as KEY=VALUE."""
UNSEEN: Final = frozenset({"kvm", "decode-fd", "decode-pid", "secontext", "namespace"})
"""What strace takes to print more than we have: taken, and nothing done."""


class Draft:
    """made is the filter so far. wanted: system calls that are asked for; unwanted: those that are denied."""

    def __init__(self, text: str, words: Words) -> None:
        self.words = words
        self.made = TraceFilter(text)
        self.wanted: list[Choice[str]] = []
        self.unwanted: list[Choice[str]] = []
        self.told: dict[str, str] = {}

    def trace(self, value: str, *, alone: bool) -> Wrong | None:
        """System calls. alone: instead of those before, as strace has it; else beside them."""
        found = kinds.calls(value, self.words)
        if isinstance(found, Wrong):
            return found
        everything = found.but and not found.items
        if alone or everything:
            self.wanted, self.unwanted = [], []
            self.told = {key: said for key, said in self.told.items() if not key.startswith("trace ")}
        if everything:
            return None
        (self.unwanted if found.but else self.wanted).append(found)
        self.told[f"trace {value}"] = value
        return None

    def key(self, key: str, value: str) -> Wrong | None:
        """KEY=VALUE; key is one that KEYS has."""
        return self.kind(KEYS[key], value)

    def kind(self, kind: str, value: str) -> Wrong | None:
        """A kind by its one name."""
        if kind in {"inject", "fault"}:
            return Wrong(f"{kind}= {kinds.CHANGES}")
        if kind == "trace":
            return self.trace(value, alone=True)
        if kind in UNSEEN:
            return None
        if kind in {"path", "text"}:
            return self.path(value) if kind == "path" else self.text(value.lstrip("!"), denied=value.startswith("!"))
        found = self.understood(kind, value)
        if isinstance(found, Wrong):
            return found
        self.made = replace(self.made, **{FIELDS.get(kind, OTHER.get(kind, kind)): found})
        if kind in SHOWN:
            self.told[kind] = f"{kind}={value}"
        return None

    def understood(self, kind: str, value: str) -> Any:
        """What a list, a number or a time says; Wrong where it says nothing."""
        if kind in NUMBERED:
            return kinds.numbers(kind, value)
        if kind in PRINTED:
            return kinds.calls(value, self.words)
        if kind == "slower":
            return kinds.duration(kind, value)
        if kind == "signal":
            return kinds.signals(kind, value, self.words)
        if kind == "errno":
            return kinds.errors(kind, value, self.words)
        return kinds.statuses(kind, value) if kind == "status" else kinds.quiet(kind, value)

    def path(self, value: str) -> Wrong | None:
        """A path, or anything under it."""
        items, denied = kinds.listed(value)
        if kinds.empty(value):
            return Wrong("path= wants a path: path=/etc")
        bare = frozenset(item.rstrip("/") or "/" for item in items)
        self.made = replace(self.made, folders=Choice(bare, denied))
        self.told["path"] = f"path={value}"
        return None

    def file(self, path: str) -> Wrong | None:
        """-P: exactly this path."""
        if not path:
            return Wrong("-P wants a path: -P /etc/passwd")
        self.made = replace(self.made, files=(*self.made.files, path))
        self.told[f"file {path}"] = f"-P {path}"
        return None

    def text(self, text: str, *, denied: bool) -> Wrong | None:
        """A text in the line."""
        if not text:
            return Wrong('! wants something after it: !futex or !"some text"') if denied else None
        self.made = replace(self.made, terms=(*self.made.terms, Term(text, denied)))
        self.told[f"text {denied} {text}"] = f'{"!" * denied}"{text}"' if " " in text else f"{'!' * denied}{text}"
        return None

    def failed(self, *, denied: bool) -> None:
        """The screen's failed."""
        self.made = replace(self.made, failed=not denied)
        self.told["failed"] = "!failed" if denied else "failed"

    def done(self) -> TraceFilter:
        """The filter."""
        together = [Choice(frozenset[str]().union(*(choice.items for choice in self.wanted)))] if self.wanted else []
        found = replace(self.made, calls=(*together, *self.unwanted), said=tuple(self.told.values()))
        return replace(found, captured=self.captured(together)) if found.calls else found

    def captured(self, together: list[Choice[str]]) -> frozenset[str]:
        """Every name that may be wanted, and those of calls that stand for several."""
        plain = {name.partition("@")[0] for choice in together for name in choice.items}
        wanted = (plain if together else self.words.calls) - {name for choice in self.unwanted for name in choice.items}
        return frozenset(wanted) | self.words.carriers(wanted)


OTHER: Final = {"signal": "signals", "errno": "errors", "status": "statuses"}
KEYS: Final = {
    "trace": "trace", "t": "trace", "trace-fd": "fd", "trace-fds": "fd", "fd": "fd", "fds": "fd", "abbrev": "abbrev", "a": "abbrev",
    "verbose": "verbose", "v": "verbose", "raw": "raw", "x": "raw", "signal": "signal", "signals": "signal", "s": "signal",
    "status": "status", "quiet": "quiet", "silent": "quiet", "silence": "quiet", "q": "quiet", "read": "read", "reads": "read",
    "r": "read", "write": "write", "writes": "write", "w": "write", "fault": "fault", "inject": "inject", "kvm": "kvm",
    "decode-fd": "decode-fd", "decode-fds": "decode-fd", "decode-pid": "decode-pid", "decode-pids": "decode-pid",
    "secontext": "secontext", "namespace": "namespace",
    "path": "path", "slower": "slower", "errno": "errno", "tid": "tid", "pid": "pid", "text": "text",
}  # fmt: skip
"""Before the =, strace's and ours → the kind."""
