"""kernel/netlink.py"""

import os
import socket
import struct
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.netlink import inet, unix
from explorer.decode.netlink.inet_details import TCP, request
from explorer.kernel.netlink import SocketTables, error_of, framed, messages
from explorer.model.missing import Missing, Reason, Unreadable
from tests.loopback import until


def inode(found: socket.socket) -> int:
    return int(os.readlink(f"/proc/self/fd/{found.fileno()}")[8:-1])


def test_our_own_sockets_are_in_the_table() -> None:
    one, other = socket.socketpair()
    with one, other, SocketTables() as tables:
        found = {row.inode: row for row in map(unix.decode, tables.dump(unix.request())) if row}
        assert found[inode(one)].peer == inode(other)


def test_interfaces_by_name() -> None:
    with SocketTables() as tables:
        assert tables.interface(socket.if_nametoindex("lo")) == "lo"
        assert tables.interface(1 << 20) == str(1 << 20)


def test_a_family_without_a_table() -> None:
    with SocketTables() as tables, pytest.raises(Unreadable) as refused:
        tables.dump(struct.pack("=BBHIII8x", 200, 0, 0, 0, 0, 0))
    assert refused.value.missing.reason is Reason.UNSUPPORTED


@pytest.mark.root
def test_another_network_namespace_and_we_stay_in_ours() -> None:
    ours = os.readlink("/proc/self/ns/net")
    with subprocess.Popen(["unshare", "-n", "sleep", "60"]) as program:
        until(lambda: os.readlink(f"/proc/{program.pid}/ns/net") != ours, "unshare")
        with socket.socket(socket.AF_UNIX) as mine, SocketTables(f"/proc/{program.pid}/ns/net") as tables:
            mine.bind("\0procdive-test-" + str(os.getpid()))
            assert inode(mine) not in {unix.inode_of(row) for row in tables.dump(unix.request())}
        program.kill()
    assert os.readlink("/proc/self/ns/net") == ours
    assert os.readlink("/proc/thread-self/ns/net") == ours


def test_a_namespace_that_is_none() -> None:
    with pytest.raises(Unreadable) as refused:
        SocketTables("/proc/self/no-such-namespace")
    assert isinstance(refused.value.missing, Missing)
    with pytest.raises(Unreadable):
        SocketTables("/proc/self/ns/pid" if os.geteuid() else "/dev/null")


@settings(max_examples=50)
@given(st.binary(max_size=80))
def test_frames_never_raise(raw: bytes) -> None:
    list(messages(raw))
    error_of(raw)
    assert [payload for _, payload in messages(framed(raw))] == [raw]


def test_single_sockets_are_asked_for_in_one_go() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, SocketTables() as tables:
        rows = tables.dump(inet.request(socket.AF_INET, TCP))
        row = next(row for row in rows if (found := inet.entry(row)) and found.inode == inode(server))
        wrong = row[:-4]  # the inode is no part of what is asked
        other = row[:44] + bytes(8) + row[52:]
        answers = tables.each([request(row, TCP), request(other, TCP), request(wrong, TCP)] * 30)
        assert len(answers) == 90
        assert isinstance(answers[0], bytes)
        assert inet.entry(answers[0]) == inet.entry(row)
        assert isinstance(answers[1], Missing)
        assert answers[1].reason is Reason.GONE
        assert answers[87] == answers[89]
