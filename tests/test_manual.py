"""The manual page names every command and every option, and groff has nothing to say against it."""

import argparse
import subprocess
from pathlib import Path

import pytest

from explorer import __version__
from explorer.cli import COMMANDS
from explorer.cli.start import options

PAGE = Path(__file__).parent.parent / "docs/procdive.1"
TEXT = PAGE.read_text().replace("\\-", "-")


def test_it_is_of_this_version() -> None:
    assert f"procdive {__version__}" in TEXT


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_each_command_has_its_paragraph(name: str) -> None:
    assert any(line.startswith((".BR", ".BI", ".B")) and line.split()[1].strip('"') == name for line in TEXT.splitlines())


def test_each_option_has_its_paragraph() -> None:
    parser = argparse.ArgumentParser()
    options(parser)
    for action in parser._actions:
        for option in action.option_strings:
            assert option in TEXT, option


@pytest.mark.oracle("man")
def test_man_can_show_it() -> None:
    done = subprocess.run(
        ["man", "--warnings", "-l", str(PAGE)],
        capture_output=True,
        text=True,
        env={"MANWIDTH": "80", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "without stopping it" in done.stdout
