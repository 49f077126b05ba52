"""Who has a thing, a line a process: `  812 www-data nginx   fd 5 rw, fd 9 r   mapped r--s`."""

from collections.abc import Sequence
from typing import Final

from explorer.model.having import Having, WhoHas
from explorer.model.missing import Missing
from explorer.render.missing import sentence
from explorer.render.piece import Line, Role, piece
from explorer.render.width import cut, fit, width

USER: Final = 8
NAME: Final = 15
FDS: Final = 8
"""Descriptors that are named."""


def lines(found: WhoHas, columns: int) -> tuple[Line, ...]:
    """A line a process, by pid."""
    digits = max((len(str(each.pid)) for each in found.who), default=5)
    return tuple(line(each, max(5, digits), columns) for each in found.who)


def line(one: Having, digits: int, columns: int) -> Line:
    """One process: who, and how it has the thing."""
    user, name = cut(piece(one.user).text, USER), cut(piece(one.comm).text, NAME)
    head: Line = (
        piece(f"{one.pid:>{digits}} "),
        piece(user + " " * (USER - width(user) + 1), Role.SECONDARY),
        piece(name + " " * (NAME - width(name) + 1), Role.NAME),
    )
    return fit((*head, piece("  ".join(how(one)))), columns)


def how(one: Having) -> list[str]:
    """`fd 5 rw, fd 9 r`, `mapped r-xp`, `cwd`."""
    words = []
    if one.fds:
        named = [f"fd {number} {mode}".rstrip() for number, mode in one.fds[:FDS]]
        more = f" and {len(one.fds) - FDS:,} more" if len(one.fds) > FDS else ""
        words.append(", ".join(named) + more)
    if one.shared:
        words.append("the same open file" if len(one.shared) == len(one.fds) else f"the same open file: {listed(sorted(one.shared))}")
    if one.mapped:
        words.append(f"mapped {' '.join(one.mapped)}")
    return [*words, *one.places]


def listed(numbers: Sequence[int]) -> str:
    """The first of them."""
    return " ".join(map(str, numbers[:FDS])) + (" …" if len(numbers) > FDS else "")


def progress(found: WhoHas) -> Line:
    """`3 have it`, and how far the search is."""
    count = len(found.who)
    words = "nobody has it" if not count and found.done else f"{count:,} {'has' if count == 1 else 'have'} it"
    if found.done:
        return (piece(words),)
    return (piece(words), piece(f"   looked at {found.looked:,} of {found.total:,} processes", Role.SECONDARY))


def doubts(found: WhoHas) -> Line:
    """Who could not be looked at, and why; () where everybody was."""
    parts = []
    if found.denied:
        parts.append(f"{found.denied:,} denied (root sees them)")
    if found.silent:
        parts.append(f"{found.silent:,} did not answer")
    said: Line = (piece(f"Not looked at: {', '.join(parts)}", Role.MIND),) if parts else ()
    if isinstance(found.unsure, Missing):
        said = (*said, *((piece("; "),) if said else ()), *sentence(found.unsure))
    return said
