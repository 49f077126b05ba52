"""A command run inside the test's process, which costs milliseconds where a program start costs tenths of a second."""

import io
import json
from dataclasses import dataclass
from typing import Any

from explorer.cli.main import command
from explorer.cli.output import Output
from explorer.resolve.system import System


@dataclass(frozen=True)
class Done:
    """status: the exit status. out, err: what was printed."""

    status: int
    out: str
    err: str

    @property
    def records(self) -> list[Any]:
        """The objects of JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]


class Coloured(io.StringIO):
    """Standard output that says it is a terminal, so that colour is on."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def run(*arguments: str, system: System | None = None, colour: bool = False) -> Done:
    """What `procdive ARGUMENTS…` prints."""
    out, err = Coloured() if colour else io.StringIO(), io.StringIO()
    output = Output(out, err)
    output.ascii = False
    output.colour = colour
    try:
        status = command(arguments, system, output)
    except SystemExit as ended:
        status = int(ended.code or 0)
    return Done(status, out.getvalue(), err.getvalue())
