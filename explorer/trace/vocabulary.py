"""What decoding can write by itself, so that any other word of a line must have come from the traced process's own bytes."""

import re
from collections.abc import Iterator
from dis import get_instructions
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from types import CodeType, FunctionType, ModuleType
from typing import Final

from explorer import decode
from explorer.decode import constants, syscall

HEXADECIMAL: Final = re.compile("[a-fx]*")
LETTERS: Final = re.compile("[a-z]+")
ESCAPES: Final = "nrtvfx"
"""Letters that stand behind a backslash for a byte that is none."""
LEAST: Final = 3
PHRASE: Final = 40
"""Longer ones are docstrings."""
PUT_TOGETHER: Final = ("FORMAT_", "BUILD_STRING")
"""Instructions of code that makes one text of several."""


def needle(query: str) -> bytes:
    """Lower-case bytes that every line with this query has among its row's bytes, whatever the case; b"" where nothing can be said."""
    lowered = query.lower()
    found = ""
    for match in LETTERS.finditer(lowered):
        piece = match.group()
        if written(piece):
            continue
        before = lowered[match.start() - 1] if match.start() else "\\"
        if before == "\\" and piece[0] in ESCAPES:
            piece = piece[1:]
        if not written(piece) and len(piece) > len(found):
            found = piece
    return found.encode() if len(found) >= LEAST else b""


def written(piece: str) -> bool:
    """Whether decoding may write these lower-case letters: part of a word, of a hexadecimal number, or of two that stand together."""
    words, joints = vocabulary()
    if len(piece) < LEAST or HEXADECIMAL.fullmatch(piece) or piece in words:
        return True
    for cut in range(1, len(piece)):
        left, right = piece[:cut], piece[cut:]
        if (left + "\n" in joints and "\n" + right in words) or (left + "\n" in words and "\n" + right in joints):
            return True
        if HEXADECIMAL.fullmatch(left) and "\n" + right in words:
            return True
    return False


@cache
def vocabulary() -> tuple[str, str]:
    """Every text that decoding holds, and those that stand in its code and are put together with others; lines, lower-case."""
    texts: set[str] = set()
    joints: set[str] = set()
    for module in modules():
        gather(module, texts, joints, set())
    return lined(texts | joints), lined(joint for joint in joints if len(joint) > 1)


def lined(texts: "Iterator[str] | set[str]") -> str:
    """Each on a line; within, what is no letter ends a word as well."""
    return "\n" + "\n".join(sorted({word for text in texts for word in LETTERS.findall(text.lower())})) + "\n"


def modules() -> Iterator[ModuleType]:
    """All of decode that writes text."""
    for package in (syscall, constants):
        yield package
        for found in walk_packages(package.__path__, f"{package.__name__}."):
            yield import_module(found.name)


def gather(thing: object, texts: set[str], joints: set[str], seen: set[int]) -> None:
    """Texts within anything that decode made."""
    if isinstance(thing, str):
        texts.add(thing)
        return
    # By id: what is looked at here lives as long as its module.
    if id(thing) in seen or thing is None or isinstance(thing, int | float | bytes):
        return
    seen.add(id(thing))
    if isinstance(thing, CodeType):
        together = any(step.opname.startswith(PUT_TOGETHER) for step in get_instructions(thing))
        for constant in thing.co_consts:
            if isinstance(constant, str):
                (joints if together and len(constant) < PHRASE else texts).add(constant)
            else:
                gather(constant, texts, joints, seen)
    elif isinstance(thing, dict):
        for key, value in thing.items():
            gather(key, texts, joints, seen)
            gather(value, texts, joints, seen)
    elif isinstance(thing, list | tuple | set | frozenset):
        for item in thing:
            gather(item, texts, joints, seen)
    elif isinstance(thing, ModuleType):
        if thing.__name__.startswith(decode.__name__):
            for name, value in vars(thing).items():
                if not name.startswith("__") and not isinstance(value, ModuleType):
                    gather(value, texts, joints, seen)
    elif isinstance(thing, FunctionType):
        if thing.__module__.startswith(decode.__name__):
            gather(thing.__code__, texts, joints, seen)
            gather(thing.__defaults__, texts, joints, seen)
            for cell in thing.__closure__ or ():
                gather(cell.cell_contents, texts, joints, seen)
    elif isinstance(thing, type):
        if thing.__module__.startswith(decode.__name__):
            for value in vars(thing).values():
                gather(value, texts, joints, seen)
    elif type(thing).__module__.startswith(decode.__name__):
        for name in (*vars(type(thing)).get("__slots__", ()), *getattr(thing, "__dict__", ())):
            gather(getattr(thing, name, None), texts, joints, seen)
