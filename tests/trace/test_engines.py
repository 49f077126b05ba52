"""trace/engines.py: best first, and nobody loads them who does not choose."""

import subprocess
import sys

from explorer.trace.engines import ENGINES


def test_the_one_that_stops_nobody_is_first_and_the_one_for_everybody_last() -> None:
    assert [engine.name for engine in ENGINES] == ["bpf", "ptrace"]


def test_the_tracer_process_and_the_screens_own_parts_load_none() -> None:
    for module in ("explorer.child.tracer.main", "explorer.ui.trace.area", "explorer.trace.saved"):
        looked = f"import sys, {module}; print([name for name in sys.modules if name.startswith('explorer.trace.bpf')])"
        done = subprocess.run([sys.executable, "-c", looked], capture_output=True, text=True, check=True)
        assert done.stdout == "[]\n", module
