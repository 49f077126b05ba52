"""collect/doctor/facts.py"""

from explorer.collect.doctor.facts import btf, fact, libbpf, tracefs
from explorer.model.check import Verdict
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.resolve.system import System


def test_a_fact_that_is_none() -> None:
    def refuse(reason: Reason) -> str:
        raise Unreadable(Missing(reason, "bpf(2)"))

    denied = fact("bpf(2)", lambda: refuse(Reason.DENIED), "root")
    assert (denied.verdict, denied.detail, denied.cure) == (Verdict.FACT, "no: bpf(2): denied", "root")
    assert fact("x", lambda: refuse(Reason.GONE), "").detail == "no: bpf(2)"


def test_they_say_something(system: System) -> None:
    for check in (btf, libbpf, tracefs):
        found = check(system)
        assert found.verdict is Verdict.FACT
        assert found.detail
        assert not found.detail.startswith("no") or found.cure
