"""The command line: options → a command of COMMANDS, or the screen."""

import argparse
import errno
import importlib
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any

from explorer import __version__
from explorer.cli import COMMANDS
from explorer.cli.output import Output
from explorer.resolve.system import System


class Ended(BaseException):
    """SIGTERM or SIGHUP: unwinds everything, undoing what was done."""

    def __init__(self, number: int) -> None:
        self.number = number


def parser_of(name: str, summary: str) -> argparse.ArgumentParser:
    """The parser of one command; importing its module and nothing else."""
    parser = argparse.ArgumentParser(prog=f"procdive {name}", description=summary, formatter_class=formatter, allow_abbrev=False)
    module(name).arguments(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object a line, for scripts")
    return parser


def formatter(prog: str) -> argparse.HelpFormatter:
    """How --help is laid out. Told the width, argparse does not load shutil and five compressors with it (10 ms)."""
    try:
        columns = os.get_terminal_size(1).columns
    except OSError:
        columns = 0
    told = os.environ.get("COLUMNS", "")
    return argparse.RawDescriptionHelpFormatter(prog, width=(int(told) if told.isascii() and told.isdecimal() else 0) or columns or 80)


def module(name: str) -> Any:
    """The module of a command."""
    return importlib.import_module(f"explorer.cli.{name}")


def command(arguments: Sequence[str], system: System | None = None, out: Output | None = None) -> int:
    """Run the command that arguments[0] names; returns its exit status. Never raises what a person would see as a traceback."""
    chosen = next(entry for entry in COMMANDS if entry.name == arguments[0])
    parser = parser_of(chosen.name, chosen.summary)
    given, started = list(arguments[1:]), None
    if chosen.starts and "--" in given:
        # Before argparse, which takes the dashes away.
        place = given.index("--")
        given, started = given[:place], tuple(given[place + 1 :])
    options = parser.parse_intermixed_args(given)
    options.command = started
    out = out or Output(json_lines=options.json)
    out.json_lines = options.json
    system = system or System()
    try:
        status = module(chosen.name).run(options, system, out)
        out.out.flush()
    finally:
        system.close()
    return int(status)


def run(arguments: Sequence[str]) -> int:
    """`command` as a whole process: signals, closed pipes and full disks end it cleanly."""

    def end(number: int, _frame: object) -> None:
        raise Ended(number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)
    try:
        return command(arguments)
    except Ended as ended:
        return 128 + ended.number
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        # What is left in the buffer would raise again when Python closes stdout.
        if sys.stdout is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno == errno.EPIPE:
            return 0
        if sys.stderr is not None:
            sys.stderr.write(f"procdive: cannot write: {error.strerror}\n")
        return 1


def version() -> str:
    """What --version prints."""
    return f"procdive {__version__}"
