"""One KEY=VALUE of a filter, understood: lists of names and numbers, times, paths."""

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from explorer.query.processes import Wrong
from explorer.query.trace.choice import Choice
from explorer.query.trace.filter import STATUSES
from explorer.query.trace.regex import matching
from explorer.query.trace.words import ARCHES, Words

TIME: Final = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,9})?)(ns|us|µs|μs|ms|s|m)", re.ASCII | re.IGNORECASE)
T = TypeVar("T")
UNITS: Final = {"ns": 1, "us": 10**3, "µs": 10**3, "μs": 10**3, "ms": 10**6, "s": 10**9, "m": 60 * 10**9}
UNNAMED: Final = re.compile(r"syscall_0x[0-9a-f]{1,8}", re.ASCII)
"""What a call is called whose number nobody knows."""
QUIET: Final = {
    "attach": "attach", "exit": "exit", "exits": "exit", "path-resolution": "path-resolution", "personality": "personality",
    "superseded": "thread-execve", "thread-execve": "thread-execve",
}  # fmt: skip
CHANGES: Final = "would change what the process does, and procdive never changes a process"


def listed(value: str) -> tuple[list[str], bool]:
    """The items of a list with commas, and whether it is denied; "all" is a denied list of nothing."""
    rest = value.lstrip("!")
    denied = bool((len(value) - len(rest)) % 2)
    if rest == "none":
        return [], denied
    if rest == "all":
        return [], not denied
    return [item for item in rest.split(",") if item], denied


def empty(value: str) -> bool:
    """Nothing is listed although something should be."""
    return not value.lstrip("!").strip(",")


def calls(value: str, words: Words) -> Choice[str] | Wrong:
    """trace=: names, classes, numbers, regular expressions."""
    if empty(value):
        return Wrong("trace= wants system calls: trace=openat,read or trace=%file")
    items, denied = listed(value)
    found: set[str] = set()
    for item in items:
        more = named(item, words)
        if isinstance(more, Wrong):
            return more
        found |= more
    return Choice(frozenset(found), denied)


def named(item: str, words: Words) -> frozenset[str] | Wrong:
    """What one item stands for. A ? before it: nothing, where it stands for nothing."""
    bare = item.lstrip("?")
    name, at, where = bare.rpartition("@") if not bare.startswith("/") else (bare, "", "")
    if not at:
        name = bare
    elif where not in ARCHES:
        return Wrong(f"{item}: behind @ stands {', '.join(ARCHES)}, as in open@32")
    found = frozenset[str]()
    if name.startswith("/"):
        matches = matching(name[1:], words.calls)
        if isinstance(matches, Wrong):
            return matches
        found = matches
    elif name.isascii() and name.isdecimal():
        found = words.by_number.get(int(name[:9]), frozenset())
    elif name in words.classes:
        found = words.classes[name]
    elif name in words.calls or UNNAMED.fullmatch(name):
        found = frozenset({name})
    if at:
        suffix = f"@{ARCHES[where]}"
        found = frozenset(one if "@" in one else one + suffix for one in found if "@" not in one or one.endswith(suffix))
    if found or bare != item:
        return found
    if name.startswith("/"):
        return Wrong(f"{item}: no system call matches")
    what = "class of system calls" if name.startswith("%") else "system call"
    return Wrong(f"{item}: no such {what}{words.near(name)}")


def numbers(key: str, value: str) -> Choice[int] | Wrong:
    """fd=, tid=, pid=, read=, write=."""
    return choice(key, value, number, f"numbers: {key}=7,8")


def number(item: str) -> int | None:
    """Decimal digits, not too many."""
    return int(item) if item.isascii() and item.isdecimal() and len(item) < 11 else None


def signals(key: str, value: str, words: Words) -> Choice[int] | Wrong:
    """signal=: names with or without SIG, numbers."""
    return choice(key, value, lambda item: by_name(item.upper().removeprefix("SIG"), words.signals, 255), f"signals: {key}=SIGCHLD,SIGTERM")


def errors(key: str, value: str, words: Words) -> Choice[int] | Wrong:
    """errno=: names, numbers."""
    return choice(key, value, lambda item: by_name(item.upper(), words.errors, 4095), f"names of errors: {key}=ENOENT,EACCES")


def statuses(key: str, value: str) -> Choice[str] | Wrong:
    """status=."""
    return choice(key, value, {name: name for name in STATUSES}.get, f"{', '.join(STATUSES)}: {key}=failed")


def quiet(key: str, value: str) -> Choice[str] | Wrong:
    """quiet=: what strace leaves unsaid."""
    return choice(key, value, QUIET.get, f"{', '.join(sorted({*QUIET.values()}))}: {key}=exit")


def by_name(item: str, names: Mapping[str, int], largest: int) -> int | None:
    """The number of a name, or that is written."""
    if item.isascii() and item.isdecimal():
        return int(item[:9]) if int(item[:9]) <= largest else None
    return names.get(item)


def choice(key: str, value: str, one: Callable[[str], T | None], wants: str) -> Choice[T] | Wrong:
    """A list of anything."""
    items, denied = listed(value)
    if empty(value):
        return Wrong(f"{key}= wants {wants}")
    found = set()
    for item in items:
        meant = one(item)
        if meant is None:
            return Wrong(f"{key}={item}: {key}= wants {wants}")
        found.add(meant)
    return Choice(frozenset(found), denied)


def duration(key: str, value: str) -> int | Wrong:
    """slower=: ns."""
    match = TIME.fullmatch(value)
    if match is None:
        return Wrong(f"{key}={value}: {key}= wants a time with its unit: {key}=1ms (ns, us, ms, s, m)")
    return round(float(match[1]) * UNITS[match[2].lower()])
