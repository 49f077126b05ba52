"""kernel/frames.py"""

import subprocess
import sys
from pathlib import Path

from explorer.kernel.frames import ANSWER, REQUEST, STAT

TREE = Path(__file__).parent.parent.parent


def test_sizes_are_the_same_on_every_machine() -> None:
    assert (REQUEST.size, ANSWER.size, STAT.size) == (21, 12, 72)


def test_the_child_imports_next_to_nothing() -> None:
    """It is started anew after each read that hung."""
    program = (
        f"import sys; sys.path.insert(0, {str(TREE)!r}); before = set(sys.modules); import explorer.child.reader\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    out = subprocess.run([sys.executable, "-ISc", program], capture_output=True, text=True, check=True)
    loaded = {name for name in out.stdout.split() if not name.startswith("explorer")}
    assert loaded <= {"struct", "_struct", "os", "os.path", "posixpath", "genericpath", "stat", "_stat", "_collections_abc", "errno"}
