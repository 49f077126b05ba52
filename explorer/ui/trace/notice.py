"""What a person has to know about the engine that was taken: that all pay for it, or why it is not a better one."""

from typing import Final

from explorer.model.missing import Missing
from explorer.render.missing import sentence
from explorer.render.piece import Line, Role, piece

EVERYWHERE: Final = frozenset({"bpf"})
"""Engines that every process of the machine runs into."""
AS_ROOT: Final = "run as root"
MACHINE: Final = "every process of this machine pays a little for each system call while this is on"


def cure(why: Missing, pid: int) -> str:
    """What would help, as a command where one would."""
    return f"sudo procdive {pid}{why.cure.removeprefix(AS_ROOT)}" if why.cure.startswith(AS_ROOT) and pid else why.cure


def notice(engine: str, lesser: tuple[str, Missing] | None, pid: int) -> Line:
    """One line; () where there is nothing to know."""
    if lesser is not None:
        better, why = lesser
        return (piece(f"{engine}, not {better}: ", Role.MIND), *sentence(Missing(why.reason, why.detail, cure(why, pid))))
    return (piece(f"{engine}: {MACHINE}", Role.MIND),) if engine in EVERYWHERE else ()
