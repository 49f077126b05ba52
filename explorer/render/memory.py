"""What is mapped, a row a mapping or a row a file."""

from collections.abc import Iterable, Sequence
from typing import Final

from explorer.decode.constants.vm_flags import USUAL, WORDS
from explorer.model.having import Thing
from explorer.model.maps import Mapping, Memory, Sort
from explorer.model.missing import Missing
from explorer.render.absence import absence
from explorer.render.lazy import LazyRows
from explorer.render.missing import short
from explorer.render.pages import MAPS
from explorer.render.piece import Line, Piece, Role, piece
from explorer.render.sheet import Row, Sheet
from explorer.render.sizes import size
from explorer.render.width import cut_middle, fit, width

GROUPED: Final = "grouped"
SIZES: Final = "sizes"
SORTS: Final = {
    Sort.ANON: "anonymous", Sort.HEAP: "heap", Sort.STACK: "stack", Sort.SHARED: "shared anonymous", Sort.SYSV: "SysV shared memory",
    Sort.MEMFD: "memfd", Sort.KERNEL: "the kernel's", Sort.DEVICE: "device", Sort.FILE: "file",
}  # fmt: skip
NARROW: Final = 60


Group = tuple[str, tuple[Mapping, ...]]
"""The key of a row, and the mappings that it stands for."""


def sheet(memory: Memory, columns: int, groups: Sequence[Group] = ()) -> Sheet:
    """By address; where there are groups (grouped()), one row each. Sizes of smaps where they were asked for."""
    if isinstance(memory.maps, Missing):
        return Sheet(notes=absence(memory.maps, "Mappings", columns), summary=totals(memory))
    maps = memory.maps

    def make(index: int) -> Row:
        if groups:
            return row(*groups[index], memory, columns)
        return row(f"{maps[index].start:x}", (maps[index],), memory, columns)

    rows = LazyRows(len(groups) or len(maps), make)
    return Sheet(rows, header(memory, columns), notes(memory, columns), f"{len(maps):,}", totals(memory))


def grouped(maps: Iterable[Mapping]) -> list[Group]:
    """All of one thing together; unnamed memory by what it is."""
    found: dict[str, list[Mapping]] = {}
    for each in maps:
        found.setdefault(f"{each.sort.value}:{each.name}:{each.inode}", []).append(each)
    return sorted(((key, tuple(group)) for key, group in found.items()), key=lambda pair: -weight(pair[1]))


def weight(group: Iterable[Mapping]) -> int:
    """Resident bytes where they are known, else address space."""
    return sum(each.sizes.get("Rss", each.size) for each in group)


def header(memory: Memory, columns: int) -> Line:
    """Column titles."""
    resident = "   Rss" if memory.detailed else ""
    address = f"{'address':<14}" if columns >= NARROW else ""
    return fit((piece(f"{address}{'size':>6}{resident} {'perm':<5}what"),), columns)


def row(key: str, group: tuple[Mapping, ...], memory: Memory, columns: int) -> Row:
    """One mapping, or all of one file."""
    first = group[0]
    letters = first.permissions if len({each.permissions for each in group}) == 1 else ""
    address = (f"{first.start:012x}  " if len(group) == 1 else f"{f'{len(group)} mappings':<14}") if columns >= NARROW else ""
    cells = address + f"{size(sum(each.size for each in group)):>6}"
    if memory.detailed:
        cells += f"{size(sum(each.sizes.get('Rss', 0) for each in group)):>6}"
    warnings = marks(group)
    tail = sum(2 + width(text) for text in warnings)
    room = max(8, columns - width(cells) - 6 - tail)
    what = name(first)
    line: Line = (Piece(cells + " ", Role.TEXT), permission_piece(letters), what._replace(text=cut_middle(what.text, room)))
    line = (*line, *(Piece(f"  {text}", Role.MIND) for text in warnings))
    copy = f"{address_range(first)} {first.permissions} {first.name}"
    return Row(key, fit(line, columns), lambda inner: details(group, memory, inner), copy=copy, thing=thing_of(first), pages=MAPS)


def thing_of(mapping: Mapping) -> Thing | None:
    """The mapped file, or memory that has a name: what others may have too."""
    if not mapping.inode or not mapping.name.startswith("/"):
        return None
    return Thing(name(mapping).text, mapping.name, -1, mapping.device, mapping.inode, address_range(mapping))


def permission_piece(letters: str) -> Piece:
    """rwxp; both w and x together stand out. Nothing for mappings that differ: what each may stands where they are unfolded."""
    return piece(f"{letters:<5}", Role.MIND if "w" in letters and "x" in letters else Role.SECONDARY)


