"""trace/choice.py: which engine for a process."""

import os

import pytest

from explorer.trace.choice import engine_for
from explorer.trace.ptrace import PtraceTracer
from tests.processes import Processes
from tests.tracing import identity


def test_ptrace_for_whom_nothing_better_is_there(processes: Processes) -> None:
    assert engine_for() == (PtraceTracer, {})
    assert engine_for(identity(processes.start("sleep", "60").pid)) == (PtraceTracer, {})
    # Nobody can: the last one says why when it is tried.
    assert engine_for(identity(os.getpid()))[0] is PtraceTracer


def test_one_that_is_wanted() -> None:
    assert engine_for(wanted="ptrace") == (PtraceTracer, {})
    with pytest.raises(LookupError, match="no engine magic: there is ptrace"):
        engine_for(wanted="magic")
