"""kernel/probes.py: each either works or says why; none leaves anything behind."""

import errno
import os
import platform
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


def test_bpf_is_open_or_says_what_stands_before_it() -> None:
    before = len(os.listdir("/proc/self/fd"))
    assert probes.bpf_error() in {errno.EBADF, errno.EPERM, errno.ENOSYS}
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_machine_whose_number_of_it_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    assert probes.bpf_error() == errno.ENOSYS


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
