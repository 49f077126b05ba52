"""Where strace breaks a call that has not returned: what the kernel will write, and what follows it, is told at the end."""

from functools import cache
from typing import Final

from explorer.decode.syscall.args.out import Changed
from explorer.decode.syscall.call import Printer
from explorer.decode.syscall.reads import Case, Deep, said
from explorer.decode.syscall.signatures import signature
from explorer.model.trace import Syscall

FILLED: Final = frozenset({"recvmsg", "recvmmsg", "recvmmsg_time64"})
"""Calls whose deep structures come from the kernel."""


def told_at_start(call: Syscall) -> int:
    """How many of its arguments strace tells when it begins; all of them where the kernel fills none."""
    row = printers(call.name, call.arch)
    values = {name: value.raw for name, value in call.args}
    for place, (name, _) in enumerate(call.args):
        printer = row.get(name)
        if printer is not None and filled(printer, call.name, values):
            return place
    return len(call.args)


@cache
def printers(name: str, arch: str) -> dict[str, Printer]:
    """Of each argument."""
    return signature(name, arch).arguments


def filled(printer: Printer, name: str, values: dict[str, int]) -> bool:
    """Whether an argument is only told when the call has returned. values: the registers, by argument."""
    what = said(printer)
    if isinstance(what, Deep):
        return name in FILLED
    if isinstance(what, Case):
        chosen = what.table.get(values.get(what.argument, 0) & what.mask)
        return chosen is not None and filled(chosen, name, values)
    return not isinstance(printer, Changed) and any(read.late for read in what)
