"""render/overview/rights.py"""

from dataclasses import replace

from explorer.model.missing import Missing, Reason
from explorer.model.overview import Account
from explorer.model.status import Capabilities
from explorer.render.overview.rights import capability_line, rights
from explorer.render.piece import Role, plain
from tests.facts import OVERVIEW, ROOT, WWW


def of(**changes: object) -> dict[str, str]:
    who = replace(OVERVIEW.credentials, **changes)  # type: ignore[arg-type]
    return {entry.label: plain(entry.value) for entry in rights(replace(OVERVIEW, credentials=who))}


def test_users_and_groups() -> None:
    assert of()["user"] == "www-data (33)"
    assert of(uid=(ROOT, WWW, ROOT, WWW))["user"] == "real root (0), effective www-data (33), saved root (0), file system www-data (33)"
    assert of(groups=(WWW, Account(4, "adm"), Account(777, "777")))["groups"] == "www-data (33), adm (4), 777"
    assert of(outside=((0, 100000, 65536),))["uids inside"] == "0 is 100000 here, and 65,535 more"


def test_capabilities() -> None:
    assert plain(capability_line(0, root=False)) == "none"
    assert plain(capability_line((1 << 41) - 1, root=False)) == "all"
    assert plain(capability_line((1 << 41) - 1 - (1 << 24), root=True)) == "all but CAP_SYS_RESOURCE"
    few = capability_line(1 << 10 | 1 << 60, root=False)
    assert plain(few) == "CAP_NET_BIND_SERVICE, CAP_60"
    assert few[0].role is Role.PRIVILEGED
    sets = Capabilities(0, 1, 1, 1, Missing(Reason.UNSUPPORTED, "status has no CapAmb"))
    held = replace(OVERVIEW.confinement, capabilities=sets)
    entry = next(entry for entry in rights(replace(OVERVIEW, confinement=held)) if entry.label == "capabilities")
    assert len(entry.more) == 5
    assert "status has no CapAmb" in plain(entry.more[4])
