"""The key line: at most 12 keys, 9 where narrow; help and quit stay longest."""

import pytest

from explorer.render.piece import plain
from explorer.render.width import width
from explorer.ui.command import Command
from explorer.ui.keyline import key_line

COMMANDS = [Command(str(rank), "a", "n", label=f"F{rank} label{rank}", short=f"F{rank} s{rank}", rank=rank) for rank in range(1, 20)]
HELP = Command("f1", "help", "help", label="F1 help", short="F1 help", rank=0, least=0)
QUIT = Command("q", "back", "back", label="q quit", short="q quit", rank=99, least=0)


@pytest.mark.parametrize(("columns", "most"), [(80, 9), (99, 9), (160, 12), (300, 12)])
def test_so_many_at_most(columns: int, most: int) -> None:
    text = plain(key_line([*COMMANDS, HELP, QUIT], columns))
    assert text.count("F") + 1 <= most
    assert text.startswith("F1 help")
    assert text.endswith("q quit")
    assert width(text) <= columns


def test_it_fits_any_width() -> None:
    for columns in range(1, 200):
        assert width(plain(key_line([*COMMANDS, HELP, QUIT], columns))) <= columns
    assert plain(key_line([*COMMANDS, HELP, QUIT], 14)) == "F1 help q quit"


def test_what_has_no_label_is_not_there() -> None:
    assert plain(key_line([Command("x", "x", "x", label="", short=""), QUIT], 80)) == "q quit"
    assert plain(key_line([Command("x", "x", "x", label="x wide", short=""), QUIT], 80)) == "q quit"
