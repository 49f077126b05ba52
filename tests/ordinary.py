"""procdive as an ordinary user, for tests that root runs.

Our own Python may live where nobody else may look (in root's home): then the system's Python of the same version runs
the same code and the same packages.
"""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

TREE = Path(__file__).parent.parent
UID = 65534
"""nobody: owns nothing, is nobody's friend"""


@cache
def python() -> tuple[str, ...]:
    """An argv that starts a Python that an ordinary user may run, with explorer in its path. Skips the test where there is none."""
    place = f"/usr/bin/python3.{sys.version_info.minor}"
    packages = next(path for path in sys.path if path.endswith("site-packages"))
    for found in (sys.executable, place):
        argv = ("env", f"PYTHONPATH={TREE}:{packages}", "PYTHONDONTWRITEBYTECODE=1", found)
        if os.path.exists(found) and runs(argv):
            return argv
    pytest.skip("no Python here that an ordinary user may run")


def runs(argv: tuple[str, ...]) -> bool:
    done = subprocess.run([*argv, "-c", "import explorer, psutil, textual"], capture_output=True, **as_user())  # type: ignore[call-overload]
    return bool(done.returncode == 0)


def as_user(uid: int = UID) -> dict[str, object]:
    """What subprocess needs to start something as that user; nothing where we are no root, and so are an ordinary user ourselves."""
    return {"user": uid, "group": uid, "extra_groups": [], "cwd": "/"} if os.geteuid() == 0 else {"cwd": "/"}
