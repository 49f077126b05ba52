"""What is known of a system call, whoever reported it."""

from dataclasses import dataclass, field
from typing import Final, Protocol

ALL: Final = 1 << 16
"""Call.string where nothing was cut."""

# Nobody changes these; frozen=True would make each four times as slow to make, and a search makes them by the million.


class Memory(Protocol):
    """Another process's bytes: live, captured by an engine, or written by a test."""

    def read(self, address: int, size: int) -> bytes:
        """At most size bytes from address; fewer, or none, where it faults. Never raises."""
        ...


class NoMemory:
    """Nothing can be read: pointers show as addresses."""

    def read(self, address: int, size: int) -> bytes:  # noqa: ARG002
        return b""


@dataclass(slots=True, unsafe_hash=True)
class Call:
    """A system call as an engine saw it: number and registers, nothing understood yet.

    arch: an AUDIT_ARCH name in lower case: x86_64, i386, aarch64. args: six registers, unsigned. result: what the
    kernel returned, negative errno on failure, None while it is in flight. fds: descriptor number → what it was at
    that moment, as strace -y writes it between < and >; -100 (AT_FDCWD) → the working directory. memory: as it is now,
    or was when the call returned; entry: as it was when the call began, where an engine kept that (None: memory serves).
    opened: likewise as fds, of the descriptors that the call made. string: of each buffer and list memory has no more than so many.
    """

    number: int
    args: tuple[int, ...]
    arch: str = "x86_64"
    result: int | None = None
    memory: Memory = field(default_factory=NoMemory)
    fds: dict[int, str] = field(default_factory=dict)
    entry: Memory | None = None
    opened: dict[int, str] = field(default_factory=dict)
    string: int = ALL


@dataclass(slots=True, unsafe_hash=True)
class Value:
    """A decoded argument: the register, its text as strace writes it, and a struct's members or a list's items as parts.

    kind says what it is, so that it can be coloured and followed: "" (number or flags), "fd", "path", "string",
    "address", "struct", "list", "pid", "signal". note: of an fd what it was at that moment, written 8<note>; of a result
    what strace adds in brackets, the errno's words or poll's ready descriptors.
    """

    raw: int
    text: str
    parts: tuple[tuple[str, "Value"], ...] = ()
    kind: str = ""
    note: str = ""


@dataclass(slots=True, unsafe_hash=True)
class Syscall:
    """A decoded system call. result None: still in flight. error: the errno's name on failure, else empty."""

    name: str
    args: tuple[tuple[str, Value], ...]
    result: Value | None = None
    error: str = ""
    arch: str = "x86_64"
