"""`procdive` without a command: what it is, its version, or the screen."""

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import Final, NoReturn

from explorer.cli import COMMANDS
from explorer.cli.completion import FILES, completion
from explorer.cli.output import Output
from explorer.model.missing import Missing, Unreadable
from explorer.render.printable import printable
from explorer.resolve.system import System

ABOUT: Final = """See what any Linux process is doing, without stopping it: its place in the tree, its descriptors
and who is at their other end, what each of its threads is stuck on."""
EXAMPLES: Final = """
examples:
  procdive                    the tree of processes; Enter, then l b o v e L for what is known of one
  procdive 812                the same, opened on that process
  procdive nginx              opened on a process of that name
  procdive open ps            opened on a process whose name is also a command
  procdive --theme mono       without colours, as under NO_COLOR
  procdive --print-completion bash > ~/.local/share/bash-completion/completions/procdive

In the screen F1 explains the keys of the place where you are, q goes back, F10 or Ctrl-C quits.
"""
THEMES: Final = ("auto", "dark", "light", "ansi", "mono")
FASTEST, SLOWEST = 0.1, 3600.0


def start(arguments: Sequence[str], open_screen: Callable[..., int]) -> int:
    """Runs the screen, or prints help or version; the exit status. Wrong usage: one line on stderr, and 2."""
    if not arguments:
        return open_screen("")
    try:
        given = _parser().parse_args(list(arguments))
        if given.print_completion:
            sys.stdout.write(completion(given.print_completion))
            return 0
        target, note = _target(given.target)
    except SystemExit as end:
        return int(end.code or 0)
    except Unreadable as error:
        Output().complain(error.missing)
        return 1
    return open_screen(target, note=note, theme=given.theme or "", mouse=given.mouse, interval=given.interval or 0.0)


def _target(words: Sequence[str]) -> tuple[str, str]:
    """Whom to open on, and what has to be said about it. Raises Unreadable where there is no such process."""
    if words and words[0] == "open":
        words = words[1:]
        if not words:
            _wrong("open whom? a PID or a name")
    if len(words) > 1:
        _wrong(f"{words[1]!r}: the screen opens on one process")
    target = words[0] if words else ""
    if not target.isdecimal():
        return target, ""
    pid, system = int(target), System()
    try:
        status = system.proc.read(pid, "status")
    except Unreadable as error:
        raise Unreadable(Missing(error.missing.reason, f"process {target}", "procdive ps lists those there are")) from None
    tgid = next((line[5:].strip().decode() for line in status.splitlines() if line.startswith(b"Tgid:")), target)
    return tgid, "" if tgid == str(pid) else f"{pid} is a thread of {tgid}"


def _wrong(words: str) -> NoReturn:
    sys.stderr.write(f"procdive: {printable(words)}; `procdive --help` teaches\n")
    raise SystemExit(2)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        _wrong(message)


def _parser() -> argparse.ArgumentParser:
    commands = "\n".join(f"  {command.name:<10} {command.summary}" for command in COMMANDS)
    screen = _Parser(
        prog="procdive",
        usage="procdive [OPTIONS] [PID | NAME]\n       procdive COMMAND [--help] …",
        description=ABOUT,
        epilog=f"commands, for scripts and pipes:\n{commands}\n{EXAMPLES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    screen.add_argument("target", nargs="*", metavar="PID | NAME", help="whom to open the screen on")
    options(screen)
    return screen


def options(parser: argparse.ArgumentParser) -> None:
    """What may stand before PID or NAME; the shells' completion files are made from this, too."""
    from explorer.cli.main import version

    parser.add_argument("--theme", choices=THEMES, help="colours; auto: by the terminal")
    parser.add_argument("--no-mouse", dest="mouse", action="store_false", default=None, help="leave the mouse to the terminal")
    parser.add_argument("--interval", type=_seconds, metavar="S", help="seconds between two refreshes")
    parser.add_argument("--version", action="version", version=version())
    parser.add_argument("--print-completion", choices=FILES, help="print that shell's completion file")


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not FASTEST <= seconds <= SLOWEST:
        raise argparse.ArgumentTypeError(f"{text!r} is not between {FASTEST:g} and {SLOWEST:g} seconds")
    return seconds
