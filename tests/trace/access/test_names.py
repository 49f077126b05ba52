"""trace/access/names.py: names made whole."""

import pytest

from explorer.trace.access.names import joined


@pytest.mark.parametrize(
    ("base", "name", "root", "whole"),
    [
        (b"/srv", b"x", b"", b"/srv/x"),
        (b"/srv", b"/etc/x", b"", b"/etc/x"),
        (b"/", b"x", b"", b"/x"),
        (b"/srv", b"/", b"", b"/"),
        (b"/srv", b".", b"", b"/srv"),
        (b"/srv", b"./x//y/./z/", b"", b"/srv/x/y/z"),
        (b"/srv/www", b"../x", b"", b"/srv/x"),
        (b"/srv", b"../../../x", b"", b"/x"),
        (b"/srv", b"..", b"", b"/"),
        # a may be a link to another place
        (b"/srv", b"a/../b", b"", b"/srv/a/../b"),
        (b"/srv", b"/a/../b", b"", b"/a/../b"),
        (b"/srv", b"/../b", b"", b"/b"),
        (b"/srv", b"...", b"", b"/srv/..."),
        (b"/srv", b".hidden", b"", b"/srv/.hidden"),
        # a process whose root is /jail
        (b"/jail/home", b"/etc/x", b"/jail", b"/jail/etc/x"),
        (b"/jail/home", b"/", b"/jail", b"/jail"),
        (b"/jail/home", b"../../../x", b"/jail", b"/jail/x"),
        (b"/jail", b"..", b"/jail", b"/jail"),
        (b"/jailed/home", b"../../x", b"/jail", b"/x"),
        (b"/srv (deleted)", b"x", b"", b"/srv/x"),
        # nobody knows where it works
        (b"", b"./x//y", b"", b"x/y"),
        (b"", b"/x", b"", b"/x"),
        (b"", b".", b"", b"."),
        (b"/srv", b"\xff\n", b"", b"/srv/\xff\n"),
    ],
)
def test_joined(base: bytes, name: bytes, root: bytes, whole: bytes) -> None:
    assert joined(base, name, root) == whole
