"""kernel/bpf/named.py"""

import os

import pytest

from explorer.kernel.bpf.named import info
from explorer.model.missing import Reason, Unreadable


def test_one_that_there_is_not() -> None:
    with pytest.raises(Unreadable) as refused:
        info("prog", 0xFFFFFFF0)
    assert refused.value.missing.reason is (Reason.DENIED if os.geteuid() else Reason.GONE)


@pytest.mark.root
def test_nothing_stays_open() -> None:
    before = len(os.listdir("/proc/self/fd"))
    for sort in ("prog", "map", "link"):
        with pytest.raises(Unreadable):
            info(sort, 0xFFFFFFF0)
    assert len(os.listdir("/proc/self/fd")) == before
