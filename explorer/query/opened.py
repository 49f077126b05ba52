"""The filter language of open files: text → what to ask of each row.

    nginx              in the command, the kind or the target; capitals count once one is typed
    "two words"        as one text
    tcp:LISTEN :443    a socket as lsof's -i names it: 4tcp, udp@10.0.0.9:53, :80,443, @::1; -i alone is any of them
    kind:pipe          of that kind: regular, directory, pipe, socket, tcp, unix, eventfd …, cwd, exe, mapped, deleted
    user:www-data      of that user                     pid:812,813     of these processes
    comm:ng  path:/var somewhere in that                state:LISTEN    of a socket
    fd:3  size>1M  pos>0  queue>0  rate>0  shared>1     more than; also < >= <= =; sizes in K M G T (1024)
    !cron              not that; before any term

Terms are ANDed. What cannot be understood is answered with a Wrong that says why, never with an exception.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from explorer.model import opened
from explorer.model.fd import Fd
from explorer.model.opened import Opened
from explorer.query.inet import NotUnderstood, inet
from explorer.query.processes import COMPARE, SIZE, TERM, UNITS, Wrong, sharp

Test = Callable[[Opened], bool]

KEYED: Final = re.compile(r"([a-z]+)(:|>=|<=|>|<|=)(.*)", re.DOTALL | re.IGNORECASE)
INET: Final = re.compile(r"[46]?(?:tcp|udplite|udp|mptcp|raw|icmp)(?:[@:].*)?|[46]?[@:].+", re.IGNORECASE | re.DOTALL)
"""What is taken for lsof's -i without a -i before it."""

AMOUNTS: Final[dict[str, Callable[[Opened], float]]] = {
    "size": opened.size,
    "pos": opened.position,
    "queue": opened.queue,
    "rate": lambda row: abs(row.rate),
    "shared": opened.sharers,
    "fd": lambda row: getattr(row.what, "number", -1),
}
WORDS: Final[dict[str, Callable[[Opened], str]]] = {
    "comm": lambda row: row.owner.comm,
    "path": lambda row: row.target,
}
EXAMPLES: Final = {
    "user": "user:www-data", "pid": "pid:812,813", "kind": "kind:pipe", "state": "state:LISTEN", "comm": "comm:nginx", "path": "path:/var",
    "fd": "fd:3", "size": "size>1M", "pos": "pos>0", "queue": "queue>0", "rate": "rate>0", "shared": "shared>1",
}  # fmt: skip
ALIASES: Final = {
    "file": "regular",
    "reg": "regular",
    "dir": "directory",
    "epoll": "eventpoll",
    "sock": "socket",
    "mem": "mapped",
    "txt": "exe",
}
"""What other tools call a kind."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a text asks for. words: what is searched and not denied, to mark the hits. Call it with a row."""

    text: str
    words: tuple[str, ...] = ()
    tests: tuple[Test, ...] = ()

    def __call__(self, row: Opened) -> bool:
        return all(test(row) for test in self.tests)


def parse(text: str) -> Filter | Wrong:
    """The filter that a text means; an empty text wants everything."""
    words: list[str] = []
    tests: list[Test] = []
    after_i = False
    for match in TERM.finditer(text):
        term = match.group()
        if term == "-i":
            after_i = True
            continue
        denied = term.startswith("!")
        body = term[1:] if denied else term
        if not body:
            return Wrong("! wants something after it: !cron")
        if body.startswith("-i") and len(body) > 2:
            after_i, body = True, body[2:]
        test = inet_test(body) if after_i else term_test(body)
        after_i = False
        if isinstance(test, Wrong):
            return test
        if isinstance(test, str):
            if not test:
                continue
            if not denied:
                words.append(test)
            test = word_test(test)
        tests.append(negated(test) if denied else test)
    if after_i:
        tests.append(of_descriptors(inet("")))
    return Filter(text, tuple(words), tuple(tests))


def term_test(body: str) -> Test | Wrong | str:
    """One term without its !: a test, or the text to look for."""
    keyed = KEYED.fullmatch(body)
    if keyed is not None and keyed[1].lower() in EXAMPLES:
        return keyed_test(keyed[1].lower(), keyed[2], keyed[3].strip('"'))
    return inet_test(body) if INET.fullmatch(body) else body.strip('"')


def keyed_test(key: str, sign: str, value: str) -> Test | Wrong:
    """key:value, key>value."""
    if not value:
        return Wrong(f"{key}{sign} wants something after it: {EXAMPLES[key]}")
    if key in AMOUNTS:
        return amount_test(key, sign, value)
    if sign not in {":", "="}:
        return Wrong(f"{key} cannot be compared with {sign}: write {EXAMPLES[key]}")
    if key in WORDS:
        return text_test(WORDS[key], value)
    if key == "user":
        return lambda row: row.owner.user == value
    if key == "state":
        state = value.upper()
        return lambda row: getattr(getattr(row.what, "socket", None), "state", "") == state
    if key == "kind":
        wanted = ALIASES.get(value.lower(), value.lower())
        return lambda row: wanted in kinds(row)
    numbers = value.split(",")
    if not all(number.isascii() and number.isdigit() for number in numbers):
        return Wrong(f"{key}:{value}: {key} wants numbers, as in {EXAMPLES[key]}")
    pids = frozenset(int(number[:20]) for number in numbers)
    return lambda row: row.owner.process.pid in pids


def amount_test(key: str, sign: str, value: str) -> Test | Wrong:
    """A comparison."""
    match = SIZE.fullmatch(value)
    if match is None:
        return Wrong(f"{key}{sign}{value}: {value} is no number; write {EXAMPLES[key]}")
    get, compare, number = AMOUNTS[key], COMPARE[sign], float(match[1]) * UNITS[match[2].lower()]
    return lambda row: compare(get(row), number)


def inet_test(body: str) -> Test | Wrong:
    """As lsof's -i."""
    try:
        return of_descriptors(inet(body))
    except NotUnderstood as wrong:
        return Wrong(str(wrong))


def of_descriptors(matches: Callable[[Fd], bool]) -> Test:
    """A predicate over descriptors, of rows."""
    return lambda row: isinstance(row.what, Fd) and matches(row.what)


def kinds(row: Opened) -> tuple[str, ...]:
    """All that a row's kind may be called, in small letters."""
    what = row.what
    deleted = ("deleted",) if getattr(what, "deleted", False) is True else ()
    if not isinstance(what, Fd):
        return (what.how, *deleted)
    socket = getattr(what, "socket", None)
    if (family := getattr(socket, "family", "")) == "":
        return (what.kind, *deleted)
    parts = (getattr(socket, name, "") for name in ("protocol", "type", "state", "ip_protocol"))
    return (what.kind, family, *(part.lower() for part in parts if part))


def text_test(get: Callable[[Opened], str], word: str) -> Test:
    """The word somewhere in a text."""
    if sharp(word):
        return lambda row: word in get(row)
    return lambda row: word in get(row).lower()


def word_test(word: str) -> Test:
    """The word in the command, the target, or the beginning of one of the kind's names."""
    if sharp(word):
        return lambda row: word in row.owner.comm or word in row.target
    return lambda row: word in row.owner.comm.lower() or word in row.target.lower() or any(each.startswith(word) for each in kinds(row))


def negated(test: Test) -> Test:
    """The opposite."""
    return lambda row: not test(row)
