"""Opens somebody's regular file and becomes the pager that shows it: started by kernel/pager.py on a terminal.

The pager is told the path of our own descriptor, so it reads what was looked at and nothing else, even when the number means
another file by now, the file has no name any more, or its process has ended.
"""

import os
import sys
from typing import NoReturn

from explorer.child.regular import opened
from explorer.kernel.frames import REFUSED


def main(path: bytes, identity: tuple[int, int], words: list[str]) -> NoReturn:
    """words: the pager and its arguments."""
    try:
        file = opened(path, identity)
        os.set_inheritable(file, True)
        os.execvp(words[0], [*words, f"/proc/self/fd/{file}"])
    except OSError as error:
        sys.stderr.write(f"procdive: {error.strerror}\n")
    sys.stderr.flush()
    os._exit(REFUSED)
