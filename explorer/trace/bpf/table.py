"""The call table of the programs, made from decode/syscall/reach.py: which registers are descriptors, what memory is taken, and when."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from explorer.decode.syscall import numbers
from explorer.decode.syscall.reach import BY_RESULT, ONE, Reach, Span, reach
from explorer.trace.access.plan import BOTH, READ, WRITTEN, told
from explorer.trace.bpf import layout

KINDS: Final = {
    "bytes": layout.BYTES,
    "string": layout.STRINGS,
    "vector": layout.VECTOR,
    "filled": layout.FILLED,
    "measured": layout.MEASURED,
    "pointer": layout.POINTER,
    "argv": layout.ARGV,
    "message": layout.MESSAGE,
    "messages": layout.MESSAGES,
    "block": layout.BLOCK,
    "pointers": layout.POINTERS,
    "member": layout.MEMBER,
}
EXECS: Final = frozenset({"execve", "execveat"})
ENDS: Final = frozenset({"exit", "exit_group"})
OVERWRITES: Final = frozenset(
    {
        "ppoll",
        "ppoll_time64",
        "pselect6",
        "pselect6_time64",
        "select",
        "_newselect",
        "nanosleep",
        "clock_nanosleep",
        "clock_nanosleep_time64",
        "recvmsg",
        "recvmmsg",
        "recvmmsg_time64",
        "clone3",
        "ioctl",
        "rt_sigreturn",
        "sigreturn",
        "io_pgetevents",
        "io_pgetevents_time64",
        "rt_sigtimedwait",
        "fcntl",
        "fcntl64",
        "splice",
        "copy_file_range",
        "sendfile",
        "sendfile64",
        "sched_setattr",
    }
)
"""What they find in memory when they begin may be another thing when they end; so may that of any call that is given a structure
and fills one: both may be the same."""
RENAMES: Final = frozenset({"connect", "bind", "listen"})
SCARCE: Final = 0xFFFF

# What lies behind pointers that lie behind pointers, by call: the programs have a way of their own for each.
ARGUMENTS: Final = {"execve": (1, 2), "execveat": (2, 3)}
DEEP: Final[Mapping[str, tuple[tuple[Span, ...], tuple[Span, ...]]]] = {
    "sendmsg": ((Span(1, "message", 0),), ()),
    "recvmsg": ((Span(1, "bytes", 56),), (Span(1, "message", 0),)),
    "sendmmsg": ((Span(1, "messages", 0, 2),), (Span(1, "messages", 0, 2),)),
    "recvmmsg": ((), (Span(1, "messages", 0, 2),)),
    "recvmmsg_time64": ((), (Span(1, "messages", 0, 2),)),
    # At 8 the address of a pidfd, at 24 that of the child's id.
    "clone3": ((Span(0, "bytes", 1, 1, 128),), (Span(0, "member", 4, head=8), Span(0, "member", 4, head=24))),
    "select": ((Span(0, "block", 20),), ()),
    "mmap": ((Span(0, "block", 24),), ()),
    "socketcall": ((Span(1, "block", 24),), ()),
}


class Row(NamedTuple):
    """A row for the programs. chosen: the value of the register that chooses it; None of the call's own row."""

    number: int
    compat: bool
    raw: bytes
    chosen: int | None = None


def rows(arch: str, compat: bool, wanted: frozenset[str] | None, verbose: bool) -> Iterator[Row]:
    """Of all numbers of an architecture; those that are not wanted are off."""
    known = numbers.names(arch)
    for number in range(layout.CALLS):
        name = known.get(number, "")
        if not name and wanted is not None:
            continue
        if wanted is not None and not concerns(name, wanted):
            continue
        found = reach(number, arch)
        if found.chosen is None:
            yield Row(number, compat, row(name, found, verbose))
            continue
        place, mask, table = found.chosen
        yield Row(number, compat, row(name, found, verbose, place, mask))
        for value, one in table.items():
            yield Row(number, compat, row(name, one, verbose), value & 0xFFFFFFFF)


def concerns(name: str, wanted: frozenset[str]) -> bool:
    """Whether calls of this name may be among those that are wanted."""
    return name in wanted or name in {"socketcall", "ipc"}


def row(name: str, found: Reach, verbose: bool, choosing: int = layout.NOBODY_CHOOSES, mask: int = 0) -> bytes:
    """As struct row has it."""
    entry, end = found.entry, found.exit
    if not found.whole:
        more = DEEP.get(name, ((), ())) if name not in EXECS else (arguments(name, verbose), ())
        entry, end = (*entry, *more[0]), (*end, *more[1])
    listed = [*((span, False) for span in entry), *((span, True) for span in end)][: layout.SPANS]
    # Of two ways the programs count the first as written and the second as read.
    fds = [*BOTH[name][::-1]] if name in BOTH else list(found.fds[:3])
    makes = layout.MAKES_NOTHING
    if found.makes == "result":
        makes = layout.MAKES_RESULT
    elif isinstance(found.makes, tuple):
        # The pair has no register of its own in the row but the last of the descriptors', which no such call has.
        makes = layout.MAKES_PAIR
        fds = [*fds[:2], *([0] * (2 - len(fds))), found.makes[1]]
    count = min(len(found.fds), 2 if makes == layout.MAKES_PAIR else 3)
    raw = layout.ROW.pack(1, count, *[*fds, 0, 0, 0][:3], makes, flags(name, listed), len(listed), choosing, mask & 0xFFFFFFFF)
    return (raw + b"".join(span(one, late) for one, late in listed)).ljust(layout.ROW_SIZE, b"\0")


def arguments(name: str, verbose: bool) -> tuple[Span, ...]:
    """argv, and the environment where it is shown; otherwise only what it takes to count it."""
    first, second = ARGUMENTS[name]
    return Span(first, "argv", 0), Span(second, "argv" if verbose else "pointers", 0)


def flags(name: str, listed: list[tuple[Span, bool]]) -> int:
    """row_flags of settings.h."""
    begins = any(not late for _, late in listed)
    ends = any(late for _, late in listed)
    structures = any(not late and one.kind != "string" for one, late in listed)
    bits = 0
    if name in EXECS or (begins and (name in OVERWRITES or (structures and ends))):
        bits |= layout.KEEP_ENTRY
    if name in EXECS:
        bits |= layout.EXECS
    if name in ENDS:
        bits |= layout.NO_RETURN
    if name in RENAMES:
        bits |= layout.RENAMES
    if name in told():
        bits |= layout.NAMES_PATH
    if name in READ.split() or name in BOTH:
        bits |= layout.READS
    if name in WRITTEN.split() or name in BOTH:
        bits |= layout.WRITES
    if any(one.fds in {"pollfd", "bits"} and not late for one, late in listed):
        bits |= layout.FDS_INSIDE | layout.KEEP_ENTRY
    if any(one.kind in {"message", "messages"} for one, _ in listed):
        bits |= layout.FDS_INSIDE
    return bits


def span(one: Span, late: bool) -> bytes:
    """As struct span has it."""
    items = layout.ONE if one.items == ONE else layout.BY_RESULT if one.items == BY_RESULT else one.items
    sizes = (min(number, SCARCE) for number in (one.size, one.most, one.floor, one.head))
    return layout.SPAN.pack(one.place, KINDS[one.kind], items, one.when, *sizes, layout.INSIDE[one.fds], late, 0)
