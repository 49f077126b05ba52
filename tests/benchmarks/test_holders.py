"""benchmarks/holders.py: the machine that a figure is taken on is as it says."""

import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.holders import Holders, descriptors


@pytest.mark.skipif(not shutil.which("gcc"), reason="needs gcc")
def test_what_each_of_them_holds() -> None:
    before = descriptors()
    with Holders(8, 24) as it:
        pids = it.pids
        assert len(pids) == 9
        links = {pid: [os.readlink(f"/proc/{pid}/fd/{number}") for number in os.listdir(f"/proc/{pid}/fd")] for pid in pids[1:]}
        kinds = Counter(link.partition(":[")[0] for found in links.values() for link in found if ":[" in link)
        assert kinds["socket"] == 8 * 3 + 4, "a listening one and a pair each, of two in four a connection"
        assert kinds["pipe"] >= 8 * 2
        assert kinds["anon_inode"] == 8 * 2
        own = {link for found in links.values() for link in found if "/own-" in link}
        assert len(own) >= 8 * 3
        assert all(23 <= len(found) <= 25 for found in links.values())
        assert descriptors() > before + 8 * 20
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_more_than_a_process_may_have() -> None:
    with pytest.raises(OSError, match="hard limit"):
        Holders(1, 1 << 30).__enter__()
