"""What holds it in: no_new_privs, seccomp, security label, namespaces."""

from typing import Final

from explorer.model.missing import Missing
from explorer.model.overview import Namespace, Overview
from explorer.model.rates import Rates
from explorer.render.entries import Entry, lacking
from explorer.render.missing import sentence
from explorer.render.piece import Line, Piece, Role, piece

SECCOMP: Final = {0: "off", 1: "strict: read, write, _exit and sigreturn only"}


def confinement(overview: Overview, rates: Rates | None = None) -> list[Entry]:  # noqa: ARG001
    """Nothing of it is true of most processes; what is unusual is marked."""
    held = overview.confinement
    found = []
    if isinstance(held.no_new_privs, Missing):
        found.append(lacking("no_new_privs", held.no_new_privs))
    else:
        yes = (piece("yes", Role.NAME), Piece("  no execve gives it more rights", Role.SECONDARY))
        found.append(Entry("no_new_privs", yes if held.no_new_privs else (piece("no", Role.SECONDARY),)))
    found.append(Entry("seccomp", seccomp(held.seccomp, held.seccomp_filters)))
    if held.secure:
        found.append(Entry("AT_SECURE", (piece("its executable gave it rights: setuid, setgid or file capabilities", Role.PRIVILEGED),)))
    if isinstance(held.label, Missing):
        found.append(lacking("label", held.label))
    elif held.label:
        found.append(Entry("label", (piece(held.label),)))
    found.append(namespaces(overview.namespaces))
    return found


def seccomp(mode: int | Missing, filters: int | Missing) -> Line:
    """Off, strict, or how many filters."""
    if isinstance(mode, Missing):
        return sentence(mode)
    if mode == 2:
        count = "" if isinstance(filters, Missing) else f", {filters} filter{'s' if filters != 1 else ''}"
        return (piece(f"filtered{count}", Role.NAME),)
    return (piece(SECCOMP.get(mode, str(mode)), Role.NAME if mode else Role.SECONDARY),)


def namespaces(found: tuple[Namespace, ...] | Missing) -> Entry:
    """Those that are not ours; unfolded, all."""
    if isinstance(found, Missing):
        return lacking("namespaces", found)
    others = [each.kind for each in found if not each.ours]
    if others:
        line: Line = (piece(f"not ours: {' '.join(others)}", Role.MIND),)
    else:
        line = (piece("all ours", Role.SECONDARY),)
    return Entry("namespaces", line, tuple(namespace(each) for each in found))


def namespace(each: Namespace) -> Line:
    """`net    4026531840  ours, not that of process 1`."""
    words = ["ours" if each.ours else "not ours"]
    if isinstance(each.first, bool):
        words.append("that of process 1" if each.first else "not that of process 1")
    role = Role.SECONDARY if each.ours else Role.MIND
    return (Piece(f"{each.kind:<18}", Role.SECONDARY), piece(f"{each.inode}  "), piece(", ".join(words), role))
