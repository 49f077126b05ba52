"""An ordinary user can run us, and is one."""

import os
import subprocess

from tests.ordinary import UID, as_user, python


def test_it_is_an_ordinary_user_that_runs_explorer() -> None:
    program = "import os, explorer.model.missing; print(os.geteuid(), os.getegid(), os.getgroups())"
    out = subprocess.run([*python(), "-c", program], capture_output=True, text=True, **as_user())  # type: ignore[call-overload]
    assert out.stderr == ""
    assert out.stdout.split()[0] == str(UID if os.geteuid() == 0 else os.geteuid())
