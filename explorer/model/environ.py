"""The environment that a process was started with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variable:
    """name, value: as execve was given them. name is empty for an entry without "=": value is then the whole entry."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Environ:
    """variables: in order, names that come twice too. padding: empty entries, what a rewritten title leaves behind.

    cut: there is more than was read.
    """

    variables: tuple[Variable, ...]
    padding: int = 0
    cut: bool = False
