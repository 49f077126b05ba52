"""A call's text, for tests: text("close", 3, result=0)."""

from typing import Any

from explorer.decode.syscall import decode_syscall, numbers
from explorer.decode.syscall.call import DEFAULT, Style
from explorer.model.trace import Call, Memory, Syscall
from explorer.render.strace import UNFINISHED, strace_text
from tests.memory import Written

MINUS_ONE = (1 << 64) - 1
AT_FDCWD = MINUS_ONE - 99


def syscall(name: str, *args: int, arch: str = "x86_64", memory: Memory | None = None, style: Style = DEFAULT, **more: Any) -> Syscall:
    """Decoded. more: result, fds, opened, entry, as Call has them."""
    result = more.pop("result", None)
    return decode_syscall(Call(numbers.numbers(arch)[name], args, arch, result, memory or Written(), **more), style)


def text(name: str, *args: int, **more: Any) -> str:
    """As strace writes it; of a call in flight without what says so."""
    return strace_text(syscall(name, *args, **more)).removesuffix(UNFINISHED)


def arguments(name: str, *args: int, **more: Any) -> list[str]:
    """The text of each argument that is shown."""
    return [value.text for _, value in syscall(name, *args, **more).args]
