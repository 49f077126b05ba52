"""`procdive` and `python -m explorer`: a command, or the screen."""

import sys
from typing import Any

from explorer.cli import COMMANDS


def main() -> int:
    """The exit status: 0 done, 1 nothing matched or could not be read, 2 wrong usage, 128+n after a signal."""
    arguments = sys.argv[1:]
    if not arguments:
        return _screen("")  # at once: nothing of the command line is loaded
    if (file := to_show(arguments)) and sys.stdout is not None and sys.stdout.isatty():
        return _screen("", trace=file)
    if arguments[:2] == ["trace", "--open"] and len(arguments) == 3 and sys.stdout is not None and sys.stdout.isatty():
        return _screen("", trace=arguments[2])
    if arguments and arguments[0] in {command.name for command in COMMANDS}:
        from explorer.cli.main import run

        return run(arguments)
    from explorer.cli.start import start

    return start(arguments, _screen)


def to_show(arguments: list[str]) -> str:
    """The file of `procdive trace --open FILE`, which is the screen's where nothing else is asked for; "" for all others."""
    match arguments:
        case ["trace", "--open", file]:
            return file
        case ["trace", option] if option.startswith("--open="):
            return option.removeprefix("--open=")
    return ""


def _screen(target: str, **options: Any) -> int:
    """The screen, loaded only here: commands and --help do without."""
    from explorer.ui.open import open_screen

    return open_screen(target, **options)


if __name__ == "__main__":
    sys.exit(main())
