"""kernel/bpf/missed.py: what the kernel says of programs of our own, and where in its structure that stands."""

import os
import re
import subprocess

import pytest

from explorer.kernel.bpf.missed import AT, missed
from explorer.kernel.bpf.object import Object


@pytest.mark.root
def test_nothing_was_left_out(loaded: Object) -> None:
    loaded.attach()
    for _ in range(500):
        os.getppid()
    assert len(loaded.descriptors()) > 1
    assert missed(loaded.descriptors()) == 0
    assert missed([-1]) == 0


@pytest.mark.oracle("gcc")
def test_where_it_stands() -> None:
    source = "#include <linux/bpf.h>\n#include <stddef.h>\nchar at[offsetof(struct bpf_prog_info, recursion_misses)];"
    made = subprocess.run(["gcc", "-xc", "-S", "-o-", "-"], input=source, text=True, capture_output=True, check=True)
    size = re.search(r"\.size\s+at, (\d+)", made.stdout)
    assert size is not None
    assert int(size[1]) == AT
