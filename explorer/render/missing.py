"""Words for what could not be had."""

from explorer.model.missing import Missing, Reason
from explorer.render.piece import Line, Role, piece

ROLES = {Reason.GONE: Role.GONE, Reason.DENIED: Role.MIND, Reason.UNSUPPORTED: Role.SECONDARY, Reason.TIMED_OUT: Role.MIND}

SAY_IT_ALL = ("a kernel thread has no", "a zombie has no", "there is no process")
"""Details after which the reason would say it again."""


def short(missing: Missing) -> Line:
    """The reason alone, for a cell."""
    return (piece(missing.reason.value, ROLES[missing.reason]),)


def sentence(missing: Missing) -> Line:
    """What, why and what helps, on one line."""
    if missing.detail.startswith(SAY_IT_ALL):
        head: Line = (piece(missing.detail),)
    else:
        head = (piece(missing.detail + ": "), *short(missing)) if missing.detail else short(missing)
    return (*head, piece(" — " + missing.cure, Role.SECONDARY)) if missing.cure else head
