"""collect/numbers.py"""

from explorer.collect.numbers import number
from explorer.model.missing import Missing, Reason
from explorer.resolve.place import Place, place
from tests.fakeproc import FakeProc
from tests.resolve.test_place import STAT


def test_numbers_and_none(fakeproc: FakeProc) -> None:
    fakeproc.file("12/stat", STAT.format(state="S", flags=0))
    fakeproc.file("12/oom_score", "666\n")
    fakeproc.file("12/coredump_filter", "00000033\n")
    fakeproc.file("12/loginuid", "what")
    system = fakeproc.system
    at = place(system, 12)
    assert isinstance(at, Place)
    assert number(system, at, "oom_score") == 666
    assert number(system, at, "coredump_filter", 16) == 0x33
    for name in ("loginuid", "sessionid"):
        found = number(system, at, name)
        assert isinstance(found, Missing)
        assert found.reason is Reason.UNSUPPORTED
