"""The environment, secrets masked."""

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from explorer.decode.secret import masked
from explorer.model.environ import Environ, Variable
from explorer.render.entries import clipped, folded
from explorer.render.lazy import LazyRows
from explorer.render.pages import ENVIRONMENT
from explorer.render.piece import Line, Piece, Role, piece
from explorer.render.sheet import Row, Sheet
from explorer.render.width import fit, width

REVEAL: Final = "reveal:"
LONGEST: Final = 1 << 17


class Shown(NamedTuple):
    """A variable, the key of its row, and what is shown in place of its value: None where it is no secret."""

    key: str
    variable: Variable
    mask: str | None


def judged(environ: Environ, scope: str = "") -> tuple[Shown, ...]:
    """Each variable, in order. Takes its time where there are many, so not in the screen's thread.

    scope: goes into the keys, so that what was revealed in one process stays masked in another.
    """
    found, seen = [], dict[str, int]()
    for variable in environ.variables:
        # A name may stand there twice.
        count = seen[variable.name] = seen.get(variable.name, 0) + 1
        key = f"{scope}{variable.name}" + (f"#{count}" if count > 1 or not variable.name else "")
        found.append(Shown(key, variable, masked(variable.name, variable.value)))
    return tuple(found)


def sheet(environ: Environ, shown: Sequence[Shown], columns: int, options: Collection[str] = ()) -> Sheet:
    """One variable a row, in the order that execve was given them. options: "reveal:KEY" shows the value of the row with that key."""

    def make(index: int) -> Row:
        key, variable, mask = shown[index]
        return row(key, variable, columns, None if REVEAL + key in options else mask)

    hidden = sum(each.mask is not None and REVEAL + each.key not in options for each in shown)
    return Sheet(LazyRows(len(shown), make), (), notes(environ, columns), f"{len(shown):,}", summary(environ, hidden))


def row(key: str, variable: Variable, columns: int, shown: str | None = None) -> Row:
    """shown: in place of the value."""
    whole = pair(variable, shown)
    line, cut = clipped(whole, 4 * columns)
    unfold = None
    if cut or sum(width(part.text) for part in line) > columns:

        def unfold(inner: int) -> tuple[Line, ...]:
            return tuple((Piece("  "), *part) for part in folded(whole, max(1, inner - 2)))

    return Row(key, fit(line, columns), unfold, copy=assignment(variable, shown), pages=ENVIRONMENT)


def pair(variable: Variable, shown: str | None) -> Line:
    """NAME=value."""
    value = (piece(variable.value[:LONGEST]),) if shown is None else (piece(shown), Piece("  masked", Role.SECONDARY))
    if not variable.name:
        return (*value, Piece("  no NAME=value", Role.SECONDARY))
    return (piece(variable.name, Role.NAME), Piece("=", Role.SECONDARY), *value)


def assignment(variable: Variable, shown: str | None) -> str:
    """What is copied: exact, or as masked as it is shown."""
    value = variable.value if shown is None else shown
    return f"{variable.name}={value}" if variable.name else value


def notes(environ: Environ, columns: int) -> tuple[Line, ...]:
    """What is odd about it."""
    words = []
    if not environ.variables:
        words.append("It was started with no environment" + (", or has overwritten it." if environ.padding else "."))
    elif environ.padding:
        words.append("Partly overwritten: the process has written its title over it.")
    if environ.cut:
        words.append("Cut: it is longer than we read.")
    return tuple(fit((piece(text, Role.MIND),), columns) for text in words)


def summary(environ: Environ, hidden: int) -> Line:
    """As it was at the start; how many are masked."""
    count = len(environ.variables)
    words = f"{count} at its start" if count else ""
    return (piece(words), *((piece(f" · {hidden} masked, r shows it", Role.MIND),) if hidden else ()))


def hide(environ: Environ, names: Collection[str] = (), *, everything: bool = False) -> tuple[tuple[Variable, bool], ...]:
    """For a command: each variable, masked unless it is among the names, and whether it was."""
    out = []
    for variable in environ.variables:
        shown = None if everything or variable.name in names else masked(variable.name, variable.value)
        out.append((variable, False) if shown is None else (Variable(variable.name, shown), True))
    return tuple(out)
