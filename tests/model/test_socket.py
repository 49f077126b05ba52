"""model/socket.py"""

from explorer.model.socket import InetSocket, NetlinkSocket, PacketSocket, Socket, UnixSocket, VsockSocket, where


def test_addresses() -> None:
    assert where(("10.0.0.5", 80)) == "10.0.0.5:80"
    assert where(("::1", 80)) == "[::1]:80"
    assert where(("::ffff:10.0.0.5", 80)) == "10.0.0.5:80"
    listening = InetSocket(inode=1, family="inet", protocol="tcp", state="LISTEN", local=("0.0.0.0", 80))
    assert (listening.address, listening.note, listening.listens) == ("0.0.0.0:80", "0.0.0.0:80", True)
    came = InetSocket(inode=1, family="inet", protocol="tcp", local=("10.0.0.5", 80), remote=("10.0.0.9", 51122), inbound=True)
    assert came.note == "10.0.0.5:80 ← 10.0.0.9:51122"
    went = InetSocket(inode=1, family="inet", protocol="udp", local=("10.0.0.5", 9), remote=("10.0.0.9", 53))
    assert went.note == "udp 10.0.0.5:9 → 10.0.0.9:53"
    assert InetSocket(inode=1, family="inet", protocol="tcp").note == "tcp"


def test_names_of_unix_sockets() -> None:
    assert UnixSocket(inode=1, family="unix", type="stream", path="/run/x", state="LISTEN").note == "/run/x"
    assert UnixSocket(inode=1, family="unix", path="/run/x", state="ESTABLISHED", peer=2).note == "/run/x ←"
    assert UnixSocket(inode=1, family="unix", peer=2, peer_path="/run/x").note == "→ /run/x"
    assert UnixSocket(inode=1, family="unix", type="stream", path="/a", peer=2, peer_path="/b").note == "/a ↔ /b"
    assert UnixSocket(inode=1, family="unix", type="stream").note == "unix stream"


def test_others() -> None:
    assert NetlinkSocket(inode=1, family="netlink", protocol="ROUTE", port=7).note == "netlink ROUTE:7"
    assert PacketSocket(inode=1, family="packet", protocol="ALL", interface="any").note == "packet ALL on any"
    assert VsockSocket(inode=1, family="vsock", local=(3, 9), remote=(2, 22)).note == "vsock 3:9 ↔ 2:22"
    assert Socket(inode=1, family="alg", type="seqpacket").note == "alg seqpacket"
