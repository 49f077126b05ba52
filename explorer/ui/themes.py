"""Role → how it looks, for each sort of terminal. Whatever a colour says is said again by a sign, a letter or a place.

Four themes: dark and light in exact colours (or the nearest of 256), ansi with the terminal's own eight, and mono. The
last two use SGR 0, 1, 4, 7 and 30-37 only and never set a background: what Textual steps down to is not readable there
(bright black on bright black), so they are themes of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from typing import Final

from rich.style import Style

from explorer.render.piece import Role


class Look(Enum):
    """What a whole line is."""

    PLAIN = "plain"
    HEADER = "header"
    """The header of the area that has the keys: the only reversed one."""
    TITLE = "title"
    """Any other header."""
    SELECTED = "selected"
    CHOSEN = "chosen"
    """The selected row of an area that has not the keys."""

    __hash__ = object.__hash__  # as Role's


@dataclass(frozen=True, slots=True)
class Ink:
    """Colours as #rrggbb or the name of one of the eight; "" is the terminal's own."""

    fg: str = ""
    bg: str = ""
    bold: bool = False
    underline: bool = False
    reverse: bool = False
    strike: bool = False

    def over(self, under: "Ink") -> "Ink":
        """This ink on a line that has one of its own."""
        return Ink(
            self.fg or under.fg,
            self.bg or under.bg,
            self.bold or under.bold,
            self.underline or under.underline,
            self.reverse or under.reverse,
            self.strike or under.strike,
        )


Inks = Mapping[Role, Ink]


@dataclass(frozen=True, slots=True)
class Theme:
    """roles: by meaning. looks: what a line's look adds. flat: looks whose roles keep only bold and underline."""

    name: str
    roles: Inks
    looks: Mapping[Look, Ink]
    flat: frozenset[Look]

    def ink(self, role: Role, look: Look) -> Ink:
        """How a piece is drawn on a line of that look."""
        own = self.roles[role]
        if look is Look.HEADER and role is Role.MIND:  # a filter that is on stands out of its table's header
            role, own = Role.HIT, self.roles[Role.HIT]
        if role is Role.HIT and own.reverse and not own.fg and look in self.looks and self.looks[look].reverse:
            return Ink(bold=True, underline=True)
        if look is Look.PLAIN or role is Role.HIT:
            return own
        if look in self.flat:
            own = Ink(bold=own.bold, underline=own.underline, strike=own.strike)
        elif look is Look.TITLE and role is Role.TEXT:
            own = self.roles[Role.NAME]
        return own.over(self.looks[look])


def _dark() -> Theme:
    grey = Ink("#7d8590")
    return Theme(
        "dark",
        {
            Role.TEXT: Ink("#d0d4d9"),
            Role.NAME: Ink("#f0f3f6", bold=True),
            Role.SECONDARY: grey,
            Role.RULE: Ink("#3d444d"),
            Role.BRANCH: Ink("#636c76"),
            Role.PATH: Ink("#79c0ff"),
            Role.FAILED: Ink("#ff7b72", bold=True),
            Role.MIND: Ink("#e3b341"),
            Role.NEW: Ink("#7ee787"),
            Role.GONE: replace(grey, strike=True),
            Role.PRIVILEGED: Ink("#d2a8ff"),
            Role.HIT: Ink("#101418", "#e3b341"),
            Role.ANCESTOR: Ink("#6e7681"),
            Role.KEY: Ink("#f0f3f6", bold=True),
            Role.TITLE: Ink("#f0f3f6", bold=True, underline=True),
        },
        {
            Look.HEADER: Ink("#101418", "#79c0ff", bold=True),
            Look.TITLE: Ink(bold=True, underline=True),
            Look.SELECTED: Ink(bg="#1f3a5f"),
            Look.CHOSEN: Ink(bg="#22272e"),
        },
        frozenset({Look.HEADER}),
    )


def _light() -> Theme:
    grey = Ink("#656d76")
    return Theme(
        "light",
        {
            Role.TEXT: Ink("#1f2328"),
            Role.NAME: Ink("#000000", bold=True),
            Role.SECONDARY: grey,
            Role.RULE: Ink("#c8ccd1"),
            Role.BRANCH: Ink("#8c959f"),
            Role.PATH: Ink("#0550ae"),
            Role.FAILED: Ink("#cf222e", bold=True),
            Role.MIND: Ink("#7d4e00"),
            Role.NEW: Ink("#116329"),
            Role.GONE: replace(grey, strike=True),
            Role.PRIVILEGED: Ink("#6f42c1"),
            Role.HIT: Ink("#000000", "#ffe08a"),
            Role.ANCESTOR: Ink("#8c959f"),
            Role.KEY: Ink("#000000", bold=True),
            Role.TITLE: Ink("#000000", bold=True, underline=True),
        },
        {
            Look.HEADER: Ink("#ffffff", "#0550ae", bold=True),
            Look.TITLE: Ink(bold=True, underline=True),
            Look.SELECTED: Ink(bg="#cfe3fb"),
            Look.CHOSEN: Ink(bg="#eaeef2"),
        },
        frozenset({Look.HEADER}),
    )


REVERSED: Final = {
    Look.HEADER: Ink(reverse=True),
    Look.TITLE: Ink(bold=True, underline=True),
    Look.SELECTED: Ink(reverse=True),
    Look.CHOSEN: Ink(bold=True),
}


