"""kernel/sockname.py"""

import os
import socket

import pytest

from explorer.kernel.sockname import names, network_namespace
from explorer.model.missing import Reason, Unreadable


def test_what_a_socket_itself_says() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(3)
        found = names(os.getpid(), listening.fileno())
        assert (found.type, found.listens, found.local, found.remote) == (socket.SOCK_STREAM, True, listening.getsockname(), None)
        with socket.create_connection(listening.getsockname()) as client:
            assert names(os.getpid(), client.fileno()).remote == listening.getsockname()
        assert listening.fileno() >= 0
        assert listening.getsockname() == found.local


def test_what_is_no_socket_or_no_process() -> None:
    with open("/dev/null") as file, pytest.raises(Unreadable):
        names(os.getpid(), file.fileno())
    with pytest.raises(Unreadable) as refused:
        names(1 << 22, 0)
    assert refused.value.missing.reason in {Reason.GONE, Reason.UNSUPPORTED}


@pytest.mark.root
def test_the_network_namespace_of_a_socket() -> None:
    with socket.socket() as found:
        number, held = network_namespace(os.getpid(), found.fileno())
        try:
            assert number == os.stat("/proc/self/ns/net").st_ino == os.fstat(held).st_ino
        finally:
            os.close(held)
    before = len(os.listdir("/proc/self/fd"))
    with open("/dev/null") as file, pytest.raises(Unreadable):
        network_namespace(os.getpid(), file.fileno())
    assert len(os.listdir("/proc/self/fd")) == before
