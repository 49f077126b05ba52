"""`procdive` and `python -m explorer`: a command, or the screen."""

import sys

from explorer.cli import COMMANDS


def main() -> int:
    """The exit status: 0 done, 1 nothing matched or could not be read, 2 wrong usage, 128+n after a signal."""
    arguments = sys.argv[1:]
    if arguments and arguments[0] in {command.name for command in COMMANDS}:
        from explorer.cli.main import run

        return run(arguments)
    from explorer.cli.start import start

    return start(arguments)


if __name__ == "__main__":
    sys.exit(main())
