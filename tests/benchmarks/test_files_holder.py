"""The process of the figures about descriptors holds as many as it says, of several kinds."""

import os
from collections import Counter

from benchmarks.files_holder import FilesHolder


def test_it_has_as_many_as_it_says_of_mixed_kinds_and_goes_away() -> None:
    with FilesHolder(500) as it:
        assert it.count == 500
        links = [os.readlink(f"/proc/{it.pid}/fd/{name}") for name in os.listdir(f"/proc/{it.pid}/fd")]
        assert len(links) == 500
        kinds = Counter("file" if link.startswith("/") else link.partition(":")[0] for link in links)
        assert set(kinds) == {"file", "pipe", "socket", "anon_inode"}
        pid = it.pid
    assert not os.path.exists(f"/proc/{pid}")
