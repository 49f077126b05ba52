"""Bytes of a keyboard and mouse → Textual's events.

What is not known is swallowed whole: Textual's own parser hands the characters of an unknown sequence on as keys, and a
terminal's late reply would then send signals. Pasted text is one event, so it cannot be obeyed as keys either.
"""

import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from typing import Final

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.keys import KEY_NAME_REPLACEMENTS, Keys, _character_to_key
from textual.message import Message

SEQUENCE: Final = re.compile(
    r"\x1b\[200~(?P<paste>.*?)\x1b\[201~"
    r"|\x1b\[<(?P<button>\d+);(?P<x>\d+);(?P<y>\d+)(?P<state>[Mm])"
    r"|\x1b\[\[."  # A to E: F1 to F5 of the Linux console
    r"|\x1b\[[0-?]*[ -/]*[@-Z\\-~]"
    r"|\x1bO[0-9;]*[ -~]"
    r"|\x1b\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|\x1b[P_^X][^\x1b]*\x1b\\"
    r"|\x1b(?P<alt>[^\x1b\[O\]P_^X])"
    r"|(?P<char>[^\x1b])",
    re.DOTALL,
)
PASTE: Final = "\x1b[200~"
LONGEST: Final = 1 << 16
WHEEL: Final = (events.MouseScrollUp, events.MouseScrollDown, events.MouseScrollLeft, events.MouseScrollRight)
BACKGROUND: Final = re.compile(r"11;rgb:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})")
CONSOLE: Final = {f"\x1b[[{letter}": f"f{number}" for number, letter in enumerate("ABCDE", 1)}


class Background(Message):
    """The terminal said what its background is. light: whether dark text is the right one on it."""

    def __init__(self, light: bool) -> None:
        self.light = light
        super().__init__()


class Keyboard:
    """Feed it what was read; it keeps the beginning of a sequence until the rest has come."""

    def __init__(self) -> None:
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._text = ""

    @property
    def waiting(self) -> bool:
        """A sequence has begun and not ended: call late() when nothing came for a while."""
        return bool(self._text)

    def feed(self, data: bytes) -> Iterator[Message]:
        """The events in it."""
        text = self._text + self._decode(data)
        at = 0
        while at < len(text):
            if text.startswith(PASTE, at) and "\x1b[201~" not in text[at:]:
                break
            found = SEQUENCE.match(text, at)
            if found is None:
                if text.startswith("\x1b\x1b", at):
                    yield events.Key("escape", "\x1b")
                    at += 1
                    continue
                break
            at = found.end()
            yield from event_of(found)
        self._text = text[at:][:LONGEST]

    def late(self) -> Iterator[Message]:
        """Nothing more came: an escape alone was the key, anything else begun is dropped. A paste may take its time."""
        if self._text.startswith(PASTE):
            return
        text, self._text = self._text, ""
        if text == "\x1b":
            yield events.Key("escape", "\x1b")
        elif len(text) == 2:
            yield from named(text[1], "alt+")


def event_of(found: re.Match[str]) -> Iterator[Message]:
    """What one sequence means."""
    if (pasted := found["paste"]) is not None:
        yield events.Paste(pasted)
    elif found["button"] is not None:
        yield from mouse(int(found["button"]), int(found["x"]) - 1, int(found["y"]) - 1, found["state"] == "M")
    elif (reply := found["osc"]) is not None:
        if colour := BACKGROUND.fullmatch(reply):
            red, green, blue = (int(part, 16) / (16 ** len(part) - 1) for part in colour.groups())
            yield Background(0.299 * red + 0.587 * green + 0.114 * blue > 0.5)
    elif found["alt"] is not None:
        yield from named(found["alt"], "alt+")
    else:
        yield from named(found[0])


def named(sequence: str, modifier: str = "") -> Iterator[Message]:
    """The key of a sequence, by Textual's name for it; nothing where it has none."""
    if sequence in CONSOLE:
        yield events.Key(CONSOLE[sequence], None)
        return
    keys = ANSI_SEQUENCES_KEYS.get(sequence)
    if isinstance(keys, tuple):
        for key in keys:
            if key is not Keys.Ignore:
                yield events.Key(modifier + key.value, sequence if len(sequence) == 1 else None)
        return
    if isinstance(keys, str):
        sequence = keys
    if len(sequence) == 1 and not keys_ignored(keys):
        name = sequence if sequence.isalnum() else _character_to_key(sequence)
        yield events.Key(modifier + KEY_NAME_REPLACEMENTS.get(name, name), None if modifier else sequence)


def keys_ignored(keys: object) -> bool:
    """Whether Textual's table says that a sequence is no key."""
    return keys is not None and not isinstance(keys, str | tuple)


def mouse(code: int, x: int, y: int, down: bool) -> Iterator[Message]:
    """A mouse report in SGR form (xterm's ctlseqs, 1006)."""
    shift, meta, ctrl = bool(code & 4), bool(code & 8), bool(code & 16)
    if code & 64:
        yield WHEEL[code & 3](None, x, y, 0, 0, 0, shift, meta, ctrl, screen_x=x, screen_y=y)
    elif not code & 32 and code & 3 != 3:
        kind = events.MouseDown if down else events.MouseUp
        yield kind(None, x, y, 0, 0, (code & 3) + 1, shift, meta, ctrl, screen_x=x, screen_y=y)
