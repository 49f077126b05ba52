"""decode/fd/socket.py"""

from dataclasses import replace

from explorer.decode.fd import decode_fd
from explorer.decode.fd.socket import SocketFd
from explorer.model.missing import Missing
from explorer.model.socket import InetSocket, UnixSocket


def test_the_link_has_the_inode_and_nothing_else() -> None:
    fd = decode_fd(3, "socket:[68005]", b"pos:\t0\nflags:\t02\nscm_fds: 2\n")
    assert isinstance(fd, SocketFd)
    assert (fd.inode, fd.scm_fds, fd.endpoint, fd.other_end, fd.note) == (68005, 2, ("socket", 68005), None, "socket:[68005]")
    assert isinstance(fd.socket, Missing)


def test_the_other_end_is_the_peer_or_the_listener_that_has_not_accepted() -> None:
    fd = decode_fd(3, "socket:[1]", b"")
    assert isinstance(fd, SocketFd)
    assert replace(fd, socket=UnixSocket(inode=1, family="unix", peer=2)).other_end == ("socket", 2)
    assert replace(fd, socket=UnixSocket(inode=1, family="unix", listener=3)).other_end == ("socket", 3)
    assert replace(fd, socket=InetSocket(inode=1, family="inet", peer=4)).other_end == ("socket", 4)
    assert replace(fd, socket=InetSocket(inode=1, family="inet")).other_end is None