def _ansi() -> Theme:
    return Theme(
        "ansi",
        {
            Role.TEXT: Ink(),
            Role.NAME: Ink(bold=True),
            Role.SECONDARY: Ink(),
            Role.RULE: Ink(),
            Role.BRANCH: Ink(),
            Role.PATH: Ink("cyan"),
            Role.FAILED: Ink("red", bold=True),
            Role.MIND: Ink("yellow", underline=True),
            Role.NEW: Ink("green"),
            Role.GONE: Ink(),
            Role.PRIVILEGED: Ink("magenta"),
            Role.HIT: Ink("yellow", reverse=True),
            Role.ANCESTOR: Ink(),
            Role.KEY: Ink(bold=True),
            Role.TITLE: Ink(bold=True, underline=True),
        },
        REVERSED,
        frozenset({Look.HEADER, Look.SELECTED}),
    )


def _mono() -> Theme:
    return Theme(
        "mono",
        {
            Role.TEXT: Ink(),
            Role.NAME: Ink(bold=True),
            Role.SECONDARY: Ink(),
            Role.RULE: Ink(),
            Role.BRANCH: Ink(),
            Role.PATH: Ink(),
            Role.FAILED: Ink(bold=True),
            Role.MIND: Ink(underline=True),
            Role.NEW: Ink(bold=True),
            Role.GONE: Ink(),
            Role.PRIVILEGED: Ink(),
            Role.HIT: Ink(reverse=True),
            Role.ANCESTOR: Ink(),
            Role.KEY: Ink(bold=True),
            Role.TITLE: Ink(bold=True, underline=True),
        },
        REVERSED,
        frozenset({Look.HEADER, Look.SELECTED}),
    )


NAMES: Final = ("dark", "light", "ansi", "mono")
EIGHT: Final = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")


@cache
def theme(name: str) -> Theme:
    """One of NAMES."""
    return {"dark": _dark, "light": _light, "ansi": _ansi, "mono": _mono}[name]()


def colours(environment: Mapping[str, str]) -> int:
    """How many colours the terminal has, by COLORTERM and TERM: 1, 16, 256 or 2**24; 1 under NO_COLOR (no-color.org)."""
    term = environment.get("TERM", "")
    if environment.get("NO_COLOR") or term in {"", "dumb", "unknown"} or term.startswith(("vt1", "vt2")) or term.endswith("-m"):
        return 1
    if environment.get("COLORTERM") in {"truecolor", "24bit"} or term.endswith("-direct"):
        return 1 << 24
    if "256color" in term or term in {"xterm-kitty", "alacritty", "foot", "xterm-ghostty"}:
        return 256
    return 16


def choose(setting: str, environment: Mapping[str, str]) -> str:
    """The theme's name for a setting ("auto" or one of NAMES). NO_COLOR beats a setting; a light one is known by COLORFGBG."""
    depth = colours(environment)
    if depth == 1:
        return "mono"
    if depth == 16 and setting != "mono":
        return "ansi"
    if setting in NAMES:
        return setting
    return "light" if environment.get("COLORFGBG", "").rpartition(";")[2] in {"7", "15"} else "dark"


@cache
def sgr(ink: Ink, depth: int) -> str:
    """The parameters of the SGR sequence that sets this ink after a reset; "" for the terminal's own."""
    codes = [code for code, on in (("1", ink.bold), ("4", ink.underline), ("7", ink.reverse), ("9", ink.strike)) if on]
    if ink.fg:
        codes.append(_code(ink.fg, depth, 30))
    if ink.bg:
        codes.append(_code(ink.bg, depth, 40))
    return ";".join(codes)


def _code(colour: str, depth: int, base: int) -> str:
    if not colour.startswith("#"):
        return str(base + EIGHT.index(colour))
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    if depth <= 256:
        return f"{base + 8};5;{nearest(red, green, blue)}"
    return f"{base + 8};2;{red};{green};{blue}"


def nearest(red: int, green: int, blue: int) -> int:
    """The nearest of xterm's 256 colours: its 6×6×6 cube and its 24 greys, never the first 16, which users change."""
    levels = (0, 95, 135, 175, 215, 255)
    cube = [min(range(6), key=lambda i, part=part: abs(levels[i] - part)) for part in (red, green, blue)]  # type: ignore[misc]
    grey = min(range(24), key=lambda i: abs(8 + 10 * i - (red + green + blue) // 3))
    shades = {16 + 36 * cube[0] + 6 * cube[1] + cube[2]: [levels[i] for i in cube], 232 + grey: [8 + 10 * grey] * 3}
    return min(shades, key=lambda code: sum((a - b) ** 2 for a, b in zip(shades[code], (red, green, blue), strict=True)))


@cache
def style(ink: Ink) -> Style:
    """The same ink for Textual (pictures under test, and where its own widgets would ask)."""
    return Style(
        color=ink.fg or None,
        bgcolor=ink.bg or None,
        bold=ink.bold or None,
        underline=ink.underline or None,
        reverse=ink.reverse or None,
        strike=ink.strike or None,
    )


@cache
def styled(name: str, role: Role, look: Look) -> Style:
    """How a theme draws a role on a line."""
    return style(theme(name).ink(role, look))
