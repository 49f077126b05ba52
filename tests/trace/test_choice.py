"""trace/choice.py: which engine for a process."""

import os

import pytest

from explorer.model.missing import Missing, Reason
from explorer.trace.bpf.engine import BpfTracer
from explorer.trace.choice import engine_for
from explorer.trace.ptrace import PtraceTracer
from tests.processes import Processes
from tests.tracing import identity

WHY = Missing(Reason.DENIED, "BPF is for root", "run as root")


def test_the_best_one_that_can(processes: Processes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BpfTracer, "unusable", lambda _target=None: None)
    assert engine_for() == (BpfTracer, {})
    assert engine_for(identity(processes.start("sleep", "60").pid)) == (BpfTracer, {})


def test_why_not_a_better_one(processes: Processes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BpfTracer, "unusable", lambda _target=None: WHY)
    assert engine_for() == (PtraceTracer, {"bpf": WHY})
    assert engine_for(identity(processes.start("sleep", "60").pid)) == (PtraceTracer, {"bpf": WHY})
    # Nobody can: the last one says why when it is tried.
    assert engine_for(identity(os.getpid()))[0] is PtraceTracer


def test_one_that_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BpfTracer, "unusable", lambda _target=None: WHY)
    assert engine_for(wanted="ptrace") == (PtraceTracer, {})
    assert engine_for(wanted="bpf") == (BpfTracer, {})
    with pytest.raises(LookupError, match="no engine magic: there is bpf, ptrace"):
        engine_for(wanted="magic")
