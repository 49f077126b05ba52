"""render/fd_unfold.py"""

from dataclasses import replace
from stat import S_IFREG

from explorer.decode.fd import decode_fd
from explorer.decode.fd.eventpoll import EventPoll, Watch
from explorer.decode.fd.raw import Stat
from explorer.decode.fd.socket import SocketFd
from explorer.model.endpoints import Holder
from explorer.model.fd import Fd
from explorer.model.missing import Missing, Reason
from explorer.model.socket import InetSocket
from explorer.render.fd_unfold import MOST, unfold
from explorer.render.piece import plain


def shown(fd: Fd, columns: int = 120) -> list[str]:
    return [" ".join(plain(line).split()) for line in unfold(fd, columns)]


def test_every_key_of_fdinfo_decoded_with_the_raw_text_beside_it() -> None:
    lock = "lock:\t1: POSIX  ADVISORY  READ 7 fe:00:1 5 14\n"
    text = f"pos:\t4096\nflags:\t02100002\nmnt_id:\t27\nino:\t9\nnovelty:\t1\n{lock}"
    fd = decode_fd(3, "/srv/x", text.encode(), Stat(1, 9, S_IFREG | 0o640, 1, 0, 10_000, "ext4", "/srv"))
    assert shown(fd) == [
        "pos 4,096 of 10,000 bytes 4096",
        "flags O_RDWR|O_LARGEFILE|O_CLOEXEC 02100002",
        "mnt_id /srv (ext4) 27",
        "ino 9",
        "novelty 1",
        "lock POSIX ADVISORY READ by 7, bytes 5 to 14 1: POSIX ADVISORY READ 7 fe:00:1 5 14",
        "size 10,000 bytes 9.8K",
        "mode 0640",
        "inode 9",
    ]


def test_watched_descriptors_with_events_by_name() -> None:
    fd = decode_fd(3, "anon_inode:[eventpoll]", b"pos:\t0\ntfd: 6 events: 19\ntfd: 9 events: 19\n")
    assert isinstance(fd, EventPoll)
    watches = (
        Watch(6, 0x19, ("EPOLLIN", "EPOLLERR", "EPOLLHUP"), what="0.0.0.0:80"),
        Watch(9, 0x19, ("EPOLLIN",), closed=True, held_as=11, what="pipe:[5]"),
    )
    lines = shown(replace(fd, watches=watches))
    assert lines[1] == "tfd 6 IN|ERR|HUP 0.0.0.0:80 6 events: 19"
    assert lines[2].startswith("tfd 9 IN closed, but open as 11: pipe:[5]")


def test_a_socket_and_everybody_around_it() -> None:
    fd = decode_fd(3, "socket:[5]", b"pos:\t0\nflags:\t02\n")
    assert isinstance(fd, SocketFd)
    socket = InetSocket(
        inode=5, family="inet", type="stream", protocol="tcp", state="ESTABLISHED", local=("::1", 80), remote=("::1", 9), receive_queue=5000
    )
    lines = shown(replace(fd, socket=socket, peers=(Holder(9, 4, "wrk", "rw"),), others=(Holder(8, 3, "nginx", "r"),)))
    for line in (
        "socket inet stream tcp",
        "state ESTABLISHED",
        "local [::1]:80",
        "remote [::1]:9",
        "queues 5,000 bytes to read, 0 to send",
    ):
        assert line in lines
    assert lines[-2:] == ["other end wrk 9 fd 4", "also nginx 8 fd 3 (r)"]


def test_what_cannot_be_read_is_said() -> None:
    denied = Missing(Reason.DENIED, "/proc/7/fdinfo/3", "run as root")
    assert shown(decode_fd(3, "/x", denied, Missing(Reason.TIMED_OUT, "did not answer in 0.5 s (nfs)", "asked again in 10 s"))) == [
        "fdinfo /proc/7/fdinfo/3: denied — run as root",
        "stat did not answer in 0.5 s (nfs): timed out — asked again in 10 s",
    ]


def test_long_lists_are_cut_and_lines_fit() -> None:
    fd = decode_fd(3, "anon_inode:[eventpoll]", b"tfd: 6 events: 19\n" * 1000)
    lines = unfold(fd, 40)
    assert len(lines) == MOST + 1
    assert "800 more" in plain(lines[-1])
    assert max(len(plain(line)) for line in lines) <= 40
