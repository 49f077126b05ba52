"""Who has a thing, a line a process: `  812 www-data nginx   fd 5 rw, fd 9 r  mapped r--s`."""

from collections.abc import Iterator, Sequence
from typing import Final

from explorer.model.having import Having, Use, WhoHas
from explorer.model.missing import Missing
from explorer.render.missing import sentence
from explorer.render.piece import Line, Piece, Role, piece
from explorer.render.width import cut, fit, width

USER: Final = 8
NAME: Final = 15
FDS: Final = 8
"""Descriptors that are named."""
PLAIN: Final = ("cwd", "root", "exe")


def lines(found: WhoHas, columns: int) -> tuple[Line, ...]:
    """A line a process, by pid."""
    digits = max((len(str(each.pid)) for each in found.who), default=5)
    return tuple(line(each, max(5, digits), columns) for each in found.who)


def line(one: Having, digits: int, columns: int) -> Line:
    """One process on one line: who, and how it has the thing."""
    parts = (part for index, group in enumerate(groups(one.uses)) for part in ((piece("  "),) * bool(index) + group))
    return fit((*head(one, digits), *parts), columns)


def table(one: Having, digits: int, columns: int) -> Iterator[Line]:
    """One process: a line for each of several things that it has, the first of them with who it is. columns 0: as wide as it takes."""
    front = head(one, digits)
    indent = (piece(" " * sum(width(part.text) for part in front)),)
    for index, group in enumerate(groups(one.uses, most=1 << 20 if not columns else FDS)):
        whole: Line = (*(indent if index else front), *group)
        yield fit(whole, columns) if columns else whole


def head(one: Having, digits: int) -> Line:
    """Pid, user and name; of the kernel no pid."""
    user, name = cut(piece(one.user or "-").text, USER), cut(piece(one.comm).text, NAME)
    return (
        piece(f"{one.pid or '-':>{digits}} "),
        piece(user + " " * (USER - width(user) + 1), Role.SECONDARY),
        piece(name + " " * (NAME - width(name) + 1), Role.NAME),
    )


def groups(uses: Sequence[Use], most: int = FDS) -> Iterator[Line]:
    """`fd 5 rw, fd 9 r  mapped r-xp  /usr/lib/x`, for each of several things."""
    together: dict[tuple[str, bool], list[Use]] = {}
    for use in uses:
        key = ("", False) if use.how == "lock" else (use.what, use.deleted)
        together.setdefault(key, []).append(use)
    for (what, deleted), same in together.items():
        said: Line = (piece("  ".join(how(same, most))),)
        if what:
            said = (*said, piece("  "), piece(what, Role.PATH))
        yield (*said, piece(" deleted", Role.MIND)) if deleted else said


def how(uses: Sequence[Use], most: int = FDS) -> Iterator[str]:
    """`fd 5 rw, fd 9 r`, `mapped r-xp`, `cwd`."""
    for sort, word in (("fd", "fd"), ("other end", "other end fd")):
        numbers = [use for use in uses if use.how == sort]
        if numbers:
            named = [f"{word} {use.fd} {use.access}".rstrip() for use in numbers[:most]]
            yield ", ".join(named) + (f" and {len(numbers) - most:,} more" if len(numbers) > most else "")
        shared = [use.fd for use in numbers if use.shared]
        if shared:
            yield "the same open file" if len(shared) == len(numbers) else f"the same open file: {listed(shared)}"
    mapped = dict.fromkeys(use.access for use in uses if use.how == "mapped")
    if mapped:
        yield f"mapped {' '.join(mapped)}"
    yield from dict.fromkeys(each for use in uses if (each := other(use)))


def other(use: Use) -> str:
    """Of what is neither descriptor nor mapping."""
    if use.how in PLAIN:
        return use.how
    if use.how == "inside":
        return "is in it"
    if use.how == "lock":
        return f"{'waits for lock' if use.waits else 'locked'} {use.access} {use.what}"
    return {"mount": "mounted", "swap": "swaps to it", "loop": "loop device"}.get(use.how, "")


def listed(numbers: Sequence[int]) -> str:
    """The first of them."""
    return " ".join(map(str, numbers[:FDS])) + (" …" if len(numbers) > FDS else "")


def progress(found: WhoHas) -> Line:
    """`3 have it`, and how far the search is."""
    count = sum(not each.is_at_other_end for each in found.who)
    far = len(found.who) - count
    words = "nobody has it" if not count and found.done else f"{count:,} {'has' if count == 1 else 'have'} it"
    words += f", {far:,} at the other end" if far else ""
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


def remarks(found: WhoHas) -> Iterator[Line]:
    """What else became known: sockets that nobody was seen to have, deleted files of the same name. Each a line."""
    for socket in found.unheld:
        whose = f" of {socket.user}" if socket.user else ""
        why = "whoever has it may not be looked at" if found.denied else "no process has it: the kernel does, or it was closed meanwhile"
        yield piece(f"{socket.what}{whose}: {why}"), Piece("")
    if found.older:
        have = "process has an older file" if found.older == 1 else "processes have older files"
        yield (piece(f"{found.older:,} other {have} of that name, deleted: procdive who '{found.thing.name} (deleted)'"),)
