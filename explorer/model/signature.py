"""What a system call is: its name, arguments, and number on each architecture."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Signature:
    """arguments: name (the manual page's) and C type (the kernel's) of each; None where no kernel says.

    numbers: by architecture, those that have it. number: the one asked for, -1 for none; others: what it is elsewhere.
    arch: whose arguments these are, an AUDIT_ARCH name in lower case.
    """

    name: str
    summary: str
    arch: str
    arguments: tuple[tuple[str, str], ...] | None
    numbers: Mapping[str, int]
    number: int = -1
    others: Mapping[str, str] = field(default_factory=dict)
