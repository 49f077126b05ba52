"""lsof's selecting options: texts → terms of a selection. What cannot be understood raises NotUnderstood, with one sentence."""

import re
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from explorer.model.fd import Fd
from explorer.model.keeping import Keeping
from explorer.query.inet import NO_NAMES, Names, NotUnderstood, in_states, inet
from explorer.query.selection import EVERY_WAY, Term
from explorer.query.thing import Owner, Thing, is_deleted, links_of

COMM: Final = 15
"""Bytes that the kernel keeps of a command's name (TASK_COMM_LEN of include/linux/sched.h, less one)."""
KEPT_AS: Final = {
    "cwd": ("cwd", None), "rtd": ("root", None), "root": ("root", None), "txt": ("exe", None), "exe": ("exe", None),
    "mem": ("mapped", False), "mmap": ("mapped", False), "del": ("mapped", True), "mapped": ("mapped", None),
}  # fmt: skip
"""-d's words, lsof's and ours: of mapped files mem means those whose name is there, DEL those whose name is gone, mapped both."""
REGEX: Final = re.compile(r"/(.*)/([bix]*)", re.DOTALL)
BASIC: Final = re.compile(r"\\(.)|([(){}|+?])", re.DOTALL)
"""What a basic regular expression has the other way round: \\( groups, ( is itself."""


class Split(NamedTuple):
    """What is wanted, and what with a ^ is left out."""

    wanted: tuple[str, ...]
    denied: tuple[str, ...]


def split(values: Iterable[str], option: str) -> Split:
    """The words of comma lists. Raises NotUnderstood."""
    wanted: list[str] = []
    denied: list[str] = []
    for value in values:
        words = [word for word in value.replace(",", " ").split() if word != "^"]
        if not words:
            raise NotUnderstood(f"{option} {value}: wants at least one, as in {option} {EXAMPLES[option]}")
        for word in words:
            (denied if word.startswith("^") else wanted).append(word.removeprefix("^"))
    return Split(tuple(wanted), tuple(denied))


EXAMPLES: Final = {"-p": "812,813 or -p ^812", "-g": "811", "-u": "www-data,mail or -u ^root", "-d": "0-2,cwd or -d ^mem"}


def numbers(words: Iterable[str], option: str) -> tuple[int, ...]:
    """Pids and the like. Raises NotUnderstood."""
    found = []
    for word in words:
        if not (word.isascii() and word.isdecimal() and len(word) <= 10):
            hint = "; the name of a process goes with -c" if option == "-p" else ""
            raise NotUnderstood(f"{option} {word}: want numbers, as in {option} {EXAMPLES[option]}{hint}")
        found.append(int(word))
    return tuple(found)


def pid(number: int) -> Term:
    """-p of one process."""
    return Term("-p", f"-p {number}", owner=lambda owner: owner.pid == number, nothing="no such process")


def pgrp(number: int) -> Term:
    """-g of one process group."""
    return Term("-g", f"-g {number}", owner=lambda owner: owner.pgrp == number, nothing="no such process group")


def user(word: str) -> Term:
    """-u of one user, by name or uid."""
    return Term("-u", f"-u {word}", owner=is_user(word), nothing="no process of that user")


def is_user(word: str) -> Callable[[Owner], bool]:
    """By name or uid."""
    return lambda owner: word in {owner.user, str(owner.uid)}


def command(text: str) -> Term:
    """-c: how its command begins, or /regular expression/ with b, i or x behind it. Raises NotUnderstood."""
    return Term("-c", f"-c {text}", owner=is_command(text), nothing="no process is called that")


def is_command(text: str) -> Callable[[Owner], bool]:
    """As lsof's -c. Raises NotUnderstood."""
    if not text:
        raise NotUnderstood("-c wants the beginning of a command, or a /regular expression/")
    if not text.startswith("/"):
        begins = text.encode("utf-8", "surrogateescape")[:COMM]
        return lambda owner: owner.comm.encode("utf-8", "surrogateescape").startswith(begins)
    found = REGEX.fullmatch(text)
    if not found:
        raise NotUnderstood(f"-c {text}: want /regular expression/, and b, i or x behind it")
    body = BASIC.sub(turned, found[1]) if "b" in found[2] else found[1]
    try:
        expression = re.compile(body, re.IGNORECASE if "i" in found[2] else 0)
    except (re.error, OverflowError, RecursionError) as why:
        raise NotUnderstood(f"-c {text}: {found[1]} is no regular expression ({why})") from None
    return lambda owner: bool(expression.search(owner.comm))


