"""Which descriptors and paths a call touches: told by its registers, its names and its memory, before anything is put into words."""

from collections.abc import Iterator
from functools import cache
from posixpath import normpath
from typing import Final

from explorer.decode.syscall import memory, numbers
from explorer.decode.syscall.args.fd import AT_FDCWD, DIRFD, FD
from explorer.decode.syscall.args.text import PATH
from explorer.decode.syscall.call import Wide
from explorer.decode.syscall.signatures import signature
from explorer.decode.syscall.value import DELETED, signed
from explorer.model.trace import Call

LONGEST: Final = 4096


@cache
def registers(number: int, arch: str) -> tuple[tuple[int, ...], tuple[int, ...], bool]:
    """Of a call: registers that hold descriptors, registers that point to paths, and whether it returns a descriptor."""
    table = numbers.abi(number, arch)
    row = signature(numbers.name(number, arch), table)
    fds, paths, place = [], [], 0
    for printer in row.arguments.values():
        if printer is FD or printer is DIRFD:
            fds.append(place)
        elif printer is PATH:
            paths.append(place)
        place += 2 if isinstance(printer, Wide) and (printer.always or table in {"i386", "x32"}) else 1
    return tuple(fds), tuple(paths), row.returns is FD


def descriptors(call: Call) -> set[int]:
    """Numbers among its arguments, or as its result, and those that it named within structures."""
    fds, _, returns = registers(call.number, call.arch)
    found = {signed(call.args[place]) for place in fds if place < len(call.args)}
    found.update(call.fds, call.opened)
    if returns and call.result is not None and call.result >= 0:
        found.add(call.result)
    found.discard(AT_FDCWD)
    return found


def paths(call: Call) -> Iterator[str]:
    """Of its descriptors and of its arguments; a relative one stands behind its directory, or alone where that is not known."""
    fds, pointers, _ = registers(call.number, call.arch)
    for fd, name in (*call.fds.items(), *call.opened.items()):
        if fd != AT_FDCWD and name.startswith("/"):
            yield name.removesuffix(DELETED)
    for place in pointers:
        found = memory.string(call.entry or call.memory, call.args[place], LONGEST)
        if not found or not found[0]:
            continue
        path = found[0].decode("utf-8", "surrogateescape")
        if not path.startswith("/"):
            folder = signed(call.args[place - 1]) if place and place - 1 in fds else AT_FDCWD
            path = f"{call.fds[folder]}/{path}" if folder in call.fds else path
        yield f"/{normpath(path).lstrip('/')}" if path.startswith("/") else normpath(path)


def under(path: str, folder: str) -> bool:
    """The folder itself, or anything in it."""
    return path == folder or path.startswith(folder if folder.endswith("/") else folder + "/")
