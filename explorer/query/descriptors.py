"""The filter language of descriptors: text → what to ask of each, whoever holds it.

    access.log             in the name of its process, what it is called, or its kind; capitals count once one is typed
    "two words"            as one text
    kind:tcp,pipe          one of these: regular, directory, chr, socket, unix, tcp, listen, memfd, cwd, mapped …
    :443  tcp:LISTEN  @::1 as lsof's -i; also udp:53, i:6
    state:LISTEN           a socket in one of these states
    path:/var/log          that file, or what is below that folder
    fs:ext4  mount:/home   on such a file system, on that mount
    pid:812,813  comm:nginx  user:www-data  fd:0-2,cwd
    rw:w                   opened to write; r, w, rw
    size>1M  pos>0  queue>0  links<1      sizes in K M G T (1024)
    peer:redis             somewhere in who is at the other end, by name or pid; also: who else has it
    is:deleted             also locked, listening, shared, connected
    !cron                  not that; before any term

Terms are ANDed. What cannot be understood is answered with a Wrong that says why, never with an exception.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from explorer.model.fd import Fd
from explorer.query.inet import NO_NAMES, Names, NotUnderstood, inet, state_of
from explorer.query.processes import COMPARE, KEYED, SIZE, UNITS, Wrong, sharp, terms
from explorer.query.thing import (
    LSOF,
    Owner,
    Test,
    Thing,
    is_deleted,
    kinds_of,
    links_of,
    path_of,
    position_of,
    queue_of,
    size_of,
    text_of,
)
from explorer.query.thing import state_of as state_of_thing


@dataclass(frozen=True, slots=True)
class Filter:
    """What a text asks for. words: what is searched and not denied, to mark the hits. Call it with who holds what."""

    text: str
    words: tuple[str, ...]
    tests: tuple[Test, ...]

    def __call__(self, owner: Owner, thing: Thing) -> bool:
        return all(test(owner, thing) for test in self.tests)


NUMBERS: Final[dict[str, Callable[[Thing], int | None]]] = {
    "size": size_of,
    "pos": position_of,
    "queue": queue_of,
    "links": links_of,
}
"""Keys that are compared; where there is no number, no comparison holds."""
IS: Final[dict[str, Callable[[Thing], bool]]] = {
    "deleted": is_deleted,
    "locked": lambda thing: bool(getattr(thing, "locks", ())),
    "listening": lambda thing: state_of_thing(thing) == "LISTEN",
    "shared": lambda thing: bool(getattr(thing, "others", ())),
    "connected": lambda thing: bool(getattr(thing, "peers", ())),
}
EXAMPLES: Final = {
    "kind": "kind:tcp", "state": "state:LISTEN", "path": "path:/var/log", "fs": "fs:ext4", "mount": "mount:/home", "pid": "pid:812",
    "comm": "comm:nginx", "user": "user:www-data", "fd": "fd:3", "rw": "rw:w", "size": "size>1M", "pos": "pos>0", "queue": "queue>0",
    "links": "links<1", "peer": "peer:redis", "also": "also:812", "is": "is:deleted", "i": "i:tcp:443",
}  # fmt: skip
KEYS: Final = tuple(EXAMPLES)
INET: Final = re.compile(r"(?:[46]?(?:tcp|udplite|udp|mptcp|sctp|dccp|raw|icmp)[:@]|[:@]).+", re.IGNORECASE | re.DOTALL)
"""What -i would take and no name of anything looks like."""


def parse(text: str, names: Names = NO_NAMES) -> Filter | Wrong:
    """The filter that a text means; an empty text wants everything."""
    found = terms(text, lambda body: term_test(body, names), word_test, negated)
    return found if isinstance(found, Wrong) else Filter(text, *found)


def term_test(body: str, names: Names) -> Test | Wrong | str:
    """One term without its !: a test, or the text to look for."""
    if INET.fullmatch(body):
        return inet_test(body, names)
    keyed = KEYED.fullmatch(body)
    if keyed is None or keyed[1].lower() not in KEYS:
        return body.strip('"')
    key, sign, value = keyed[1].lower(), keyed[2], keyed[3].strip('"')
    if not value:
        return Wrong(f"{key}{sign} wants something after it: {EXAMPLES[key]}")
    if key in NUMBERS:
        return number_test(key, sign, value)
    if sign not in {":", "="}:
        return Wrong(f"{key} cannot be compared with {sign}: write {EXAMPLES[key]}")
    return VALUES[key](value) if key in VALUES else inet_test(value, names)


def inet_test(value: str, names: Names) -> Test | Wrong:
    """As -i."""
    try:
        matches = inet(value, names)
    except NotUnderstood as why:
        return Wrong(str(why).removeprefix("-i "))
    return lambda _, thing: isinstance(thing, Fd) and matches(thing)


def number_test(key: str, sign: str, value: str) -> Test | Wrong:
    """A comparison."""
    get, compare, match = NUMBERS[key], COMPARE[sign], SIZE.fullmatch(value)
    if match is None:
        return Wrong(f"{key}{sign}{value}: {value} is no number; write {EXAMPLES[key]}")
    number = float(match[1]) * UNITS[match[2].lower()]
    return lambda _, thing: (found := get(thing)) is not None and compare(found, number)


def kind_test(value: str) -> Test:
    """By any of the words for what it is; listen stands for the state."""
    wanted = frozenset(value.lower().split(","))
    return lambda _, thing: any(word.lower() in wanted for word in (*kinds_of(thing), state_of_thing(thing)))


def state_test(value: str) -> Test | Wrong:
    """Sockets in one of these states."""
    states = [state_of(word) for word in value.split(",")]
    if not all(states):
        return Wrong(f"state:{value}: states are as in {EXAMPLES['state']}, ESTABLISHED, CLOSE_WAIT …")
    return lambda _, thing: state_of_thing(thing) in states


def path_test(value: str) -> Test:
    """A file, or what is below a folder."""
    whole, below = value.rstrip("/") or "/", value.rstrip("/") + "/"
    return lambda _, thing: (path := path_of(thing)) == whole or path.startswith(below)


def pid_test(value: str) -> Test | Wrong:
    """One of these processes."""
    numbers = [part for part in value.split(",") if part]
    if not numbers or not all(part.isascii() and part.isdigit() for part in numbers):
        return Wrong(f"pid:{value}: pid wants numbers, as in {EXAMPLES['pid']},813")
    wanted = frozenset(int(part[:20]) for part in numbers)
    return lambda owner, _: owner.pid in wanted


def fd_test(value: str) -> Test | Wrong:
    """By number, range, or cwd, root, exe, mapped in our words or lsof's."""
    names, ranges = set(), []
    for word in filter(None, value.lower().split(",")):
        low, dash, high = word.partition("-")
        if low.isascii() and low.isdecimal() and (not dash or (high.isascii() and high.isdecimal())):
            ranges.append((int(low[:20]), int((high or low)[:20])))
        elif word in ("cwd", *LSOF, *LSOF.values()):
            names.add(word)
        else:
            return Wrong(f"fd:{value}: {word} is no number, nor cwd, root, exe, mapped")

    def test(_: Owner, thing: Thing) -> bool:
        if isinstance(thing, Fd):
            return any(low <= thing.number <= high for low, high in ranges)
        return any(word in names for word in kinds_of(thing))

    return test