def marks(group: tuple[Mapping, ...]) -> list[str]:
    """What one should mind."""
    words = []
    if any(each.writable_and_executable for each in group):
        words.append("W+X")
    if any(each.deleted for each in group):
        words.append("deleted")
    return words


def name(mapping: Mapping) -> Piece:
    """The file, or what it is in words."""
    if mapping.sort is Sort.MEMFD:
        return piece(f"memfd {mapping.name.removeprefix('/memfd:')}")
    if mapping.sort is Sort.SYSV:
        return piece(f"SysV shared memory, key {mapping.name.removeprefix('/SYSV')}")
    if mapping.sort in {Sort.FILE, Sort.DEVICE}:
        return piece(mapping.name, Role.MIND if mapping.deleted else Role.TEXT)
    words = mapping.name.strip("[]").removeprefix("anon:") if mapping.name.startswith("[") else ""
    if not words:
        return piece(SORTS[mapping.sort], Role.SECONDARY)
    return piece(words if mapping.sort is not Sort.ANON else f"anonymous: {words}")


def details(group: tuple[Mapping, ...], memory: Memory, columns: int) -> tuple[Line, ...]:
    """Of one mapping all that is known, of several a line each."""
    if len(group) > 1:
        found = []
        for each in group:
            resident = f"{size(each.sizes.get('Rss', 0)):>6}" if memory.detailed else ""
            words = "".join(f"  {text}" for text in marks((each,)))
            found.append((piece(f"  {each.start:012x} {size(each.size):>6}{resident} {each.permissions}"), Piece(words, Role.MIND)))
        return tuple(fit(line, columns) for line in found)
    each = group[0]
    lines: list[Line] = [(Piece("  range   ", Role.SECONDARY), piece(address_range(each)))]
    if each.inode:
        place = f"offset {each.offset:#x}, device {each.device[0]}:{each.device[1]}, inode {each.inode}"
        lines.append((Piece("  file    ", Role.SECONDARY), piece(place)))
    if each.sort in {Sort.MEMFD, Sort.SYSV, Sort.SHARED}:
        lines.append((piece("  memory that has a name: no file was deleted"),))
    if each.sizes:
        shown = [f"{key} {size(value)}" for key, value in each.sizes.items() if value and key != "Size"]
        lines += [(Piece("  sizes   " if index == 0 else "          ", Role.SECONDARY), piece(", ".join(shown[index : index + 4])))
                  for index in range(0, len(shown), 4)]  # fmt: skip
    elif not memory.detailed:
        lines.append((Piece("  S shows what of it is resident", Role.SECONDARY),))
    odd = [WORDS.get(flag, flag) for flag in each.flags if flag not in USUAL]
    if odd:
        lines.append((Piece("  flags   ", Role.SECONDARY), piece(", ".join(odd))))
    return tuple(fit(line, columns) for line in lines)


def address_range(mapping: Mapping) -> str:
    """As maps writes it."""
    return f"{mapping.start:x}-{mapping.end:x}"


def notes(memory: Memory, columns: int) -> tuple[Line, ...]:
    """W+X and deleted libraries, counted."""
    words, stale, both = [], memory.stale, memory.both
    if stale:
        what = "a file that is" if len(stale) == 1 else f"{len(stale)} files that are"
        words.append(f"Runs code of {what} deleted or replaced on disk: {', '.join(stale)}")
    if both:
        words.append(f"{both} mapping{'s' if both > 1 else ''} can be written and executed (W+X)")
    if memory.cut:
        words.append("There are more mappings than were read.")
    return tuple(fit((piece(text, Role.MIND),), columns) for text in words)


def totals(memory: Memory) -> Line:
    """`14M resident · Pss 6.1M · private 3.0M`: of smaps_rollup, else of status."""
    if isinstance(memory.rollup, Missing) or not memory.rollup:
        if isinstance(memory.status, Missing) or not memory.status:
            return short(memory.rollup) if isinstance(memory.rollup, Missing) else ()
        return (piece(f"{size(memory.status.get('VmRSS', 0))} resident of {size(memory.status.get('VmSize', 0))}"),)
    has = memory.rollup
    parts = [f"{size(has.get('Rss', 0))} resident", f"Pss {size(has.get('Pss', 0))}"]
    parts.append(f"private {size(has.get('Private_Clean', 0) + has.get('Private_Dirty', 0))}")
    if has.get("Swap"):
        parts.append(f"swap {size(has['Swap'])}")
    return (piece(" · ".join(parts)),)
