"""resolve/comm.py"""

from explorer.resolve.comm import comm
from tests.fakeproc import FakeProc


def test_a_name_may_hold_anything(fakeproc: FakeProc) -> None:
    fakeproc.file("7/comm", b"a) R 1\n\xff\n")
    assert comm(fakeproc.system.proc, 7) == "a) R 1\n\udcff"
    assert comm(fakeproc.system.proc, 8) == ""
