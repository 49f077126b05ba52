"""collect/doctor/iterators.py"""

import os
from pathlib import Path

import pytest

from explorer.collect.doctor import iterators as module
from explorer.collect.doctor.iterators import walk
from explorer.kernel.bpf.support import unsupported
from explorer.kernel.procfs import Procfs
from explorer.model.check import Verdict
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.resolve.system import System


def test_where_programs_run_the_walk_comes_by_ourselves(system: System) -> None:
    if unsupported() is not None:
        pytest.skip("no programs here")
    found = walk(system)
    assert found.verdict is Verdict.WORKS
    assert " 0 of our own" not in found.detail
    assert not found.cure


def test_where_they_do_not_it_is_said_what_would_help(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(_: str) -> None:
        raise Unreadable(Missing(Reason.DENIED, "CAP_BPF not held", "run as root"))

    monkeypatch.setattr(module, "Walks", refuses)
    found = walk(system)
    assert (found.verdict, found.cure) == (Verdict.PARTLY, "run as root")
    assert found.detail.endswith("not in one walk: CAP_BPF not held: denied")


def test_the_proc_of_another_pid_namespace(tmp_path: Path) -> None:
    if os.geteuid():
        pytest.skip("needs root")
    (tmp_path / "self").symlink_to("4711")
    found = walk(System(Procfs(str(tmp_path))))
    assert found.verdict is Verdict.PARTLY
    assert "another pid namespace" in found.detail or "BPF" in found.detail
