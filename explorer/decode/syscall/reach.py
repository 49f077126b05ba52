"""What of memory and descriptors a call's arguments need, told before it is made: what an engine takes along to decode later.

Made from the call's row by what its printers say of themselves (reads.py), so a new row needs nothing more here.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from explorer.decode.syscall import CALLS, FOLDED, U32, U64, numbers
from explorer.decode.syscall.args.fd import DIRFD, FD
from explorer.decode.syscall.call import WORDS, Signature, Wide
from explorer.decode.syscall.reads import DONE, RESULT, Case, Deep, Read, said
from explorer.decode.syscall.signatures import signature

ONE: Final = -1
BY_RESULT: Final = -2


class Span(NamedTuple):
    """A Read with its registers: place of the address; items: place of the register that says how many, ONE, BY_RESULT."""

    place: int
    kind: str
    size: int
    items: int = ONE
    most: int = 0
    floor: int = 0
    head: int = 0
    when: int = DONE
    fds: str = ""


class Reach(NamedTuple):
    """Everything that decoding a call will read.

    fds: places of registers that hold descriptors, AT_FDCWD among them. makes: how the descriptors that it made are found at
    its end: "", "result", or ("pair", place). entry, exit: memory at its beginning and end. whole: they tell everything;
    otherwise only running the decoder does (taken.Recorder). mask: of registers; word: bytes of a pointer.
    chosen: the place of a register that says more, its mask, and the reach by its value; of other values this one.
    flat: of entry and exit, whether all are "bytes"; fds_inside: whether descriptors are in entry's.
    """

    fds: tuple[int, ...] = ()
    makes: str | tuple[str, int] = ""
    entry: tuple[Span, ...] = ()
    exit: tuple[Span, ...] = ()
    whole: bool = True
    mask: int = U64
    word: int = 8
    chosen: "tuple[int, int, dict[int, Reach]] | None" = None
    flat: tuple[bool, bool] = (True, True)
    fds_inside: bool = False

    def of(self, args: tuple[int, ...]) -> "Reach":
        """The reach of a call with these registers."""
        if self.chosen is None:
            return self
        place, mask, table = self.chosen
        return table.get(args[place] & mask, self)


@lru_cache(CALLS)
def reach(number: int, arch: str) -> Reach:
    """Of any number of any architecture. It loads the call's row, then is a lookup."""
    table = numbers.abi(number, arch)
    name = numbers.name(number, arch)
    found = signature(name, table)
    places = dict(placed(found, table))
    common = made(found, places, table, None)
    if table == "i386" and name in FOLDED:
        return common._replace(whole=False)
    cases = [what for printer in (*found.arguments.values(), found.returns) if isinstance(what := said(printer), Case)]
    if not cases:
        return common
    argument, mask, _ = cases[0]
    by_value: dict[int, Reach] = {}
    same: dict[Reach, Reach] = {}
    for value in {value for case in cases for value in case.table}:
        one = made(found, places, table, value)
        by_value[value] = same.setdefault(one, one)
    return common._replace(chosen=(places[argument], mask, by_value))


def placed(found: Signature, arch: str) -> Iterator[tuple[str, int]]:
    """Each argument's first register."""
    place = 0
    for argument, printer in found.arguments.items():
        yield argument, place
        place += 2 if isinstance(printer, Wide) and (printer.always or WORDS.get(arch) == 4) else 1


def made(found: Signature, places: dict[str, int], arch: str, value: int | None) -> Reach:
    """value: of the register that chooses among printers."""
    word = WORDS.get(arch, 8)
    fds: list[int] = []
    spans: dict[bool, dict[Span, None]] = {False: {}, True: {}}
    makes: str | tuple[str, int] = ""
    whole = True
    for argument, printer in (*found.arguments.items(), ("", found.returns), ("", found.aside)):
        what = said(printer)
        if isinstance(what, Case):
            printer = None if value is None else what.table.get(value)
            what = said(printer)
        if printer is FD or printer is DIRFD:
            if not argument:
                makes = "result"
            elif places[argument] < numbers.REGISTERS:
                fds.append(places[argument])
        if isinstance(what, Deep | Case):
            whole = False
            continue
        for read in what:
            span = span_of(read, argument, places, word)
            if span is None:
                continue
            spans[read.late][span] = None
            if read.fds == "int" and read.late:
                makes = ("pair", span.place)
    # The length that a measured one is read by comes with it.
    lengths = {span.items for span in spans[True] if span.kind == "measured"}
    end = tuple(span for span in spans[True] if span.kind != "bytes" or span.items != ONE or span.size != 4 or span.place not in lengths)
    entry = tuple(spans[False])
    flat = all(span.kind == "bytes" for span in entry), all(span.kind == "bytes" for span in end)
    inside = any(span.fds for span in entry)
    return Reach(tuple(fds), makes, entry, end, whole, U32 if arch == "i386" else U64, word, None, flat, inside)


def span_of(read: Read, argument: str, places: dict[str, int], word: int) -> Span | None:
    """None where the call has no such argument."""
    place = places.get(read.at or argument, numbers.REGISTERS)
    items = BY_RESULT if read.items == RESULT else places.get(read.items, ONE) if read.items else ONE
    if place >= numbers.REGISTERS:
        return None
    size = read.narrow if read.narrow and word == 4 else read.size
    return Span(place, read.kind, size, items, read.most, read.floor, read.head, read.when, read.fds)
