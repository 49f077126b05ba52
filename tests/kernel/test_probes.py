"""kernel/probes.py: each either works or says why; none leaves anything behind."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from explorer.kernel import probes
from explorer.model.missing import Reason, Unreadable


def tried(trial: Callable[[], object]) -> object:
    """Its value, or the reason why there is none."""
    try:
        return trial()
    except Unreadable as refused:
        return refused.missing.reason


def test_libraries() -> None:
    assert probes.library("libc.so.6") == "libc.so.6"
    assert tried(lambda: probes.library("libnowhere.so.9")) is Reason.GONE


def test_a_bpf_map_leaves_no_descriptor() -> None:
    before = len(os.listdir("/proc/self/fd"))
    assert tried(probes.bpf_map) in {None, Reason.DENIED, Reason.UNSUPPORTED}
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_handle(handled: Path) -> None:
    found = tried(lambda: probes.handle(str(handled)))
    assert isinstance(found, tuple)
    assert found[1]
    assert tried(lambda: probes.handle("/nowhere")) is Reason.GONE


@pytest.mark.root
def test_audit_answers_root() -> None:
    found = tried(probes.audit_status)
    assert isinstance(found, tuple | Reason)
    if isinstance(found, tuple):
        assert found[0] in {0, 1, 2}


def test_a_seized_child_runs_on() -> None:
    with subprocess.Popen(["sleep", "60"]) as child:
        found = tried(lambda: probes.seize(child.pid))
        status = Path(f"/proc/{child.pid}/status").read_text()
        child.kill()
    assert found is None or isinstance(found, Reason)
    if found is None:
        assert f"TracerPid:\t{os.getpid()}" in status
    assert tried(lambda: probes.seize(1 << 30)) is Reason.GONE


def test_memory_of_ourselves_and_of_nobody() -> None:
    assert tried(lambda: probes.open_memory(os.getpid())) is None
    assert tried(lambda: probes.open_memory(1 << 30)) is Reason.GONE
