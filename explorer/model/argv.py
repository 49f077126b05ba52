"""A command line."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Argv:
    """args: the arguments, empty ones too; () where there are none (kernel thread, zombie, wiped). raw: /proc/PID/cmdline, exact.

    rewritten: the process wrote a title over its arguments; args is then what stands there, never a guessed splitting.
    padding: NUL bytes after the last argument that are no arguments. argc: how many arguments execve was given, 0
    where it could not be read. cut: there is more than was read.
    """

    args: tuple[str, ...]
    raw: bytes = b""
    rewritten: bool = False
    padding: int = 0
    argc: int = 0
    cut: bool = False
