"""decode/fd/eventpoll.py"""

from explorer.decode.fd import decode_fd
from explorer.decode.fd.eventpoll import EventPoll

TEXT = b"""pos:\t0
flags:\t02
tfd:        3 events:       19 data:     7fb400000003  pos:0 ino:11 sdev:10
tfd:        5 events: 80000019 data:                5  pos:-1 ino:10990 sdev:f
tfd:       14 events:  4000001 data: ffffffffffffffff
"""


def test_each_watch_with_its_events() -> None:
    fd = decode_fd(3, "anon_inode:[eventpoll]", TEXT)
    assert isinstance(fd, EventPoll)
    first, second, old = fd.watches
    assert (first.tfd, first.event_names, first.data, first.ino, first.sdev) == (
        3,
        ("EPOLLIN", "EPOLLERR", "EPOLLHUP"),
        0x7FB400000003,
        17,
        16,
    )
    assert second.event_names == ("EPOLLIN", "EPOLLERR", "EPOLLHUP", "EPOLLET")
    assert (second.pos, second.ino) == (-1, 0x10990)
    assert (old.tfd, old.ino, old.event_names) == (14, 0, ("EPOLLIN", "0x4000000"))
    assert fd.note == "eventpoll, 3 watched"
