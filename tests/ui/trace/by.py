"""The screen with one engine and no other: `python -m tests.ui.trace.by ENGINE [ARGUMENTS]`."""

import sys

from explorer.__main__ import main
from explorer.trace import choice
from explorer.trace.engines import ENGINES


def of(engine: str) -> tuple[str, ...]:
    """The command."""
    return (sys.executable, "-m", "tests.ui.trace.by", engine)


if __name__ == "__main__":
    name = sys.argv.pop(1)
    setattr(choice, "ENGINES", tuple(engine for engine in ENGINES if engine.name == name))  # noqa: B010
    sys.exit(main())
