"""resolve/tables.py"""

import struct

from explorer.decode.constants.sockets import AF_INET, AF_INET6
from explorer.decode.netlink import inet
from explorer.model.socket import Socket, UnixSocket
from explorer.resolve.tables import InetTable, PlainTable, UnixTable
from tests.decode.netlink.test_inet import answer
from tests.decode.netlink.test_unix import answer as unix_answer

LO = b"\x7f\0\0\1"
MAPPED_LO = bytes(10) + b"\xff\xff" + LO
FAR = b"\x0a\0\0\x09"


def test_a_client_by_ipv4_and_a_server_of_both_families_are_each_others_peers() -> None:
    rows: list[bytes | inet.Entry] = [
        answer(AF_INET6, 10, (bytes(16), 80), (bytes(16), 0), inode=1),
        answer(AF_INET, 1, (LO, 5000), (LO, 80), inode=2),
        answer(AF_INET6, 1, (MAPPED_LO, 80), (MAPPED_LO, 5000), inode=3),
    ]
    for table in (InetTable(rows, 6), InetTable([found for row in rows if isinstance(row, bytes) and (found := inet.entry(row))], 6)):
        client, server = table.find(2), table.find(3)
        assert client is not None
        assert server is not None
        assert (client.peer, client.inbound, client.near) == (3, False, True)
        assert (server.peer, server.inbound, server.near) == (2, True, True)
        assert server.address == "127.0.0.1:80 ← 127.0.0.1:5000"
        listener = table.find(1)
        assert listener is not None
        assert listener.peer == 0


def test_where_nobody_listens_it_went_out() -> None:
    table = InetTable([answer(AF_INET, 1, (LO, 5000), (FAR, 80), inode=2), b"short", answer(AF_INET, 6, (LO, 1), (LO, 2), inode=0)], 6)
    found = table.find(2)
    assert found is not None
    assert (found.inbound, found.near, found.peer) == (False, False, 0)
    assert table.find(0) is None
    assert table.find(99) is None
    assert table.interface_of(2) == 0


def test_a_listener_on_another_address_is_not_ours() -> None:
    table = InetTable([answer(AF_INET, 10, (LO, 80), (bytes(4), 0), inode=1), answer(AF_INET, 1, (FAR, 80), (LO, 9), inode=2)], 6)
    found = table.find(2)
    assert found is not None
    assert not found.inbound


def test_a_connection_that_nobody_accepted_yet() -> None:
    listener = answer(AF_INET6, 10, (bytes(16), 80), (bytes(16), 0), (1, 7), inode=1)
    client = answer(AF_INET, 1, (LO, 5000), (LO, 80), inode=2)
    waits = answer(AF_INET6, 1, (MAPPED_LO, 80), (MAPPED_LO, 5000), inode=0)
    found = InetTable([listener, client, waits], 6).find(2)
    assert found is not None
    assert (found.unaccepted, found.listener, found.peer, found.near) == (True, 1, 0, True)
    listens = InetTable([listener, client, waits], 6).find(1)
    assert listens is not None
    assert listens.waiting == (2,)
    second = answer(AF_INET6, 10, (bytes(16), 80), (bytes(16), 0), inode=3)
    found = InetTable([listener, second, client, waits], 6).find(2)
    assert found is not None
    assert (found.unaccepted, found.listener) == (True, 0)
    # The other end was closed by its program, and has not sent everything yet.
    closed = answer(AF_INET6, 4, (MAPPED_LO, 80), (MAPPED_LO, 5000), inode=0)
    found = InetTable([listener, client, closed], 6).find(2)
    assert found is not None
    assert not found.unaccepted


def test_an_sctp_socket_with_associations_still_listens() -> None:
    rows = [answer(AF_INET, 10, (LO, 80), (bytes(4), 0), inode=1), answer(AF_INET, 3, (LO, 80), (FAR, 9), inode=1)]
    found = InetTable(rows, 132).find(1)
    assert found is not None
    assert found.state == "LISTEN"
    one_to_one = InetTable([answer(AF_INET, 1, (LO, 81), (bytes(4), 0), inode=2), answer(AF_INET, 3, (LO, 81), (FAR, 9), inode=2)], 132)
    found = one_to_one.find(2)
    assert found is not None
    assert (found.state, found.remote) == ("ESTABLISHED", ("10.0.0.9", 9))


def test_a_connection_to_itself_has_no_peer() -> None:
    table = InetTable([answer(AF_INET, 1, (LO, 80), (LO, 80), inode=2)], 6)
    found = table.find(2)
    assert found is not None
    assert found.peer == 0


def test_unix_peers_clients_and_those_not_accepted() -> None:
    table = UnixTable(
        [
            unix_answer(1, 10, 1, name=b"/run/x\0", icons=struct.pack("=I", 2)),
            unix_answer(1, 1, 2),
            unix_answer(2, 7, 3, name=b"/run/d\0"),
            unix_answer(2, 1, 4, peer=struct.pack("=I", 3)),
            unix_answer(1, 1, 5, name=b"/run/x\0", peer=struct.pack("=I", 6)),
            unix_answer(1, 1, 6, peer=struct.pack("=I", 5)),
        ]
    )
    found = {inode: table.find(inode) for inode in range(1, 7)}
    waits, server, client, accepted, went = (found[inode] for inode in (2, 3, 4, 5, 6))
    assert isinstance(waits, UnixSocket)
    assert isinstance(server, UnixSocket)
    assert isinstance(client, UnixSocket)
    assert isinstance(accepted, UnixSocket)
    assert isinstance(went, UnixSocket)
    assert (waits.listener, waits.peer_path, waits.address) == (1, "/run/x", "→ /run/x")
    assert (server.clients, server.address) == ((4,), "/run/d")
    assert (client.peer, client.peer_path) == (3, "/run/d")
    assert accepted.address == "/run/x ←"
    assert went.address == "→ /run/x"


def test_unix_rows_of_proc_have_no_peers() -> None:
    table = UnixTable(
        [UnixSocket(inode=1, family="unix", path="/x", state="LISTEN"), UnixSocket(inode=2, family="unix", state="ESTABLISHED")]
    )
    found = table.find(2)
    assert found is not None
    assert (found.peer, found.listener) == (0, 0)


def test_plain_rows() -> None:
    table = PlainTable({1: Socket(inode=1, family="key"), 2: b"raw"}, lambda row: Socket(inode=2, family=row.decode()))
    assert [found.family for inode in (1, 2) if (found := table.find(inode))] == ["key", "raw"]
    assert table.find(3) is None
