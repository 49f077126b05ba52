"""decode/syscall/sets.py: the classes are strace's."""

import pytest

from explorer.decode.syscall import numbers, sets

CALLS = {name for arch in (*numbers.ARCHES, "x32") for name in numbers.numbers(arch)} | {"send", "recv", "semop"}


@pytest.mark.parametrize("name", sets.CLASSES)
def test_a_class_has_calls_that_there_are(name: str) -> None:
    assert sets.members(name)
    assert sets.members(name) <= CALLS


def test_names_as_they_are_written() -> None:
    assert sets.every()["%net"] == sets.every()["network"] == sets.members("network")
    assert "%%stat" in sets.every()
    assert "net" not in sets.every()
    assert sets.members("nosuch") == frozenset()
    assert {"open", "openat", "execve", "rename"} <= sets.members("file")
    assert not {"close", "read"} & sets.members("file")
