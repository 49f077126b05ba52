"""A command line as people read it: the program's name apart from the rest, odd arguments quoted so that they can be told apart."""

from functools import lru_cache
from typing import Final, Protocol

from explorer.model.missing import Missing
from explorer.render.missing import short
from explorer.render.piece import Line, Role, piece
from explorer.render.process import shell_word

LONGEST: Final = 4096
"""Characters of a command line that are looked at: no screen shows more, and there are arguments of megabytes."""

USUAL: Final = 32
"""Arguments up to which a command line is remembered."""


class Commanded(Protocol):
    """A process, whoever tells of it: a row of the table, a card."""

    @property
    def argv(self) -> tuple[str, ...] | Missing:
        """Its arguments."""

    @property
    def comm(self) -> str:
        """Its name."""

    @property
    def is_kernel_thread(self) -> bool:
        """Whether it is one."""

    @property
    def thread_of(self) -> int:
        """0; of a thread the process that it belongs to."""


def command_words(process: Commanded, *, paths: bool = False, longest: int = LONGEST) -> tuple[str, str]:
    """The program's name and the rest, which begins with a space where there is one.

    paths: the name with its folder. A title that the program wrote over its arguments ("nginx: worker process") is one
    argument with spaces: it is shown as it is, never quoted, its first word being the name. A thread is its comm in braces,
    as pstree(1) writes it, a kernel thread in brackets, as ps(1) does.
    """
    if process.thread_of:
        return f"{{{process.comm}}}", ""
    if not isinstance(process.argv, tuple) or not process.argv:
        return (f"[{process.comm}]" if process.is_kernel_thread else process.comm), ""
    if len(process.argv) <= USUAL:
        return _words(process.argv, paths, longest)
    return words(process.argv, paths, longest)


def words(argv: tuple[str, ...], paths: bool, longest: int) -> tuple[str, str]:
    """Name and rest of a command line that has at least its name."""
    first = argv[0][:longest]
    name, gap, title = first.partition(" ")
    if not name:
        name, gap, title = (first, "", "") if first else ("''", "", "")
    if not paths and "/" in name:
        name = name.rstrip("/").rpartition("/")[2] or name
    rest, room = [gap + title] if gap else [], longest
    for argument in argv[1:]:
        if room <= 0:
            break
        rest.append(" " + shell_word(argument[:room]))
        room -= len(argument) + 1
    return name, "".join(rest)


_words = lru_cache(256)(words)
"""A row is drawn anew when its figures change, with the same command."""


def command_pieces(process: Commanded, *, paths: bool = False, longest: int = LONGEST) -> Line:
    """The same as pieces; why it could not be read, where it could not."""
    name, rest = command_words(process, paths=paths, longest=longest)
    role = Role.TEXT if process.is_kernel_thread or process.thread_of else Role.NAME
    if isinstance(process.argv, Missing):
        return (piece(name, role), piece(" "), *short(process.argv))
    return (piece(name, role), piece(rest)) if rest else (piece(name, role),)
