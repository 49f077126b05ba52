"""model/opened.py"""

import pytest

from explorer.model.endpoints import Holder
from explorer.model.keeping import Keeping
from explorer.model.opened import GROUPS, LARGEST_FIRST, SORTS, kind, position, queue, sharers, size
from explorer.model.socket import InetSocket, UnixSocket
from tests.opened import file, opened, socket_fd

LISTENS = InetSocket(
    inode=1, family="inet", type="stream", protocol="tcp", state="LISTEN", receive_queue=3, send_queue=511, local=("0.0.0.0", 80)
)
TALKS = InetSocket(inode=2, family="inet6", type="dgram", protocol="udp", receive_queue=5, send_queue=6)


def test_a_row_is_the_same_while_process_and_number_are() -> None:
    row = opened(812, file(3, "/a"))
    assert row.key == opened(812, file(3, "/b")).key
    assert row.key != opened(813, file(3, "/a")).key
    assert row.key != opened(812, file(4, "/a")).key
    assert opened(812, file(3, "/a"), closed=1.0).key != row.key
    assert opened(812, Keeping(how="mapped", path="/lib/a")).key != opened(812, Keeping(how="mapped", path="/lib/b")).key


def test_two_rows_are_two_though_they_say_the_same() -> None:
    what = file(3, "/a")
    assert len({opened(812, what), opened(812, what)}) == 2


@pytest.mark.parametrize(
    ("what", "name"),
    [
        (file(3, "/a"), "regular"),
        (socket_fd(4, LISTENS), "tcp"),
        (socket_fd(4, TALKS), "udp"),
        (socket_fd(4, UnixSocket(inode=3, family="unix", type="stream")), "unix"),
        (Keeping(how="exe", path="/bin/a"), "exe"),
    ],
)
def test_kinds_are_named_as_people_name_them(what: object, name: str) -> None:
    assert kind(opened(1, what)) == name  # type: ignore[arg-type]


def test_amounts() -> None:
    row = opened(1, file(3, "/a", 100, size=4000))
    assert (size(row), position(row), queue(row), sharers(row)) == (4000, 100, 0, 0)
    assert queue(opened(1, socket_fd(4, LISTENS))) == 3
    assert queue(opened(1, socket_fd(4, TALKS))) == 11
    assert size(opened(1, Keeping(how="exe", path="/bin/a", size=9))) == 9
    assert position(opened(1, Keeping(how="exe", path="/bin/a"))) == 0


def test_who_shares_it_is_counted_at_both_ends() -> None:
    from dataclasses import replace

    what = replace(file(3, "/a"), peers=(Holder(1, 2),), others=(Holder(3, 4), Holder(5, 6)))
    assert sharers(opened(1, what)) == 3


def test_every_sort_orders_every_row_and_the_target_is_one_text() -> None:
    rows = [opened(9, file(3, "/b")), opened(8, socket_fd(1, LISTENS), rate=-5.0), opened(7, Keeping(how="cwd", path="/a"))]
    for by, key in SORTS.items():
        assert len(sorted(rows, key=key)) == 3, by
    assert [row.target for row in sorted(rows, key=SORTS["target"])] == ["/a", "/b", "0.0.0.0:80"]
    assert max(rows, key=SORTS["rate"]).owner.process.pid == 8
    assert set(SORTS) >= LARGEST_FIRST
    assert {GROUPS["process"](row).process.pid for row in rows} == {7, 8, 9}
