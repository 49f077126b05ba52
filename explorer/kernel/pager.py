"""The user's pager on a terminal, with somebody's regular file: child/pager.py opens it and becomes the pager."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Final

from explorer.kernel.beside import ROOT
from explorer.kernel.frames import REFUSED
from explorer.kernel.guest import end
from explorer.kernel.paths import encoded
from explorer.model.missing import Missing, Reason, Unreadable

PROGRAM: Final = "import sys; sys.path.insert(0, {!r}); from explorer.child.pager import main; main({!r}, {!r}, sys.argv[1:])"
PREPROCESSORS: Final = ("LESSOPEN", "LESSCLOSE")
"""Programs that less would give the file to first: what strangers wrote is not for them, least of all as root."""


def words(environment: Mapping[str, str], offset: int) -> list[str]:
    """$PAGER, else less, with its arguments; less is told to begin at an offset. Raises Unreadable where there is none."""
    given = environment.get("PAGER", "").strip()
    try:
        found = shlex.split(given) or ["less"]
    except ValueError:
        raise Unreadable(Missing(Reason.UNSUPPORTED, f"PAGER={given} is no command", "set it to a command's name, such as less")) from None
    if shutil.which(found[0]) is None:
        raise Unreadable(Missing(Reason.UNSUPPORTED, f"there is no {found[0]} here", "apt install less, or set PAGER"))
    return [*found, f"+{offset}P"] if offset and os.path.basename(found[0]) == "less" else found


class Paging:
    """The pager, in our process group: keys go to it, and Ctrl-Z stops both."""

    def __init__(
        self,
        path: str,
        identity: tuple[int, int],
        pager: list[str],
        environment: Mapping[str, str],
        tty: int,
        refused: Callable[[], object],
    ) -> None:
        """path: /proc/PID/fd/N. identity: device and inode that it must have. tty: a descriptor of the terminal that blocks; the caller
        closes it. refused: called when there was nothing to show, by whoever waits. Raises OSError where it cannot be started.
        """
        program = PROGRAM.format(ROOT, encoded(path), identity)
        kept = {name: value for name, value in environment.items() if name not in PREPROCESSORS}
        self._refused = refused
        self._program = subprocess.Popen([sys.executable, "-I", "-S", "-c", program, *pager], stdin=tty, stdout=tty, stderr=tty, env=kept)

    def wait(self) -> int:
        """Blocks until it has ended; its status."""
        status = self._program.wait()
        if status == REFUSED:
            self._refused()
        return status

    def end(self) -> None:
        """End it now, with what it has started, and wait a moment for that."""
        end(self._program)