def rw_test(value: str) -> Test | Wrong:
    """Opened so."""
    if value not in {"r", "w", "rw"}:
        return Wrong(f"rw:{value}: want r, w or rw")
    return lambda _, thing: set(value) <= set(getattr(thing, "access", ""))


def is_test(value: str) -> Test | Wrong:
    """A yes or no."""
    answer = IS.get(value.lower())
    if answer is None:
        return Wrong(f"is:{value}: there are {', '.join(f'is:{name}' for name in IS)}")
    return lambda _, thing: answer(thing)


def people_test(attribute: str, value: str) -> Test:
    """Who has the other end, or this one too, by pid or a part of the name."""

    def test(_: Owner, thing: Thing) -> bool:
        return any(value in {str(holder.pid), ""} or value in holder.comm for holder in getattr(thing, attribute, ()))

    return test


def named(get: Callable[[Owner, Thing], str], value: str) -> Test:
    """One of the words, whole."""
    wanted = frozenset(value.split(","))
    return lambda owner, thing: get(owner, thing) in wanted


def user_test(value: str) -> Test:
    """By name or uid."""
    wanted = frozenset(value.split(","))
    return lambda owner, _: owner.user in wanted or str(owner.uid) in wanted


def word_test(word: str) -> Test:
    """The word somewhere in what a person sees; capitals count once one is typed."""
    if sharp(word):
        return lambda owner, thing: word in owner.comm or word in text_of(thing)
    return lambda owner, thing: word in owner.comm.lower() or word in text_of(thing).lower()


def negated(test: Test) -> Test:
    """The opposite."""
    return lambda owner, thing: not test(owner, thing)


VALUES: Final[dict[str, Callable[[str], Test | Wrong]]] = {
    "kind": kind_test,
    "state": state_test,
    "path": path_test,
    "fs": lambda value: named(lambda _, thing: str(getattr(thing, "fstype", "")), value),
    "mount": lambda value: named(lambda _, thing: str(getattr(thing, "mount", "")), value),
    "pid": pid_test,
    "comm": lambda value: lambda owner, _: value in owner.comm,
    "user": user_test,
    "fd": fd_test,
    "rw": rw_test,
    "peer": lambda value: people_test("peers", value),
    "also": lambda value: people_test("others", value),
    "is": is_test,
}
"""Keys that take words."""
