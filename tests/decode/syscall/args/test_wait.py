"""How children end."""

import struct

import pytest

from explorer.decode.syscall.args.wait import status_text
from tests.decode.syscall.decoded import MINUS_ONE, text
from tests.memory import Written


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (0x300, "WIFEXITED(s) && WEXITSTATUS(s) == 3"),
        (0x8B, "WIFSIGNALED(s) && WTERMSIG(s) == SIGSEGV && WCOREDUMP(s)"),
        (0x137F, "WIFSTOPPED(s) && WSTOPSIG(s) == SIGSTOP"),
        (0x857F, "WIFSTOPPED(s) && WSTOPSIG(s) == SIGTRAP | 0x80"),
        (0x3057F, "WIFSTOPPED(s) && WSTOPSIG(s) == SIGTRAP | PTRACE_EVENT_CLONE << 16"),
        (0xFFFF, "WIFCONTINUED(s)"),
    ],
)
def test_how_a_child_ended(status: int, text: str) -> None:
    assert status_text(status) == text


def test_a_status_only_where_a_child_was_waited_for() -> None:
    memory = Written(at_1000=struct.pack("<I", 0x100))
    assert text("wait4", MINUS_ONE, 0x1000, 1, 0, memory=memory, result=0) == "wait4(-1, 0x1000, WNOHANG, NULL) = 0"
    assert text("wait4", MINUS_ONE, 0x1000, 1, 0, memory=memory, result=7) == (
        "wait4(-1, [{WIFEXITED(s) && WEXITSTATUS(s) == 1}], WNOHANG, NULL) = 7"
    )
