"""/proc/PID/cmdline: the arguments, or what the process wrote over them.

Source: proc_pid_cmdline(5) and get_mm_cmdline() of fs/proc/base.c. The kernel gives the bytes between arg_start and
arg_end; where the last of them is no NUL, it takes the whole for a title that has run over into the environment, and ends
it at its first NUL. So untouched arguments end in NUL, argc of them, each where execve put it; whatever differs was rewritten.
"""

from explorer.decode.proc.start_stack import StartStack
from explorer.decode.text import text
from explorer.model.argv import Argv


def decode(raw: bytes, started: StartStack | None = None, area: int = 0, limit: int = 0) -> Argv:
    """The arguments. area: arg_end - arg_start, 0 where unknown. limit: how many bytes were asked for, 0 for all.

    Without the start of the stack one has to judge by looks: three or more NULs after a single string are padding, NULs
    alone are a wiped command line unless there is only one.
    """
    started = started or StartStack()
    argc = started.argc
    if not raw:
        return Argv((), argc=argc)
    if limit and len(raw) >= limit:
        return Argv(texts(raw.removesuffix(b"\0").split(b"\0")), raw, argc=argc, cut=True)
    strings = raw.removesuffix(b"\0").split(b"\0")
    if argc and raw.endswith(b"\0") and len(strings) == argc and area in {0, len(raw)} and untouched(raw, started):
        return Argv(texts(strings), raw, argc=argc)
    kept = raw.rstrip(b"\0")
    padding = len(raw) - len(kept)
    if not kept:
        if padding == 1 and argc in {0, 1}:
            return Argv(("",), raw, argc=argc)
        return Argv((), raw, rewritten=True, padding=padding, argc=argc)
    overrun = area not in {0, len(raw)}
    if argc or overrun or padding == 0 or (padding > 2 and b"\0" not in kept):
        return Argv(texts(kept.split(b"\0")), raw, rewritten=True, padding=max(0, padding - 1), argc=argc)
    return Argv(texts(strings), raw)


def untouched(raw: bytes, started: StartStack) -> bool:
    """Whether each argument still begins where execve put it."""
    return all(start == 0 or raw[start - 1 : start] == b"\0" for start in started.starts)


def texts(strings: list[bytes]) -> tuple[str, ...]:
    """Each as str, losslessly."""
    return tuple(text(string) for string in strings)
