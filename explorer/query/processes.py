"""The filter language of the process table: text → what to ask of each process.

    nginx            in the command or the comm; capitals count once one is typed
    "two words"      as one text
    user:www-data    of that user, by name or uid
    cpu>5  rss>100M  more than; also < >= <= =          sizes in K M G T (1024), times in s m h d
    state:D          in one of these states             state:DR
    pid:812,813      these pids                         ppid: likewise
    tty:pts comm:ng  somewhere in that                  command: likewise
    !cron            not that; before any term

Terms are ANDed. What cannot be understood is answered with a Wrong that says why, never with an exception.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from explorer.model.missing import Missing
from explorer.model.snapshot import Process

Test = Callable[[Process], bool]
T = TypeVar("T", bound=Callable[..., bool])


@dataclass(frozen=True, slots=True)
class Wrong:
    """The text is no filter; message: a sentence about what is wrong with it."""

    message: str


@dataclass(frozen=True, slots=True)
class Filter:
    """What a text asks for. words: what is searched in commands and not denied, to mark the hits. Call it with a process."""

    text: str
    words: tuple[str, ...]
    tests: tuple[Test, ...]

    def __call__(self, process: Process) -> bool:
        return all(test(process) for test in self.tests)

    def spans(self, shown: str) -> list[tuple[int, int]]:
        """Where the words stand in a text, to mark them: (from, to), in order, not overlapping."""
        found: list[tuple[int, int]] = []
        for word in self.words:
            found += [match.span() for match in re.finditer(re.escape(word), shown, 0 if sharp(word) else re.IGNORECASE)]
        out: list[tuple[int, int]] = []
        for begin, end in sorted(found):
            if not out or begin >= out[-1][1]:
                out.append((begin, end))
        return out


TERM: Final = re.compile(r'!?(?:[a-z]+(?::|>=|<=|>|<|=))?(?:"[^"]*"?|\S)\S*|!', re.IGNORECASE)
KEYED: Final = re.compile(r"([A-Za-z%]+)(:|>=|<=|>|<|=)(.*)", re.DOTALL)
SIZE: Final = re.compile(r"(\d+(?:\.\d+)?)([kmgt]?)i?b?", re.IGNORECASE)
TIME: Final = re.compile(r"(\d+(?:\.\d+)?)([smhd]?)", re.IGNORECASE)
UNITS: Final = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
SECONDS: Final = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
COMPARE: Final[dict[str, Callable[[float, float], bool]]] = {
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
    "=": lambda a, b: a == b,
    ":": lambda a, b: a == b,
}
STATES: Final = "RSDTtZXIPWK"

NUMBERS: Final[dict[str, tuple[Callable[[Process], float], str]]] = {
    "cpu": (lambda p: p.cpu, "number"),
    "rss": (lambda p: p.rss, "size"),
    "mem": (lambda p: p.rss, "size"),
    "vsize": (lambda p: p.vsize, "size"),
    "threads": (lambda p: p.threads, "number"),
    "nice": (lambda p: p.nice, "number"),
    "time": (lambda p: p.utime + p.stime, "time"),
}
"""Keys that are compared. time: CPU time used."""

WORDS: Final[dict[str, Callable[[Process], str]]] = {
    "tty": lambda p: p.tty,
    "comm": lambda p: p.comm,
    "command": lambda p: p.command,
}
"""Keys that are searched in."""

KEYS: Final = ("user", "state", "pid", "ppid", "pgrp", "session", *NUMBERS, *WORDS)


def parse(text: str, ticks: int = 100) -> Filter | Wrong:
    """The filter that a text means; an empty text wants everything. ticks: clock ticks a second, for time."""
    found = terms(text, lambda body: term_test(body, ticks), word_test, negated)
    return found if isinstance(found, Wrong) else Filter(text, *found)


def terms(
    text: str, meant: Callable[[str], T | Wrong | str], word: Callable[[str], T], opposite: Callable[[T], T]
) -> tuple[tuple[str, ...], tuple[T, ...]] | Wrong:
    """The words of a text that are searched and not denied, and the tests of all its terms.

    meant: what a term without its ! is, a text where it is to be looked for. word: the test for that.
    """
    words: list[str] = []
    tests: list[T] = []
    for match in TERM.finditer(text):
        term = match.group()
        denied = term.startswith("!")
        body = term[1:] if denied else term
        if not body:
            return Wrong("! wants something after it: !cron")
        test = meant(body)
        if isinstance(test, Wrong):
            return test
        if isinstance(test, str):
            if not test:
                continue
            if not denied:
                words.append(test)
            test = word(test)
        tests.append(opposite(test) if denied else test)
    return tuple(words), tuple(tests)


def term_test(body: str, ticks: int) -> Test | Wrong | str:
    """One term without its !: a test, or the text to look for in commands."""
    keyed = KEYED.fullmatch(body)
    if keyed is None or keyed[1].lower() not in KEYS:
        return body.strip('"')
    key, sign, value = keyed[1].lower(), keyed[2], keyed[3].strip('"')
    if not value:
        return Wrong(f"{key}{sign} wants something after it: {EXAMPLES[key]}")
    if key in NUMBERS:
        return number_test(key, sign, value, ticks)
    if sign not in {":", "="}:
        return Wrong(f"{key} cannot be compared with {sign}: write {EXAMPLES[key]}")
    if key in WORDS:
        return text_test(WORDS[key], value)
    if key == "user":
        return lambda p: value in {p.user, str(p.uid) if not isinstance(p.uid, Missing) else ""}
    if key == "state":
        return state_test(value)
    return pid_test(key, value)


EXAMPLES: Final = {
    "user": "user:www-data", "state": "state:D", "pid": "pid:812", "ppid": "ppid:1", "pgrp": "pgrp:812", "session": "session:812",
    "cpu": "cpu>5", "rss": "rss>100M", "mem": "mem>100M", "vsize": "vsize>1G", "threads": "threads>10", "nice": "nice<0", "time": "time>1m",
    "tty": "tty:pts/0", "comm": "comm:nginx", "command": "command:nginx",
}  # fmt: skip


def number_test(key: str, sign: str, value: str, ticks: int) -> Test | Wrong:
    """A comparison."""
    get, sort = NUMBERS[key]
    compare = COMPARE[sign]
    if sort == "number":
        try:
            number = float(value.removesuffix("%"))
        except ValueError:
            return Wrong(f"{key}{sign}{value}: {value} is no number; write {EXAMPLES[key]}")
    else:
        match = (SIZE if sort == "size" else TIME).fullmatch(value)
        if match is None:
            return Wrong(f"{key}{sign}{value}: {value} is no {sort}; write {EXAMPLES[key]}")
        unit = match[2].lower()
        number = float(match[1]) * (UNITS[unit] if sort == "size" else SECONDS[unit] * ticks)
    return lambda p: compare(get(p), number)


def state_test(value: str) -> Test | Wrong:
    """In one of the states, each a letter of ps."""
    states = value.replace(",", "")
    wrong = [letter for letter in states if letter not in STATES and letter.upper() not in STATES]
    if wrong or not states:
        return Wrong(f"state:{value}: states are {' '.join(STATES)}, as in state:D")
    # d means D, but t (traced) is not T (stopped).
    wanted = frozenset(letter if letter in STATES else letter.upper() for letter in states)
    return lambda p: p.state in wanted


def pid_test(key: str, value: str) -> Test | Wrong:
    """One of the pids."""
    numbers = [part for part in value.split(",") if part]
    if not numbers or not all(part.isascii() and part.isdigit() for part in numbers):
        return Wrong(f"{key}:{value}: {key} wants numbers, as in {EXAMPLES[key]},813")
    wanted = frozenset(map(int, (part[:20] for part in numbers)))
    if key == "pid":
        return lambda p: p.id.pid in wanted
    if key == "ppid":
        return lambda p: p.ppid in wanted
    if key == "pgrp":
        return lambda p: p.pgrp in wanted
    return lambda p: p.session in wanted


def sharp(word: str) -> bool:
    """Whether capitals count: once one is typed."""
    return word != word.lower()


def text_test(get: Callable[[Process], str], word: str) -> Test:
    """The word somewhere in a text."""
    if sharp(word):
        return lambda p: word in get(p)
    return lambda p: word in get(p).lower()


def word_test(word: str) -> Test:
    """The word somewhere in the command, or in comm (a rewritten title may not have the program's name in it)."""
    if sharp(word):
        return lambda p: word in p.command or word in p.comm
    return lambda p: word in p.command.lower() or word in p.comm.lower()


def negated(test: Test) -> Test:
    """The opposite."""
    return lambda p: not test(p)
