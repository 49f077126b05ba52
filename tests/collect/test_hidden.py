"""What hides processes is found out, and from whom it does not."""

import pytest

from explorer.collect.hidden import hidden
from explorer.model.missing import Missing, Reason
from tests.fakeproc import FakeProc

STATUS = "Name:\tx\nUid:\t{uid}\t{uid}\t{uid}\t{uid}\nGid:\t{gid}\t{gid}\t{gid}\t{gid}\nGroups:\t{groups}\nCapEff:\t{caps:016x}\n"


def found(fakeproc: FakeProc, options: str, *, gid: int = 1000, groups: str = "", caps: int = 0) -> Missing | None:
    fakeproc.file("self/status", STATUS.format(uid=1000, gid=gid, groups=groups, caps=caps))
    others = "23 1 0:21 / /sys rw - sysfs s rw\n24 1 0:22 / /mnt rw - proc p rw,hidepid=2\n"
    fakeproc.file("self/mountinfo", f"22 1 0:20 / {fakeproc.root} rw,nosuid shared:5 - proc - {options}\n{others}")
    return hidden(fakeproc.system)


@pytest.mark.parametrize(("options", "word"), [("rw,hidepid=2", "hidden"), ("rw,hidepid=invisible", "hidden"), ("rw,hidepid=1", "looked"),
                                               ("rw,hidepid=ptraceable,gid=7", "traced")])  # fmt: skip
def test_hidepid_in_both_spellings(fakeproc: FakeProc, options: str, word: str) -> None:
    why = found(fakeproc, options)
    assert why is not None
    assert why.reason is Reason.DENIED
    assert "hidepid=" in why.detail
    assert word in why.detail
    assert "group" in why.cure


def test_whom_it_does_not_concern(fakeproc: FakeProc) -> None:
    assert found(fakeproc, "rw") is None
    assert found(fakeproc, "rw,hidepid=0") is None
    assert found(fakeproc, "rw,hidepid=off") is None
    assert found(fakeproc, "rw,hidepid=2", gid=0) is None
    assert found(fakeproc, "rw,hidepid=2,gid=7", groups="5 7") is None
    assert found(fakeproc, "rw,hidepid=2", caps=1 << 19) is None
    assert found(fakeproc, "rw,hidepid=2,gid=7", groups="0 70") is not None


def test_a_proc_that_says_nothing(fakeproc: FakeProc) -> None:
    assert hidden(fakeproc.system) is None
    fakeproc.file("self/status", "CapEff:\tx\n")
    fakeproc.file("self/mountinfo", f"hidepid=2\n22 1 0:20 / {fakeproc.root} rw - proc - rw,hidepid=2\n")
    assert hidden(fakeproc.system) is not None
