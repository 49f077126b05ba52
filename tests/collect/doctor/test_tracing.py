"""collect/doctor/tracing.py"""

import pytest

from explorer.collect.doctor.tracing import bpf, ptrace
from explorer.kernel import probes
from explorer.kernel.bpf import support
from explorer.model.check import Verdict
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.resolve.system import System

LACKING = Missing(Reason.UNSUPPORTED, "there is no libbpf.so.1", "install libbpf1")


def test_what_works_is_one_verdict_with_what_it_needs(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(support, "facts", lambda: iter([("rights", "CAP_BPF"), ("programs", "one was run")]))
    found = bpf(system)
    assert (found.verdict, found.detail) == (Verdict.WORKS, "one was run")
    assert [(part.name, part.verdict, part.detail) for part in found.parts] == [("rights", Verdict.WORKS, "CAP_BPF")]


def test_what_is_lacking_has_the_cure_beside_it(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(support, "facts", lambda: iter([("rights", "CAP_BPF"), ("library", LACKING), ("programs", LACKING)]))
    found = bpf(system)
    assert (found.verdict, found.cure) == (Verdict.NOT, "")
    assert [(part.verdict, part.cure) for part in found.parts] == [(Verdict.WORKS, ""), (Verdict.NOT, "install libbpf1")]


def test_where_no_condition_says_why_the_program_itself_does(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = Missing(Reason.DENIED, "loading BPF programs", "run as root")
    monkeypatch.setattr(support, "facts", lambda: iter([("rights", "CAP_BPF"), ("programs", refused)]))
    found = bpf(system)
    assert (found.verdict, found.detail, found.cure) == (Verdict.NOT, "loading BPF programs: denied", "run as root")


def test_on_this_machine(system: System) -> None:
    found = bpf(system)
    lacking = [part for part in found.parts if part.verdict is Verdict.NOT]
    assert found.verdict is (Verdict.NOT if lacking else Verdict.WORKS)
    assert all(part.cure for part in lacking)
    assert {part.name for part in found.parts} == support.CONDITIONS.keys() - {"programs"}


def test_ptrace(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ptrace(system)
    assert before.verdict is not Verdict.FACT

    def refuse(pid: int) -> None:
        raise Unreadable(Missing(Reason.DENIED, f"ptrace(2) of process {pid}"))

    monkeypatch.setattr(probes, "seize", refuse)
    found = ptrace(system)
    assert found.verdict is Verdict.NOT
    assert found.detail.endswith(": denied")
    assert "ptrace_scope" in found.cure
