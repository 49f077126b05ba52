"""kernel/descriptors.py"""

import os

import pytest

from explorer.kernel.descriptors import access, links
from explorer.kernel.procfs import Procfs
from explorer.model.missing import Reason, Unreadable

PROC = Procfs()


def test_where_ours_lead() -> None:
    read, write = os.pipe()
    try:
        found = dict(links(PROC, os.getpid()))
        assert found[read] == found[write] == os.readlink(f"/proc/self/fd/{read}")
        assert access(PROC, os.getpid(), read) == "r"
        assert access(PROC, os.getpid(), write) == "w"
    finally:
        os.close(read)
        os.close(write)
    assert access(PROC, os.getpid(), 1 << 20) == ""


def test_a_process_that_is_not_there() -> None:
    with pytest.raises(Unreadable) as refused:
        links(PROC, 1 << 30)
    assert refused.value.missing.reason is Reason.GONE
