"""collect/waits/opening.py"""

from pathlib import Path

from explorer.resolve.system import System
from tests.collect.threads import wait_of
from tests.specimens.waits import Waits


def test_a_fifo_that_nobody_writes(system: System, tmp_path: Path) -> None:
    with Waits("fifo", str(tmp_path / "fi fo")) as it:
        wait = wait_of(system, it.pid)
        assert wait.text == f"waits for somebody to open the fifo {tmp_path}/fi fo for writing: nobody has the other end"
