"""kernel/guest.py: programs are ended with all that they have started, those too that do not listen."""

import signal
import subprocess
import sys
from pathlib import Path

from explorer.kernel.guest import below, end
from tests.loopback import until


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in {"Z", "X"}
    except OSError:
        return True


def test_with_its_children_and_theirs() -> None:
    program = subprocess.Popen(["sh", "-c", "sh -c 'sleep 600; :'; :"])
    until(lambda: len(below(program.pid)) == 2, "a child and a grandchild")
    started = below(program.pid)
    end(program)
    assert program.returncode is not None
    until(lambda: all(map(gone, started)), "their end")
    end(program)
    assert below(program.pid) == []


def test_one_that_does_not_listen() -> None:
    ignores = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(600)"
    with subprocess.Popen([sys.executable, "-c", ignores], stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        program.stdout.readline()
        end(program)
        assert program.wait(20) == -signal.SIGKILL
