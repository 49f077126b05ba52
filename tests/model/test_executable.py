"""model/executable.py"""

from explorer.model.executable import Executable, Fate


def test_moved() -> None:
    assert Executable("/new", Fate.PRESENT, "/old", Fate.DELETED).moved
    assert not Executable("/new", Fate.PRESENT).moved
    assert not Executable("/new", Fate.PRESENT, "/old", Fate.PRESENT).moved
    assert not Executable("/new", Fate.DELETED, "/old", Fate.DELETED).moved
