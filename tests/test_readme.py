"""What README tells a person to type is taken, and what it shows is there."""

import re
import shlex
from pathlib import Path

import pytest

from explorer.cli import COMMANDS
from explorer.cli.main import parser_of

TREE = Path(__file__).parent.parent
TEXT = (TREE / "README.md").read_text()
SUMMARIES = {command.name: command.summary for command in COMMANDS}
TYPED = sorted({found.replace("\\|", "|") for found in re.findall(r"`procdive ([a-z]+ [^`]*|[a-z]+)`", TEXT)})


@pytest.mark.parametrize("typed", TYPED)
def test_a_command_of_the_readme_is_taken(typed: str) -> None:
    words = shlex.split(typed.partition("|")[0].partition(": ")[0])
    parser_of(words[0], SUMMARIES[words[0]]).parse_intermixed_args(words[1:])


def test_every_command_is_told_of() -> None:
    assert set(SUMMARIES) == {typed.split()[0] for typed in TYPED}


def test_every_picture_and_page_is_there() -> None:
    linked = re.findall(r"\]\(([^)#]+)\)", TEXT)
    assert len(linked) > 6
    assert [name for name in linked if not (TREE / name).exists()] == []


def test_pictures_are_drawn_from_this_program() -> None:
    for name in ("wide", "tree", "files", "stack", "narrow", "trace", "unfolded", "narrow-trace"):
        text = (TREE / f"screenshots/{name}.svg").read_text()
        assert "<title>" in text
        assert "nginx" in text or name == "stack"
