"""trace/ends.py: what strace -yy says of a descriptor; all kinds side by side with strace in tests/oracle/test_ends.py."""

from collections.abc import Mapping

import pytest

from explorer.kernel.reader import Reader
from explorer.model.batch import Batch, Kind
from explorer.model.missing import Missing, Reason
from explorer.model.socket import InetSocket, NetlinkSocket, Socket, UnixSocket, VsockSocket
from explorer.trace.ends import Ends, devices, words
from explorer.trace.payload import call_of, pack

TCP = InetSocket(
    inode=71, family="inet", type="stream", protocol="tcp", state="ESTABLISHED", local=("10.0.0.5", 80), remote=("10.0.0.9", 51122)
)
SOCKET, CONNECT, WRITE = 41, 42, 1


@pytest.mark.parametrize(
    ("socket", "text"),
    [
        (TCP, "TCP:[10.0.0.5:80->10.0.0.9:51122]"),
        (InetSocket(inode=7, family="inet6", protocol="udp", local=("::1", 9), remote=("::", 0)), "UDPv6:[[::1]:9]"),
        (InetSocket(inode=7, family="inet", protocol="tcp"), "TCP:[7]"),
        (Socket(inode=7, family="inet6", type="stream", protocol="tcp"), "TCPv6:[7]"),
        (UnixSocket(inode=1, family="unix", type="stream", peer=2), "UNIX-STREAM:[1->2]"),
        (UnixSocket(inode=1, family="unix", type="dgram", path="@x"), 'UNIX:[1,@"x"]'),
        (UnixSocket(inode=1, family="unix", type="stream", path="/run/x", peer=2), 'UNIX-STREAM:[1->2,"/run/x"]'),
        (NetlinkSocket(inode=1, family="netlink", protocol="ROUTE", port=812), "NETLINK:[ROUTE:812]"),
        (NetlinkSocket(inode=1, family="netlink", protocol="ROUTE"), "NETLINK:[1]"),
        (VsockSocket(inode=5, family="vsock"), "socket:[5]"),
    ],
)
def test_words(socket: Socket, text: str) -> None:
    assert words(socket) == text


def ask(pid: int, wanted: Mapping[int, int]) -> dict[int, Socket | Missing]:
    return {inode: TCP if inode == 71 else Missing(Reason.GONE, "") for inode in wanted.values()}


def test_a_socket_has_no_address_before_it_was_called_on() -> None:
    rows = Batch()
    rows.add(Kind.CALL, 1, 1, 0, WRITE, 1, 1, pack((5, 0, 0, 0, 0, 0), [(5, False, b"socket:[71]")], []))
    rows.add(Kind.CALL, 1, 1, 0, SOCKET, 4, 1, pack((2, 1, 0, 0, 0, 0), [(4, True, b"socket:[71]")], []))
    rows.add(Kind.CALL, 1, 1, 0, CONNECT, 0, 1, pack((4, 0, 0, 0, 0, 0), [(4, False, b"socket:[71]")], []))
    rows.add(Kind.CALL, 1, 1, 0, WRITE, 1, 1, pack((4, 0, 0, 0, 0, 0), [(4, False, b"socket:[71]"), (6, False, b"socket:[9]")], []))
    ends = Ends(ask, lambda path: "char 1:3" if path == "/dev/null" else "")
    ends.learn(rows)
    calls = ends.calls(call_of)
    found = [calls(rows.numbers[row], 0, rows.results[row], rows.payload(row)) for row in range(len(rows))]
    whole = "TCP:[10.0.0.5:80->10.0.0.9:51122]"
    assert [call.fds or call.opened for call in found] == [{5: whole}, {4: "TCP:[71]"}, {4: "TCP:[71]"}, {4: whole, 6: "socket:[9]"}]
    assert [ends.name(note) for note in ("/dev/null", "/dev/shm/x", "/dev/null", "pipe:[71]", "/etc")] == [
        "/dev/null<char 1:3>",
        "/dev/shm/x",
        "/dev/null<char 1:3>",
        "pipe:[71]",
        "/etc",
    ]


def test_devices() -> None:
    reader = Reader()
    try:
        ask = devices(reader)
        assert [ask(path) for path in ("/dev/null", "/dev", "/dev/no/such/thing")] == ["char 1:3", "", ""]
    finally:
        reader.close()
