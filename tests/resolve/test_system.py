"""The one handle: everything below hangs on it, and is made when it is asked for."""

import subprocess
import sys
from functools import cached_property

import pytest

from explorer.resolve.system import System
from tests.terminal import TREE

LAZY = sorted(name for name, value in vars(System).items() if isinstance(value, cached_property))


@pytest.mark.parametrize("name", LAZY)
def test_each_resolver_is_made_once(name: str) -> None:
    system = System()
    assert getattr(system, name) is getattr(system, name)
    system.close()


def test_nothing_is_loaded_that_was_not_asked_for() -> None:
    show = "print(*(name for name in sys.modules if name.startswith('explorer.resolve')))"
    program = f"import sys; from explorer.resolve.system import System; System().close(); {show}"
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=TREE).stdout
    assert set(out.split()) == {"explorer.resolve", "explorer.resolve.system"}


def test_closing_twice_is_no_fault() -> None:
    system = System()
    assert system.reader.read("/proc/self/comm")
    system.close()
    system.close()
