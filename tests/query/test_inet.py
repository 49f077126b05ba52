"""query/inet.py"""

import contextlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.fd import decode_fd
from explorer.decode.fd.socket import SocketFd
from explorer.model.fd import Fd
from explorer.model.socket import InetSocket, Socket, UnixSocket
from explorer.query.inet import NotUnderstood, inet


def fd(socket: Socket) -> Fd:
    found = decode_fd(3, "socket:[1]", b"")
    assert isinstance(found, SocketFd)
    return replace(found, socket=socket)


WEB = fd(InetSocket(inode=1, family="inet", protocol="tcp", state="ESTABLISHED", local=("10.0.0.5", 80), remote=("10.0.0.9", 51122)))
SIX = fd(InetSocket(inode=1, family="inet6", protocol="tcp", state="LISTEN", local=("::1", 443)))
DNS = fd(InetSocket(inode=1, family="inet", protocol="udp", local=("127.0.0.53", 53)))
MAPPED = fd(
    InetSocket(inode=1, family="inet6", protocol="tcp", state="ESTABLISHED", local=("::ffff:10.0.0.5", 80), remote=("::ffff:10.0.0.9", 9))
)
UNIX = fd(UnixSocket(inode=1, family="unix"))
ALL = {"web": WEB, "six": SIX, "dns": DNS, "mapped": MAPPED, "unix": UNIX, "pipe": decode_fd(3, "pipe:[1]", b"")}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", "web six dns mapped"),
        ("4", "web dns"),
        ("6", "six mapped"),
        ("tcp", "web six mapped"),
        ("UDP", "dns"),
        ("6tcp", "six mapped"),
        (":80", "web mapped"),
        (":1-100", "web dns mapped"),
        (":53,443", "six dns"),
        ("tcp:LISTEN", "six"),
        ("tcp:listen", "six"),
        ("@10.0.0.9", "web mapped"),
        ("@::1", "six"),
        ("@[::1]:443", "six"),
        ("@[::1]", "six"),
        ("udp@127.0.0.53:53", "dns"),
        (":51122", "web"),
        ("udp:443", ""),
    ],
)
def test_what_it_takes(text: str, names: str) -> None:
    matches = inet(text)
    assert [name for name, found in ALL.items() if matches(found)] == names.split()


def test_a_number_that_is_no_address_is_refused_with_a_hint() -> None:
    with pytest.raises(NotUnderstood, match="a PID goes with -p"):
        inet("812")


@pytest.mark.parametrize("text", ["http", "tcp:http", "7", "@host.example", ":", "tcp@", ":80-x", "tcp udp"])
def test_what_it_does_not_understand(text: str) -> None:
    with pytest.raises(NotUnderstood):
        inet(text)


@settings(max_examples=50)
@given(st.text(max_size=12))
def test_never_raises_anything_else(text: str) -> None:
    with contextlib.suppress(NotUnderstood):
        inet(text)(WEB)
