"""/proc/PID/task/TID/stack: the kernel's side of a blocked thread, innermost frame first."""

import re
from typing import Final

from explorer.decode.text import text
from explorer.model.stack import Frame

LINE: Final = re.compile(rb"^(?:\[<[0-9a-fA-Fx]*>\]\s*)?(\S+?)(?:\+0x([0-9a-fA-F]+)/0x([0-9a-fA-F]+))?(?:\s+\[([^\]]*)\])?\s*$")


def decode(raw: bytes) -> tuple[Frame, ...]:
    """One frame a line, `[<0>] symbol+0xOFFSET/0xSIZE [module]` (fs/proc/base.c, proc_pid_stack; %pB of lib/vsprintf.c).

    Where the kernel has no symbols the line holds an address, which stands as the symbol; a line of another form is kept whole.
    """
    return tuple(frame(line) for line in raw.split(b"\n") if line.strip())


def frame(line: bytes) -> Frame:
    """One line."""
    found = LINE.match(line)
    if found is None:
        return Frame(text(line.strip()))
    symbol, offset, size, module = found.groups()
    return Frame(text(symbol), int(offset or b"0", 16), int(size or b"0", 16), text(module or b""))
