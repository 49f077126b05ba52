"""A call exactly as strace -y writes it, on one line."""

from typing import Final

from explorer.decode.syscall.value import shown
from explorer.model.trace import Syscall, Value

NAMED: Final = {
    "clone": ("child_stack", "flags", "parent_tid", "tls", "child_tid"),
}
"""Calls whose arguments strace names, in its order where the registers have another."""
NAMES: Final = {"child_tid": "child_tidptr"}
UNFINISHED: Final = " <unfinished ...>"


def strace_text(call: Syscall) -> str:
    """`openat(AT_FDCWD, "x", O_RDONLY) = -1 ENOENT (No such file or directory)`; in flight `read(0<pipe:[1]>,  <unfinished ...>`."""
    head = f"{call.name}({', '.join(arguments(call))}"
    return head + (UNFINISHED if call.result is None else f") = {result_text(call.result, call.error)}")


def arguments(call: Syscall) -> list[str]:
    """Each argument's text."""
    if call.name not in NAMED:
        return [shown(value) for _, value in call.args]
    order = NAMED[call.name]
    known = sorted(call.args, key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order))
    return [f"{NAMES.get(name, name)}={shown(value)}" for name, value in known]


def result_text(result: Value, error: str) -> str:
    """What stands after the equals sign."""
    text = shown(result)
    if error:
        text = f"{text} {error}"
    return f"{text} ({result.note})" if result.note and result.kind != "fd" else text
