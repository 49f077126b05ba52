"""Every kind of descriptor beside what lsfd 2.41 said of it, out of tests/recorded/lsfd: where there is no such lsfd."""

import json
from dataclasses import replace
from typing import Any

import pytest

from explorer.decode.fd import decode_fd
from explorer.decode.fd.raw import Stat
from explorer.decode.fd.socket import SocketFd
from explorer.decode.netlink import inet, netlink, packet, unix
from explorer.model.fd import Fd
from explorer.model.missing import Missing
from explorer.model.socket import Socket
from explorer.resolve.sockets import INET
from tests.oracle.lsfd import COLUMNS, differences
from tests.oracle.recording import PLACE
from tests.oracle.test_kinds import IN_A_FOLDER, ON_A_FILE, PLAIN

ELSEWHERE = frozenset({"CHRDRV", "MISCDEV", "BLKDRV", "BPF.NAME", "ENDPOINTS", "PACKET.IFACE"})
"""What neither text nor row says."""


def socket_of(table: str, row: bytes) -> Socket | None:
    """As resolve/sockets.py decodes a row."""
    if table in INET:
        return inet.decode(row, INET[table])
    if table == "unix":
        return unix.decode(row)
    return netlink.decode(row) if table == "netlink" else packet.decode(row)


def decoded(entry: dict[str, Any]) -> Fd:
    stat = Stat(*entry["stat"]) if "stat" in entry else None
    fd = decode_fd(entry["lsfd"]["fd"], entry["link"], "".join(f"{line}\n" for line in entry["fdinfo"]).encode(), stat)
    if isinstance(fd, SocketFd) and "row" in entry:
        found = socket_of(entry["table"], bytes.fromhex(entry["row"]))
        assert found is not None
        return replace(fd, socket=found)
    return fd


@pytest.mark.parametrize("kind", sorted({*PLAIN, *IN_A_FOLDER, *ON_A_FILE}))
def test_as_lsfd_had_it(kind: str) -> None:
    entries = json.loads((PLACE / f"{kind}.json").read_text())
    assert entries
    for entry in entries:
        fd = decoded(entry)
        row = dict.fromkeys(map(str.lower, COLUMNS)) | entry["lsfd"]
        assert differences(fd, row, ELSEWHERE) == []
        assert not isinstance(fd.position, Missing)
