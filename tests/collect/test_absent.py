"""collect/absent.py"""

import os

from explorer.collect.absent import absent
from explorer.model.missing import Missing, Reason
from explorer.model.process import ProcessId
from explorer.resolve.place import Place, place
from explorer.resolve.system import System

DENIED = Missing(Reason.DENIED, "x")


def test_what_anybody_may_know(system: System) -> None:
    at = place(system, os.getpid())
    assert isinstance(at, Place)
    found = absent(system, at.id, DENIED)
    assert found.missing == DENIED
    assert found.rss > 1 << 20
    assert found.owner == found.us == system.users.name(os.geteuid())


def test_gone_outweighs_the_rest(system: System) -> None:
    assert absent(system, ProcessId(1 << 22, 1), DENIED).missing.reason is Reason.GONE
