"""What is known of a call before anybody makes it: `procdive syscall`."""

from collections.abc import Mapping

from explorer.decode.syscall import numbers
from explorer.decode.syscall.call import Printer, Wide
from explorer.decode.syscall.signatures import signature
from explorer.model.signature import Signature

THIRTY_TWO = {"i386", "x32"}


def known(name: str, arch: str, number: int = -1) -> Signature:
    """The call of that name as arch has it, or the first architecture that has it."""
    where = {table: numbers.numbers(table)[name] for table in numbers.ARCHES if name in numbers.numbers(table)}
    if arch == "x32" and number >= 0:
        where["x32"] = number
    table = arch if name in numbers.numbers(arch) else next(iter(where), arch)
    row = signature(name, table)
    prototype = numbers.arguments(name, table)
    types = None if prototype is None else [kind for kind, _ in prototype]
    others = {} if number < 0 else elsewhere(number, arch, name)
    return Signature(name, row.summary, table, None if types is None else typed(row.arguments, types, table), where, number, others)


def typed(arguments: Mapping[str, Printer], types: list[str], arch: str) -> tuple[tuple[str, str], ...]:
    """Each argument's name with its C type; two registers that make one are a loff_t."""
    out, place = [], 0
    for name, printer in arguments.items():
        wide = isinstance(printer, Wide) and (printer.always or arch in THIRTY_TWO)
        kind = "loff_t" if wide else types[place] if place < len(types) else ""
        out.append((name, kind.replace(" * *", " **").replace("compat_", "")))
        place += 2 if wide else 1
    return tuple(out)


def elsewhere(number: int, arch: str, name: str) -> dict[str, str]:
    """What the same number means on the other architectures, where that is another call."""
    found = {table: numbers.names(table).get(number, "") for table in numbers.ARCHES if table != arch}
    return {table: other for table, other in found.items() if other and other != name}
