"""The registry of collect/waits."""

from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.collect import waits
from explorer.collect.glance import Glance
from explorer.decode.proc.syscall import Registers
from explorer.decode.syscall import numbers
from explorer.model.stack import Age, Doing, Thread
from explorer.model.trace import Syscall
from explorer.resolve.system import System
from tests.fakeproc import FakeProc

NUMBERS = {name: number for number, name in numbers.names("x86_64").items()}


class Anything:
    """Memory that holds one thing everywhere."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def read(self, address: int, size: int) -> bytes:
        return (self.data * (size // max(1, len(self.data)) + 1))[:size]


ARCHES = ["x86_64", "i386", "aarch64"]
REGISTERS = st.tuples(*[st.sampled_from([0, 1, 3, 7, 0xFFFFFFFF, 0x7F0000000000, (1 << 64) - 1]) | st.integers(0, (1 << 64) - 1)] * 6)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> System:
    proc = FakeProc(tmp_path_factory.mktemp("proc"))
    proc.file("7/stat", "7 (x) S 1 7 7 0 -1\n")
    proc.file("7/status", "Name:\tx\nSigBlk:\t0\nSigCgt:\t3\n")
    proc.file("7/task/7/comm", "x\n")
    proc.file("locks", "1: FLOCK  ADVISORY  WRITE 7 00:01:5 0 EOF\n")
    proc.fd(7, 3, "pipe:[5]", "pos:\t0\nflags:\t00\n")
    proc.fd(7, 1, "anon_inode:[eventpoll]", "pos:\t0\nflags:\t02\ntfd:        3 events:       19 data:                3\n")
    return proc.system


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(waits.OF_CALL)), REGISTERS, st.binary(max_size=40), st.sampled_from("SDTtRZ"), st.sampled_from(ARCHES))
def test_never_raises_whatever_registers_and_memory_hold(
    machine: System, call: str, args: tuple[int, ...], data: bytes, state: str, arch: str
) -> None:
    glance = Glance(machine, 7)
    glance._memories[7] = Anything(data)  # type: ignore[assignment]
    glance._registers[7, 7] = Registers(NUMBERS.get(call, 202), args, 0, 0)
    thread = Thread(7, "x", state, doing=Doing.CALL, call=Syscall(call, (), arch=arch), age=Age(1.0))
    found = waits.wait(glance, thread, args)
    assert found is None or found.text


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
