"""The registry of collect/waits."""

from importlib import import_module
from pathlib import Path

from explorer.collect import waits
from explorer.decode.syscall import numbers

SHARED = {"__init__", "blocked", "ends", "mounts", "readiness", "sharing"}


def test_every_file_is_registered() -> None:
    files = {path.stem for path in Path(waits.__file__).parent.glob("*.py")} - SHARED
    assert files == {kind.name for kind in waits.WAITS} | set(waits.STATES)
    for name in files:
        assert callable(import_module(f"explorer.collect.waits.{name}").find)


def test_every_call_exists_and_belongs_to_one_kind() -> None:
    known = {name for arch in numbers.ARCHES for name in numbers.names(arch).values()} | {"send", "recv", "semop", "msgrcv", "msgsnd"}
    calls = [call for kind in waits.WAITS for call in kind.calls]
    assert len(calls) == len(set(calls))
    assert set(calls) <= known, set(calls) - known
