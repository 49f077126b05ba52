"""docs/json.md: what stands above its line is written by hand, what stands below is made from the facts' own definitions."""

import dataclasses
import importlib
import inspect
import pkgutil
import sys
import types
import typing
from collections import abc
from enum import Enum
from pathlib import Path
from typing import Any

from explorer.decode import fd as kinds
from explorer.model import (
    access,
    argv,
    cgroup,
    check,
    copied,
    executable,
    fd,
    having,
    keeping,
    limits,
    maps,
    mount,
    overview,
    peek,
    signature,
    snapshot,
    stack,
    status,
    task,
)
from explorer.model.missing import Missing

PAGE = Path(__file__).parent.parent / "docs/json.md"
LINE = "<!-- below this line: made by tools/json_page.py (make completions) -->\n"
PRIMITIVES = {
    int: "integer",
    str: "text",
    float: "number",
    bool: "true or false",
    bytes: "hexadecimal text",
    object: "anything",
    type(None): "null",
}
ROOTS: dict[str, list[type]] = {
    "ps": [snapshot.Process],
    "fds": [fd.Fd, keeping.Keeping],
    "peek": [peek.Peeked, peek.Waiting, copied.Copied],
    "stack": [stack.Thread],
    "who": [having.Having],
    "show": [
        overview.Overview, argv.Argv, executable.Executable, status.Status, limits.Limit, limits.Used, task.Task, maps.Memory, mount.Mount,
        cgroup.Cgroup,
    ],
    "access": [access.FileUse, access.Unseen],
    "syscall": [signature.Signature],
    "doctor": [check.Check],
}  # fmt: skip


def fd_kinds() -> list[type]:
    """What each kind of descriptor adds."""
    modules = [importlib.import_module(f"explorer.decode.fd.{found.name}") for found in pkgutil.iter_modules(kinds.__path__)]
    found = {value for module in modules for value in vars(module).values() if isinstance(value, type) and issubclass(value, fd.Fd)}
    return sorted(found - {fd.Fd}, key=lambda kind: kind.__name__)


def said(hint: Any) -> str:
    """A type in words."""
    if hint in PRIMITIVES:
        return PRIMITIVES[hint]
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in {typing.Union, types.UnionType}:
        return ", or ".join(said(part) for part in parts)
    if origin is typing.Annotated:
        return said(parts[0])
    if origin in {tuple, list, frozenset, set, abc.Sequence, abc.Collection}:
        if (len(parts) == 2 and parts[1] is Ellipsis) or origin is not tuple:
            return f"array of {said(parts[0])}"
        return "[" + ", ".join(said(part) for part in parts) + "]"
    if origin in {dict, abc.Mapping}:
        return f"object of {said(parts[1])} by {said(parts[0])}"
    if inspect.isclass(hint) and issubclass(hint, Enum):
        return "one of " + ", ".join(f"`{member.value}`" for member in hint)
    if origin is typing.Literal:
        return "one of " + ", ".join(f"`{word}`" if word else "empty" for word in parts)
    if hint is Missing:
        return "missing"
    if inspect.isclass(hint):
        return link(hint)
    return "anything"


def inside(hint: Any) -> list[type]:
    """The facts that a type is made of."""
    if inspect.isclass(hint) and dataclasses.is_dataclass(hint):
        return [hint]
    return [found for part in typing.get_args(hint) for found in inside(part)]


def narrower(kind: type) -> list[type]:
    """The facts derived from it. Of a slotted dataclass the class without slots lives on as a subclass, too: not that one."""
    found: list[type] = kind.__subclasses__()
    return [other for other in found if getattr(sys.modules[other.__module__], other.__name__, None) is other]


def facts() -> list[type]:
    """Every fact that JSON may hold, by name."""
    todo = [*(kind for roots in ROOTS.values() for kind in roots), *fd_kinds()]
    found: set[type] = {Missing}
    while todo:
        kind = todo.pop()
        if kind not in found:
            found.add(kind)
            hints = typing.get_type_hints(kind)
            todo += [part for field in dataclasses.fields(kind) for part in inside(hints[field.name])] + narrower(kind)
    return sorted(found - {Missing}, key=title)


def title(kind: type) -> str:
    """Its name; of a kind of descriptor with that word behind it."""
    return f"{kind.__name__} descriptor" if issubclass(kind, fd.Fd) and kind is not fd.Fd else kind.__name__


def link(kind: type) -> str:
    return f"[{title(kind)}](#{title(kind).lower().replace(' ', '-')})"


def fact(kind: type) -> str:
    """One fact: what its definition says of itself, and its keys that its base has not."""
    hints = typing.get_type_hints(kind)
    bases = [base for base in kind.__mro__[1:] if dataclasses.is_dataclass(base)]
    inherited = {field.name for base in bases for field in dataclasses.fields(base)}
    keys = [f"all of {link(bases[0])}"] if bases else []
    keys += [f"`{field.name}` {said(hints[field.name])}" for field in dataclasses.fields(kind) if field.name not in inherited]
    text = "\n".join(line for line in inspect.cleandoc(kind.__doc__ or "").splitlines() if line)
    return f"### {title(kind)}\n\n{text}\n\nKeys: {' · '.join(keys)}\n"


def made(page: str) -> str:
    """The page, what is made of it anew."""
    head = page.partition(LINE)[0]
    return head + LINE + "\n## The facts\n\n" + "\n".join(fact(kind) for kind in facts())


def main() -> int:
    PAGE.write_text(made(PAGE.read_text()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
