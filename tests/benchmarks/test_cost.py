"""The meter of the benchmarks tells what a program and its children use."""

import subprocess
import sys
import time

import pytest

from benchmarks.cost import Meter, family, spent
from benchmarks.sleepers import Sleepers, alive

BUSY = "import time\nprint(flush=True)\nwhile True: pass"


def test_a_loop_uses_a_processor_and_so_does_a_loop_in_a_child() -> None:
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BUSY!r}])"
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        meter = Meter(process.pid)
        meter.start()
        until = time.monotonic() + 30
        while meter.rate() < 50 and time.monotonic() < until:
            time.sleep(0.1)
        members = family(process.pid)
        assert len(members) == 2
        assert meter.rate() >= 50
        assert spent(members[1]) > 0
        for pid in reversed(members):
            subprocess.run(["kill", "-9", str(pid)], check=True)


@pytest.mark.oracle("gcc")
def test_sleepers_are_as_many_as_asked_for_and_go_away() -> None:
    with Sleepers(0) as none:
        group = none._process.pid
    assert not alive(group)
