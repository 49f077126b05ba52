"""The shells' completion files, made by shtab from the parsers themselves and kept in explorer/completions."""

import argparse
import sys

import shtab

from explorer.cli import COMMANDS
from explorer.cli.completion import FILES, FOLDER, completion
from explorer.cli.main import parser_of
from explorer.cli.start import options


def whole() -> argparse.ArgumentParser:
    """One parser of everything that may stand on the command line, which the program itself never needs at once."""
    parser = argparse.ArgumentParser(prog="procdive")
    options(parser)
    commands = parser.add_subparsers(dest="command")
    for command in COMMANDS:
        one = parser_of(command.name, command.summary)
        commands.add_parser(command.name, help=command.summary, parents=[one], add_help=False, allow_abbrev=False)
    return parser


def made(shell: str) -> str:
    """A completion file's text."""
    return "\n".join(line.rstrip() for line in str(shtab.complete(whole(), shell=shell)).splitlines()) + "\n"


def current(shell: str) -> bool:
    """Whether the file that is shipped is what the parsers say now."""
    return completion(shell) == made(shell)


def main() -> int:
    FOLDER.mkdir(exist_ok=True)
    for shell, name in FILES.items():
        (FOLDER / name).write_text(made(shell))
    return 0


if __name__ == "__main__":
    sys.exit(main())
