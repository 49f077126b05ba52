"""How far a copy is, or what came of it, in a line."""

from explorer.model.copied import Copied
from explorer.render.missing import sentence
from explorer.render.piece import Line, Role, piece
from explorer.render.sizes import size


def copied_line(copied: Copied) -> Line:
    """copies to /root/x: 45% of 1.2G, 300M/s, 2 s left; copied 1,234,567 bytes (4,096 without holes) to /root/x"""
    if copied.why is not None:
        if not copied.copied:
            return (piece("not copied: ", Role.FAILED), *sentence(copied.why))
        part = f" — {copied.place} has the first {copied.copied:,} bytes of {copied.size:,}"
        return (piece("broke off: ", Role.FAILED), *sentence(copied.why), piece(part))
    if not copied.done:
        share = f"{100 * copied.copied // copied.size}% of {size(copied.size)}" if copied.size else size(copied.copied)
        speed = f", {size(int(copied.rate))}/s" if copied.rate else ""
        line: Line = (piece(f"copies to {copied.place}: "), piece(share, Role.NAME))
        return (*line, piece(speed + "   S stops it", Role.SECONDARY))
    holes = f" ({copied.written:,} without holes)" if copied.written < copied.copied else ""
    line = (piece(f"copied {copied.copied:,} bytes{holes} to "), piece(copied.place, Role.PATH))
    if copied.left:
        line = (*line, piece(f"; {copied.left:,} more were written to it meanwhile", Role.MIND))
    return line
