"""What a printer says that it reads of memory, so that an engine can take it along before anybody decodes.

A class says it by its property `reads`, a function by the decorator @reads(…). Who says nothing reads nothing; a test runs
every row over a memory that notices. More may be told than is read, never less.
"""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, TypeVar

from explorer.decode.syscall.call import Frame, Printer, Wide
from explorer.decode.syscall.memory import layout

LIMIT: Final = 0
"""most: as many as bytes of a string are wanted."""
RESULT: Final = "="
"""items: as many as the call returned."""
DONE, POSITIVE, CUT_SHORT = range(3)
"""when: at the end of a call that did not fail; that returned more than 0; that a signal cut short."""


class Read(NamedTuple):
    """Bytes at the address that a register holds: head + size for each of its items, of which there are at most `most`.

    kind: "bytes"; "string" (up to NUL, most bytes, or the limit and one); "vector" (iovecs, and what each points to);
    "filled" (likewise, of all together as many bytes as the call returned); "measured" (items names an argument that points
    to how many bytes there are); "pointer" (a pointer lies there; 8 bytes where it points to).
    at: the argument whose register it is; its own. items: one, or an argument's name, RESULT. narrow: size where a word has 4
    bytes. floor: the limit is this at least. late: at the call's end, when.
    fds: descriptors are in it, "int", "pollfd", "bits".
    """

    kind: str = "bytes"
    size: int = 1
    items: str = ""
    most: int = LIMIT
    late: bool = False
    when: int = DONE
    head: int = 0
    at: str = ""
    narrow: int = 0
    floor: int = 0
    fds: str = ""


class Case(NamedTuple):
    """Another argument says which printer it is: its register's bits of mask. Of values that are not in the table nothing is read."""

    argument: str
    mask: int
    table: Mapping[int, Printer]


class Deep(NamedTuple):
    """Pointers behind pointers: only decoding tells what is read."""


DEEP: Final = Deep()
Reads = tuple[Read, ...]
Said = Reads | Case | Deep
Asker = TypeVar("Asker", bound=Callable[..., object])
SAID: Final[dict[object, Said]] = {}


def reads(what: Said | Read) -> Callable[[Asker], Asker]:
    """What a function reads."""

    def told(function: Asker) -> Asker:
        SAID[function] = (what,) if isinstance(what, Read) else what
        return function

    return told


def said(printer: Callable[[Frame], str] | Printer | None) -> Said:
    """What a printer said."""
    if isinstance(printer, Wide):
        printer = printer.printer
    own: Said | None = getattr(printer, "reads", None)
    return own if own is not None else SAID.get(printer, ())


def fixed(eight: str, four: str = "") -> Read:
    """A structure, by its layouts where a word has 8 bytes, and 4."""
    return Read(size=layout(eight).size, narrow=layout(four).size if four else 0)


def late(what: Said, when: int = DONE) -> Said:
    """The same, at the call's end."""
    return what if isinstance(what, Case | Deep) else tuple(read._replace(late=True, when=when) for read in what)


def both(what: Said) -> Said:
    """At the beginning and at the end."""
    return what if isinstance(what, Case | Deep) else (*what, *(read._replace(late=True) for read in what))
