"""kernel/bpf/compiled.py: the object of this machine, or why there is none."""

import platform
from pathlib import Path

import pytest

from explorer.kernel.bpf import compiled as module
from explorer.kernel.bpf.compiled import ARCHES, Made, compiled
from explorer.model.missing import Reason, Unreadable


@pytest.mark.parametrize("machine", ARCHES)
def test_each_machine_has_its_own(machine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: machine)
    raw = compiled("trial")
    assert raw.startswith(b"\x7fELF")
    assert "clang version" in Made.read(raw).compiler


def test_a_machine_that_none_are_compiled_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    with pytest.raises(Unreadable) as refusal:
        compiled("trial")
    assert refusal.value.missing.detail == "no BPF programs are compiled for riscv64, only for x86_64 and aarch64"


def test_none_that_came_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "OBJECTS", tmp_path)
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    with pytest.raises(Unreadable) as refusal:
        compiled("trial")
    assert refusal.value.missing.reason is Reason.UNSUPPORTED
    assert "trial.x86_64.bpf.o" in refusal.value.missing.detail
    assert refusal.value.missing.cure


def test_what_it_was_made_of_and_with() -> None:
    made = Made("0" * 64, "clang version 14.0.6")
    assert Made.read(b"\x7fELF..." + made.written() + b"\0...") == made
    with pytest.raises(ValueError, match="no object of ours"):
        Made.read(b"\x7fELF")
