"""The only escape: text from strangers becomes text that no terminal obeys and no reader mistakes."""

import unicodedata
from typing import Final

# Cc control (C0, DEL, C1), Cf format (bidi overrides, zero width), Cs surrogates, Co private, Cn unassigned, Zl Zp line ends.
HIDDEN: Final = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
UNSEEN: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters, marks and symbols that look like nothing: fillers, the blank Braille pattern, the grapheme joiner."""
SELECTORS: Final = range(0xFE00, 0xFE10)
"""Variation selectors: terminals do not agree on how many columns a character has with one."""
SHORT: Final = {"\n": r"\n", "\t": r"\t", "\r": r"\r", "\x1b": r"\e", "\0": r"\0"}
RUN_OF_MARKS: Final = 4


def printable(text: str) -> str:
    r"""Control and format characters, undecodable bytes and stacked combining marks as \n, \e, \x9b, \u202e, \xff.

    A backslash is left alone, so the result of printable is its own printable: safe to apply at every border.
    """
    if text.isascii() and text.isprintable():
        return text
    out, marks = [], 0
    for char in text:
        category = unicodedata.category(char)
        if category in HIDDEN or char in UNSEEN or ord(char) in SELECTORS:
            out.append(escaped(char))
            marks = 0
        elif category in {"Mn", "Me"}:
            marks += 1
            out.append(char if marks <= RUN_OF_MARKS and out else escaped(char))
        else:
            marks = 0
            out.append(" " if category == "Zs" else char)
    return "".join(out)


def escaped(char: str) -> str:
    r"""One character as an escape; a surrogate that stands for a byte as that byte, \xff."""
    if char in SHORT:
        return SHORT[char]
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