def turned(match: re.Match[str]) -> str:
    """A basic regular expression's brackets as an extended one has them."""
    escaped, plain = match[1], match[2]
    if plain:
        return f"\\{plain}"
    return escaped if escaped in "(){}|+?" else f"\\{escaped}"


def network(text: str, names: Names = NO_NAMES) -> Term:
    """-i. Raises NotUnderstood."""
    matches = inet(text, names)
    return Term("inet", f"-i {text}".rstrip(), thing=lambda thing: isinstance(thing, Fd) and matches(thing), nothing="no such socket")


def unix() -> Term:
    """-U."""
    return Term("unix", "-U", thing=is_unix, nothing="no unix socket")


def is_unix(thing: Thing) -> bool:
    """Whether it is an AF_UNIX socket."""
    return getattr(getattr(thing, "socket", None), "family", "") == "unix"


def nfs() -> Term:
    """-N."""
    return Term("nfs", "-N", thing=is_nfs, nothing="no file on NFS", ways=EVERY_WAY)


def is_nfs(thing: Thing) -> bool:
    """Whether it is a file on NFS of any version."""
    return str(getattr(thing, "fstype", "")).startswith("nfs")


def links(text: str) -> Term:
    """+L1: files of less names than so many. Raises NotUnderstood."""
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and int(text)):
        raise NotUnderstood(f"+L {text}: want a number, as in +L1: files that have fewer names than so many")
    most = int(text)

    def asks(thing: Thing) -> bool:
        return (found := links_of(thing)) is not None and found < most

    return Term("links", f"+L{text}", thing=asks, nothing="no such file", ways=EVERY_WAY)


def deleted() -> Term:
    """--deleted: files whose name is gone; not memory, which never had one."""
    return Term("links", "--deleted", thing=is_deleted, nothing="no deleted file", ways=EVERY_WAY)


def states(text: str) -> Callable[[Thing], bool]:
    """-s: what is left out for it. Raises NotUnderstood."""
    passes = in_states(text)
    return lambda thing: isinstance(thing, Fd) and not passes(thing)


class Numbers(NamedTuple):
    """-d, understood: either a term, or what is left out."""

    term: Term | None = None
    denied: Callable[[Thing], bool] | None = None


def descriptors(values: Iterable[str]) -> Numbers:
    """-d: 0-2, cwd, txt, mem, rtd, fd; all with ^ or none. Raises NotUnderstood."""
    values = list(values)
    if not values:
        return Numbers()
    found = split(values, "-d")
    if found.wanted and found.denied:
        raise NotUnderstood(f"-d {','.join(values)}: either descriptors that are wanted, or with ^ those that are not")
    words = found.wanted or found.denied
    asks = is_numbered(words)
    if found.denied:
        return Numbers(denied=asks)
    ways = frozenset(KEPT_AS[word.lower()][0] for word in words if word.lower() in KEPT_AS)
    return Numbers(Term("-d", f"-d {','.join(words)}", thing=asks, nothing="no such descriptor", ways=ways))


def is_numbered(words: Iterable[str]) -> Callable[[Thing], bool]:
    """Raises NotUnderstood."""
    ranges: list[tuple[int, int]] = []
    kept: set[tuple[str, bool]] = set()
    for word in words:
        low, dash, high = word.partition("-")
        if word.lower() in KEPT_AS:
            how, deleted = KEPT_AS[word.lower()]
            kept |= {(how, each) for each in (False, True) if deleted in {None, each}}
        elif word == "fd":
            ranges.append((0, 1 << 31))
        elif is_number(low) and (not dash or (is_number(high) and int(low) <= int(high))):
            ranges.append((int(low), int(high or low)))
        else:
            raise NotUnderstood(f"-d {word}: want numbers, ranges (0-7), fd, cwd, txt, mem, DEL, rtd")

    def asks(thing: Thing) -> bool:
        if isinstance(thing, Keeping):
            return (thing.how, thing.deleted is True) in kept
        return any(low <= thing.number <= high for low, high in ranges)

    return asks


def is_number(word: str) -> bool:
    """Of a descriptor."""
    return word.isascii() and word.isdecimal() and len(word) <= 10
