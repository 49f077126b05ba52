"""Who it is to the kernel: users and groups, capabilities by name, what it gave up."""

from collections.abc import Sequence
from typing import Final

from explorer.decode.constants.capabilities import KNOWN, capability_names
from explorer.model.missing import Missing
from explorer.model.overview import Account, Overview
from explorer.model.rates import Rates
from explorer.model.status import Capabilities
from explorer.render.entries import Entry, lacking, listed
from explorer.render.missing import sentence
from explorer.render.piece import Line, Piece, Role, piece

KINDS: Final = ("real", "effective", "saved", "file system")
SETS: Final = ("effective", "permitted", "inheritable", "bounding", "ambient")


def rights(overview: Overview, rates: Rates | None = None) -> list[Entry]:  # noqa: ARG001
    """User, group, supplementary groups, capabilities, umask."""
    who = overview.credentials
    found = [four("user", who.uid), four("group", who.gid)]
    if isinstance(who.groups, Missing):
        found.append(lacking("groups", who.groups))
    elif who.groups:
        found.append(Entry("groups", listed([account(each) for each in who.groups])))
    if isinstance(who.outside, tuple) and who.outside:
        found.append(user_namespace(who.outside))
    found.append(capabilities(overview.confinement.capabilities, root=is_root(who.uid)))
    if not isinstance(overview.umask, Missing):
        found.append(Entry("umask", (piece(f"{overview.umask:04o}"),)))
    return found


def account(each: Account) -> str:
    """`www-data (33)`, the number alone where it has no name."""
    return f"{each.name} ({each.id})" if each.name != str(each.id) else each.name


def is_root(uid: Sequence[Account] | Missing) -> bool:
    """Whether its effective uid is 0."""
    return not isinstance(uid, Missing) and uid[1].id == 0


def four(label: str, ids: tuple[Account, Account, Account, Account] | Missing) -> Entry:
    """One where all four are the same; else each that differs from the real one."""
    if isinstance(ids, Missing):
        return lacking(label, ids)
    role = Role.PRIVILEGED if label == "user" and any(each.id == 0 for each in ids) else Role.TEXT
    if len({each.id for each in ids}) == 1:
        return Entry(label, (piece(account(ids[0]), role),))
    words = ", ".join(f"{kind} {account(each)}" for kind, each in zip(KINDS, ids, strict=True))
    return Entry(label, (piece(words, role if role is Role.PRIVILEGED else Role.MIND),))


def user_namespace(ranges: tuple[tuple[int, int, int], ...]) -> Entry:
    """How its user namespace's ids are seen from ours."""
    words = [f"{inside} is {outside} here" + (f", and {count - 1:,} more" if count > 1 else "") for inside, outside, count in ranges]
    return Entry("uids inside", listed(words, "; "))


def capabilities(sets: Capabilities, *, root: bool) -> Entry:
    """The effective set; unfolded, all five."""
    found: dict[str, int | Missing] = {
        "effective": sets.effective,
        "permitted": sets.permitted,
        "inheritable": sets.inheritable,
        "bounding": sets.bounding,
        "ambient": sets.ambient,
    }
    more = tuple((Piece(f"{name:<12}", Role.SECONDARY), *capability_line(found[name], root=root)) for name in SETS)
    return Entry("capabilities", capability_line(sets.effective, root=root), more)


def capability_line(mask: int | Missing, *, root: bool) -> Line:
    """Names; of almost all, what is missing from all."""
    if isinstance(mask, Missing):
        return sentence(mask)
    if not mask:
        return (piece("none", Role.SECONDARY),)
    role = Role.TEXT if root else Role.PRIVILEGED
    if mask & KNOWN == KNOWN:
        return (piece("all", role),)
    lacking = KNOWN & ~mask
    if lacking.bit_count() <= 4:
        return (piece(f"all but {', '.join(capability_names(lacking))}", role),)
    return (piece(", ".join(capability_names(mask)), role),)
