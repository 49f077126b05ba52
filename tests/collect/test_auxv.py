"""collect/auxv.py"""

import os

from explorer.collect.auxv import auxv
from explorer.model.missing import Missing
from explorer.resolve.place import Place, place
from explorer.resolve.system import System


def test_of_ourselves(system: System) -> None:
    at = place(system, os.getpid())
    assert isinstance(at, Place)
    found = auxv(system, at)
    assert not isinstance(found, Missing)
    assert found["AT_PAGESZ"] == os.sysconf("SC_PAGESIZE")
    assert found["AT_UID"] == os.getuid()


def test_a_zombie_has_none(system: System) -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    at = place(system, child)
    assert isinstance(at, Place)
    assert isinstance(auxv(system, at), Missing)
    os.waitpid(child, 0)
