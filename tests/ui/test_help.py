"""The help page: only keys that exist, at any width, all of it at 80x24."""

import pytest

from explorer.render.piece import plain
from explorer.render.width import width
from explorer.ui.command import Command
from explorer.ui.help import help_lines
from tests.ui.shown import shown

COMMANDS = (
    Command("f3,slash", "search", "search", "F3 /", "Find"),
    Command("n", "next", "next hit", "n", "Find"),
    Command("l", "open", "files", "l", "Look"),
    Command("f9", "signal", "a signal, but first a question", "F9 k", "Change"),
    Command("x", "hidden", "in no group", "x", ""),
)


def test_groups_stand_in_two_columns_and_what_has_no_group_nowhere() -> None:
    lines = [plain(line) for line in help_lines(COMMANDS, 79, notes=False)]
    assert lines[0] == "Find    F3 / search  n next hit        Look    l files"
    assert lines[1].strip().startswith("Change  F9 k a signal")
    assert "in no group" not in "\n".join(lines)


@pytest.mark.parametrize("columns", [1, 5, 20, 40, 75, 76, 79, 200])
def test_no_line_is_wider_than_the_screen(columns: int) -> None:
    assert all(width(plain(line)) <= columns for line in help_lines(COMMANDS, columns, notes=True))


async def test_every_key_of_the_tree_is_explained_at_80x24_and_bound() -> None:
    async with shown() as screen:
        commands = screen.app.key_commands()
        await screen.press("f1")
        await screen.until_text("Help: tree")
        text = screen.text
        for command in commands:
            if command.group and command.written:
                assert command.written.split()[0] in text, command
        for group in ("Move", "Find", "Shape", "Mark", "Look", "Change", "Screen", "Signs", "State", "Copy"):
            assert group in text, group
        await screen.press("escape")
        assert screen.opened == (False, False)


async def test_help_of_a_pane_has_the_keys_of_that_pane_only() -> None:
    async with shown() as screen:
        await screen.press("b", "question_mark")
        await screen.until_text("Help: Stack", "group threads that wait alike")
        assert "tag with children" not in screen.text


async def test_help_scrolls_where_it_does_not_fit() -> None:
    async with shown((40, 10)) as screen:
        await screen.press("f1", "end")
        await screen.until_text("Copy")
        await screen.press("home")
        await screen.until_text("Move")
