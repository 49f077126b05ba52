"""Waiting for children: the status that comes back, and options."""

from explorer.decode.constants import wait as table
from explorer.decode.constants.signals import strace_name
from explorer.decode.syscall import memory
from explorer.decode.syscall.args.flags import Choice, Flags
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.reads import POSITIVE, Read, reads
from explorer.decode.syscall.value import address, array
from explorer.model.trace import Value

OPTIONS = Flags(table.OPTIONS, "W")
ID_TYPE = Choice(table.ID_TYPES, "P")
EVENTS = {1: "PTRACE_EVENT_FORK", 2: "PTRACE_EVENT_VFORK", 3: "PTRACE_EVENT_CLONE", 4: "PTRACE_EVENT_EXEC", 5: "PTRACE_EVENT_VFORK_DONE",
          6: "PTRACE_EVENT_EXIT", 7: "PTRACE_EVENT_SECCOMP", 128: "PTRACE_EVENT_STOP"}  # fmt: skip


def status_text(status: int) -> str:
    """How a child ended or stopped, in the words of wait(2)'s macros."""
    low, high = status & 0x7F, status >> 8 & 0xFF
    if status & 0xFFFF == 0xFFFF:
        return "WIFCONTINUED(s)"
    if status & 0xFF == 0x7F:
        event = status >> 16
        after = f" | {EVENTS.get(event, event)} << 16" if event else ""
        number = high & 0x7F
        trap = " | 0x80" if high & 0x80 else ""
        return f"WIFSTOPPED(s) && WSTOPSIG(s) == {strace_name(number)}{trap}" + after
    if low:
        core = " && WCOREDUMP(s)" if status & 0x80 else ""
        return f"WIFSIGNALED(s) && WTERMSIG(s) == {strace_name(low)}{core}"
    return f"WIFEXITED(s) && WEXITSTATUS(s) == {high}"


@reads(Read(size=4, late=True, when=POSITIVE))
def STATUS(frame: Frame, raw: int) -> Value:
    """[{WIFEXITED(s) && WEXITSTATUS(s) == 0}], once a child was waited for."""
    if not frame.done or frame.result == 0:
        return address(raw)
    status = memory.word(frame.call.memory, raw, 4)
    if status is None:
        return address(raw)
    return array(raw, [("", Value(status, "{" + status_text(status) + "}"))])
