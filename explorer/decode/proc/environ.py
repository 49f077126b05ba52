"""/proc/PID/environ: the initial environment, `NAME=value` between NULs. Source: proc_pid_environ(5), environ(7)."""

from explorer.decode.text import text
from explorer.model.environ import Environ, Variable


def decode(raw: bytes, limit: int = 0) -> Environ:
    """In order. limit: how many bytes were asked for, 0 for all."""
    cut = bool(limit) and len(raw) >= limit
    if not raw:
        return Environ((), cut=cut)
    entries = raw.removesuffix(b"\0").split(b"\0")
    found = tuple(variable(entry) for entry in entries if entry)
    return Environ(found, len(entries) - len(found), cut)


def variable(entry: bytes) -> Variable:
    """The name ends at the first "=", though execve takes anything."""
    name, equals, value = entry.partition(b"=")
    return Variable(text(name), text(value)) if equals and name else Variable("", text(entry))
