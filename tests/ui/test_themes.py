"""Roles have their looks on every sort of terminal, and the terminal says which sort it is."""

import pytest

from explorer.render.piece import Role
from explorer.ui.themes import NAMES, Look, choose, colours, nearest, sgr, style, theme


@pytest.mark.parametrize(
    ("environment", "depth"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, 1 << 24),
        ({"TERM": "xterm-256color"}, 256),
        ({"TERM": "xterm-direct"}, 1 << 24),
        ({"TERM": "xterm"}, 16),
        ({"TERM": "linux"}, 16),
        ({"TERM": "screen"}, 16),
        ({"TERM": "vt100"}, 1),
        ({"TERM": "dumb"}, 1),
        ({}, 1),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, 1),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, 256),
    ],
)
def test_how_many_colours_a_terminal_has(environment: dict[str, str], depth: int) -> None:
    assert colours(environment) == depth


@pytest.mark.parametrize(
    ("setting", "environment", "name"),
    [
        ("auto", {"TERM": "xterm-256color"}, "dark"),
        ("auto", {"TERM": "xterm-256color", "COLORFGBG": "0;15"}, "light"),
        ("auto", {"TERM": "xterm-256color", "COLORFGBG": "15;0"}, "dark"),
        ("auto", {"TERM": "linux"}, "ansi"),
        ("auto", {"TERM": "dumb"}, "mono"),
        ("light", {"TERM": "xterm-256color"}, "light"),
        ("light", {"TERM": "linux"}, "ansi"),
        ("mono", {"TERM": "linux"}, "mono"),
        ("dark", {"TERM": "xterm-256color", "NO_COLOR": "1"}, "mono"),
        ("ansi", {"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "ansi"),
    ],
)
def test_which_theme_is_chosen(setting: str, environment: dict[str, str], name: str) -> None:
    assert choose(setting, environment) == name


@pytest.mark.parametrize("name", NAMES)
def test_every_role_has_an_ink_on_every_line(name: str) -> None:
    for role in Role:
        for look in Look:
            ink = theme(name).ink(role, look)
            assert style(ink) == style(ink)


def test_the_table_of_the_sketches() -> None:
    dark, light, ansi, mono = (theme(name) for name in NAMES)
    assert sgr(dark.ink(Role.FAILED, Look.PLAIN), 1 << 24) == "1;38;2;255;123;114"
    assert sgr(dark.ink(Role.TEXT, Look.HEADER), 1 << 24) == "1;38;2;16;20;24;48;2;121;192;255"
    assert sgr(light.ink(Role.NAME, Look.SELECTED), 1 << 24) == "1;38;2;0;0;0;48;2;207;227;251"
    assert sgr(ansi.ink(Role.FAILED, Look.PLAIN), 16) == "1;31"
    assert sgr(ansi.ink(Role.MIND, Look.PLAIN), 16) == "4;33"
    assert sgr(ansi.ink(Role.SECONDARY, Look.PLAIN), 16) == ""
    assert sgr(ansi.ink(Role.FAILED, Look.SELECTED), 16) == "1;7"
    assert sgr(mono.ink(Role.MIND, Look.PLAIN), 1) == "4"
    assert sgr(mono.ink(Role.TEXT, Look.TITLE), 1) == "1;4"


def test_a_filter_that_is_on_stands_out_of_the_reversed_header() -> None:
    for name in NAMES:
        assert theme(name).ink(Role.MIND, Look.HEADER) != theme(name).ink(Role.TEXT, Look.HEADER)


@pytest.mark.parametrize(
    ("colour", "code"), [((255, 255, 255), 231), ((0, 0, 0), 16), ((95, 135, 175), 67), ((8, 8, 8), 232), ((128, 128, 128), 244)]
)
def test_the_nearest_of_256(colour: tuple[int, int, int], code: int) -> None:
    assert nearest(*colour) == code
