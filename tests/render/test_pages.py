"""Which page of the manual explains what."""

import re

from explorer.decode.fd import decode_fd
from explorer.kernel.manual import NAME, SECTION
from explorer.model.manual import Page
from explorer.render import pages


def test_a_descriptor_by_its_kind_else_by_fdinfo() -> None:
    text = b"pos:\t0\nflags:\t00\n"
    assert pages.of_fd(decode_fd(3, "anon_inode:[eventpoll]", text)) == (Page("7", "epoll"),)
    assert pages.of_fd(decode_fd(3, "pipe:[7]", text)) == (Page("7", "pipe"),)
    assert pages.of_fd(decode_fd(3, "socket:[7]", text)) == (Page("7", "socket"),)
    assert pages.of_fd(decode_fd(3, "/srv/db", text)) == pages.FDINFO


def test_a_call_by_its_name_and_no_name_that_is_not_ours() -> None:
    assert pages.of_call("epoll_wait") == (Page("2", "epoll_wait"),)
    assert pages.of_call("clock_nanosleep_time64") == (Page("2", "clock_nanosleep"),)
    assert pages.of_call("fcntl64") == (Page("2", "fcntl64"), Page("2", "fcntl"))
    assert pages.of_call("syscall_0x1f4") == ()
    assert pages.of_call("--pager=x") == ()


def test_all_names_are_such_as_man_is_given() -> None:
    named = [page for table in (pages.KINDS, pages.FACTS) for found in table.values() for page in found]
    named += [Page("7", name) for name in pages.SOCKETS.values()]
    for page in (*named, *pages.FDINFO, *pages.MAPS, *pages.LIMITS, *pages.ENVIRONMENT):
        assert NAME.fullmatch(page.name), page
        assert re.fullmatch(SECTION, page.section), page
