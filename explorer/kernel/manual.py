"""man(1): whether it has a page, and shown on the terminal. Started with arguments, never through a shell of ours."""

import os
import re
import shutil
import subprocess
from typing import Final

from explorer.kernel.guest import end
from explorer.model.manual import Page
from explorer.model.missing import Missing, Reason, Unreadable

DEADLINE: Final = 5.0
NAME: Final = re.compile(r"[a-z0-9_]{1,64}", re.ASCII)
SECTION: Final = re.compile(r"[1-9]", re.ASCII)
NO_MAN: Final = Missing(Reason.UNSUPPORTED, "there is no man here", "apt install man-db, and manpages-dev for the pages of system calls")


def has(page: Page) -> bool:
    """Whether there is such a page. Blocks while man(1) looks, DEADLINE at most. Raises Unreadable: UNSUPPORTED without a man."""
    if not NAME.fullmatch(page.name) or not SECTION.fullmatch(page.section):
        return False
    man = shutil.which("man")
    if man is None:
        raise Unreadable(NO_MAN)
    try:
        found = subprocess.run(
            [man, "-w", page.section, page.name],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=DEADLINE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(Missing(Reason.TIMED_OUT, f"man -w {page.section} {page.name}")) from None
    except OSError as error:
        raise Unreadable(Missing(Reason.UNSUPPORTED, f"{man}: {os.strerror(error.errno or 0)}")) from None
    return found.returncode == 0 and bool(found.stdout.strip())


class Reading:
    """man(1) on a terminal, in our process group: keys go to it, and Ctrl-Z stops both. Raises OSError where it cannot be started."""

    def __init__(self, page: Page, tty: int) -> None:
        """tty: a descriptor of the terminal that blocks; the caller closes it."""
        self._program = subprocess.Popen([shutil.which("man") or "man", page.section, page.name], stdin=tty, stdout=tty, stderr=tty)

    def wait(self) -> int:
        """Blocks until it has ended; its status."""
        return self._program.wait()

    def end(self) -> None:
        """End it now, with the pager that it has started, and wait a moment for that."""
        end(self._program)
