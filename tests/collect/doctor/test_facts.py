"""collect/doctor/facts.py"""

from explorer.collect.doctor.facts import audit, fact, tracefs
from explorer.model.check import Verdict
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.resolve.system import System


def test_a_fact_that_is_none() -> None:
    def refuse(reason: Reason) -> str:
        raise Unreadable(Missing(reason, "audit"))

    denied = fact("audit", lambda: refuse(Reason.DENIED), "root")
    assert (denied.verdict, denied.detail, denied.cure) == (Verdict.FACT, "no: audit: denied", "root")
    assert fact("x", lambda: refuse(Reason.GONE), "").detail == "no: audit"


def test_they_say_something(system: System) -> None:
    for check in (audit, tracefs):
        found = check(system)
        assert found.verdict is Verdict.FACT
        assert found.detail
        assert not found.detail.startswith("no") or found.cure
