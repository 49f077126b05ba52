"""What a process may and may not do."""

from explorer.decode.constants.auxv import AT_SECURE
from explorer.decode.proc.auxv import decode
from explorer.decode.text import text
from explorer.model.missing import Missing, Unreadable
from explorer.model.overview import Confinement
from explorer.model.status import Capabilities, Status
from explorer.resolve.place import Place
from explorer.resolve.system import System


def confinement(system: System, at: Place, status: Status | Missing) -> Confinement:
    """Capabilities, no_new_privs, seccomp, and what a security module calls it."""
    if isinstance(status, Missing):
        return Confinement(Capabilities(status, status, status, status, status), status, status, status, status, None)
    return Confinement(
        status.capabilities, status.no_new_privs, status.seccomp, status.seccomp_filters, label(system, at), secure(system, at)
    )


def label(system: System, at: Place) -> str | Missing:
    """attr/current; "" where no security module labels processes, or this one is not confined by one."""
    try:
        found = text(system.proc.read(at.path, "attr", "current")).strip("\n\0")
    except Unreadable:
        # EINVAL where no module is active: nothing is hidden from us.
        return ""
    return "" if found == "unconfined" else found


def secure(system: System, at: Place) -> bool | None:
    """AT_SECURE of the auxiliary vector (getauxval(3))."""
    try:
        pairs = decode(system.proc.read(at.path, "auxv"), 8 if at.stat.startstack >> 32 else 4)
    except Unreadable:
        return None
    values = dict(pairs)
    return bool(values[AT_SECURE]) if AT_SECURE in values else None
