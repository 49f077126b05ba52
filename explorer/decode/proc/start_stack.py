"""What execve left at the start of the stack: argc and where each argument began.

Source: create_elf_tables() of fs/binfmt_elf.c. start_stack, arg_start and arg_end are fields 28, 48 and 49 of
/proc/PID/stat, shown to those who may trace the process.
"""

from dataclasses import dataclass
from typing import Final

MOST: Final = 4096
"""Bytes that are worth reading there: argc and the first few hundred pointers."""


@dataclass(frozen=True, slots=True)
class StartStack:
    """argc: 0 where it was not read. starts: offsets from arg_start at which arguments began, as far as the process left them."""

    argc: int = 0
    starts: tuple[int, ...] = ()


def decode(raw: bytes, address: int, arg_start: int, arg_end: int) -> StartStack:
    """raw: memory at address (start_stack). A stack below 4 GiB is that of a 32-bit program."""
    word = 8 if address >> 32 else 4
    words = [int.from_bytes(raw[at : at + word], "little") for at in range(0, len(raw) - word + 1, word)]
    if not words or not 0 < words[0] <= (arg_end - arg_start or 1):
        return StartStack()
    argc = words[0]
    return StartStack(argc, tuple(sorted(pointer - arg_start for pointer in words[1 : 1 + argc] if arg_start <= pointer < arg_end)))
