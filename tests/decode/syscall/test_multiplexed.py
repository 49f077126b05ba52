"""Calls that stand for several."""

import struct

import pytest

from explorer.decode.syscall import numbers
from explorer.decode.syscall.multiplexed import IPC_CALLS, SOCKET_CALLS, unfold
from explorer.decode.syscall.signatures import signature
from explorer.model.trace import Call
from tests.memory import Written


@pytest.mark.parametrize("number", range(1, len(SOCKET_CALLS) + 1))
def test_each_socket_call(number: int) -> None:
    memory = Written(at_1000=struct.pack("<6I", 1, 2, 3, 4, 5, 6))
    name, registers = unfold(Call(102, (), "i386", memory=memory), "socketcall", [number, 0x1000, 0, 0, 0, 0])
    assert (name, len(registers)) == SOCKET_CALLS[number - 1]
    assert registers == list(range(1, len(registers) + 1))
    assert len(signature(name, "").arguments) == len(registers)
    assert name in numbers.numbers("i386") or name in {"send", "recv", "accept"}


@pytest.mark.parametrize("number", IPC_CALLS)
def test_each_ipc_call(number: int) -> None:
    name, registers = unfold(Call(117, (), "i386"), "ipc", [number, 1, 2, 3, 4, 5])
    assert name == IPC_CALLS[number]
    assert len(registers) == len(signature(name, "").arguments)


def test_what_says_nothing_stays_as_it_is() -> None:
    registers = [99, 0x1000, 0, 0, 0, 0]
    for name in ("socketcall", "ipc"):
        assert unfold(Call(0, (), "i386"), name, registers)[1] is registers
    assert unfold(Call(0, (), "i386"), "mmap", registers) == ("mmap", registers)
