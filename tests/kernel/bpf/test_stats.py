"""kernel/bpf/stats.py: runs of programs of our own, measured while it is asked for and not otherwise."""

import os
from collections.abc import Callable

import pytest

from explorer.kernel.bpf import stats
from explorer.kernel.bpf.object import Object
from explorer.kernel.bpf.stats import Measuring, runs
from explorer.model.missing import Unreadable

CALLS = 500


def called() -> None:
    for _ in range(CALLS):
        os.getppid()


@pytest.mark.root
def test_runs_are_measured_while_it_is_asked_for(loaded: Object) -> None:
    loaded.attach()
    programs = loaded.descriptors()
    with Measuring():
        before = runs(programs)
        called()
        after = runs(programs)
    assert after.times - before.times >= CALLS
    assert after.nanoseconds > before.nanoseconds
    assert after.missed == before.missed
    loaded.detach()
    assert runs([-1]) == (0, 0, 0)


@pytest.mark.root
def test_a_refusal_says_what(monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusing:
        bpf_enable_stats: Callable[[int], int] = staticmethod(lambda _kind: -1)

    monkeypatch.setattr(stats, "libbpf", Refusing)
    with pytest.raises(Unreadable, match="measuring BPF programs"):
        Measuring()
