"""collect/environment.py"""

import os

from explorer.collect.environment import environment
from explorer.model.environ import Environ, Variable
from explorer.model.missing import Missing
from explorer.resolve.system import System
from tests.processes import HELD, Processes


def test_exact(system: System, processes: Processes) -> None:
    env = {b"A": b"x=y", b"EMPTY": b"", b"BYTES\xff": b"\xff\x1b\n", b"P": b"/bin"}
    process = processes.python("import sys; " + HELD, env=env)
    found = environment(system, process.pid)
    assert isinstance(found, Environ)
    assert set(found.variables) == {
        Variable("A", "x=y"),
        Variable("EMPTY", ""),
        Variable("BYTES\udcff", "\udcff\x1b\n"),
        Variable("P", "/bin"),
    }


def test_a_title_over_it(system: System, processes: Processes) -> None:
    """What is left of it is shown, and that it was written over."""
    found = environment(system, processes.titled(b"t" * 2000))
    assert isinstance(found, Environ)
    assert found.padding > 0 or found.variables[0].name == ""


def test_who_has_none(system: System) -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    found = environment(system, child)
    os.waitpid(child, 0)
    assert isinstance(found, Missing)
    assert isinstance(environment(system, child), Missing)
