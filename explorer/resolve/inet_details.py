"""What single internet sockets say of themselves: asked one by one, where that cannot be among all of their state."""

from collections.abc import Mapping
from typing import Final

from explorer.decode.constants.sockets import LISTEN
from explorer.decode.netlink import inet
from explorer.decode.netlink.inet_details import MPTCP, TCP, decode, request, request_all
from explorer.kernel.netlink import SocketTables
from explorer.model.inet_details import InetDetails
from explorer.model.missing import Missing, Reason, Unreadable

NO_ROW: Final = Missing(Reason.UNSUPPORTED, "this kernel answers no question about such a socket (sock_diag)")
GONE: Final = Missing(Reason.GONE, "the socket")


def asked(line: SocketTables, rows: Mapping[int, tuple[int, bytes | None]]) -> dict[int, InetDetails | Missing]:
    """rows: inode → protocol and row. Never raises."""
    found: dict[int, InetDetails | Missing] = {inode: NO_ROW for inode, (_, row) in rows.items() if row is None}
    known = {inode: (protocol, row) for inode, (protocol, row) in rows.items() if row is not None}
    named = {inode: entry for inode, entry in known.items() if entry[0] != MPTCP}
    answers = line.each([request(row, protocol) for protocol, row in named.values()])
    for (inode, (protocol, _)), answer in zip(named.items(), answers, strict=True):
        found[inode] = answer if isinstance(answer, Missing) else about(inode, answer, protocol)
    for inode, (protocol, row) in known.items():
        if not isinstance(found.get(inode, GONE), Missing):
            continue
        if is_of_several(row, protocol):
            found.update((other, what) for other, what in all_like(line, row, protocol).items() if other in known)
        found.setdefault(inode, GONE)
    return found


def about(inode: int, answer: bytes, protocol: int) -> InetDetails | Missing:
    """An answer, if it is about that socket."""
    details, entry = decode(answer, protocol), inet.entry(answer)
    return details if details and entry and entry.inode == inode else GONE


def is_of_several(row: bytes, protocol: int) -> bool:
    """Whether others may have its addresses too (SO_REUSEPORT), of which the kernel finds one and says that it is not this one."""
    return protocol != TCP or row[1] == LISTEN


def all_like(line: SocketTables, row: bytes, protocol: int) -> dict[int, InetDetails]:
    """Inode → what it says, of all of that family, protocol and state."""
    try:
        answers = line.dump(request_all(row, protocol))
    except Unreadable:
        return {}
    return {
        entry.inode: details for answer in answers if (entry := inet.entry(answer)) and (details := decode(answer, protocol)) is not None
    }
