"""Births and ends of the last moments, a line each: when, who, by whom, what it ran, how long it lived and how it ended."""

from dataclasses import dataclass
from typing import Final

from explorer.model.birth import Birth, Births
from explorer.model.missing import Missing
from explorer.render.command import command_words
from explorer.render.missing import sentence
from explorer.render.piece import Line, Role, piece
from explorer.render.states import exit_words
from explorer.render.times import duration
from explorer.render.width import cut, fit

PARENT: Final = 20
"""Columns of who made it."""
END: Final = 18
LONGEST: Final = 400
ROOT: Final = "an ordinary user's list has room for some 100 births between two looks, root's for 10,000: sudo procdive"


@dataclass(frozen=True, slots=True)
class Named:
    """As command_words() wants it."""

    comm: str
    argv: tuple[str, ...] | Missing
    is_kernel_thread: bool = False
    thread_of: int = 0


def births_title(births: Births) -> Line:
    """How many were born, and how many of them nobody told us."""
    line: Line = (piece(f"Births  {births.total:,} since procdive listens"), piece(", newest first", Role.SECONDARY))
    return (*line, piece(f"   ≤ {births.all_missed:,} more missed", Role.MIND)) if births.all_missed else line


def births_lines(births: Births, now: float, columns: int, *, root: bool) -> list[Line]:
    """The newest first. now: CLOCK_BOOTTIME seconds."""
    if births.off is not None:
        return [fit(sentence(births.off), columns)]
    more = [] if root else [fit((piece(ROOT, Role.SECONDARY),), columns)]
    if not births.last:
        return [(piece("nobody was born since"),), *more]
    return [*more, *(birth_line(birth, now, columns) for birth in reversed(births.last))]


def birth_line(birth: Birth, now: float, columns: int) -> Line:
    """One of them, at most so wide."""
    ago = f"{duration(max(0.0, now - birth.when)):>7} ago"
    lived = "" if birth.lived is None or isinstance(birth.status, Missing) else duration(birth.lived)
    parent = f"of {birth.parent} {birth.parent_comm}" if birth.parent_comm else f"of {birth.parent}"
    end, role = ending(birth)
    return fit(
        (
            piece(f"{ago} {birth.pid:>7}  ", Role.SECONDARY),
            piece(f"{lived:<8} "),
            piece(f"{end:<{END}} ", role),
            piece(f"{cut(piece(parent).text, PARENT):<{PARENT}}  ", Role.SECONDARY),
            *command(birth),
        ),
        columns,
    )


def ending(birth: Birth) -> tuple[str, Role]:
    """How it ended."""
    if isinstance(birth.status, Missing):
        return "end not seen", Role.MIND
    if birth.lived is None:
        return "lives", Role.NEW
    return exit_words(birth.status), Role.MIND if birth.status else Role.SECONDARY


def command(birth: Birth) -> Line:
    """What it ran, as far as it could be read."""
    if isinstance(birth.comm, Missing):
        return (piece(birth.comm.detail, Role.SECONDARY),)
    name, rest = command_words(Named(birth.comm, birth.argv), longest=LONGEST)
    if isinstance(birth.argv, Missing):
        return piece(name, Role.NAME), piece("  arguments not read", Role.SECONDARY)
    return piece(name, Role.NAME), piece(rest)
