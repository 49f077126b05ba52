"""/proc/PID/net/sctp/eps and assocs: read where sock_diag cannot be asked about SCTP (net/sctp/proc.c)."""

from explorer.decode.constants.sockets import AF_INET, AF_INET6
from explorer.decode.netlink.address import mapped
from explorer.decode.netlink.inet import Entry
from explorer.decode.text import text

NOWHERE = bytes(4), b"\0\0"


def endpoints(data: bytes) -> tuple[Entry, ...]:
    """Rows of eps: ENDPT SOCK STY SST HBKT LPORT UID INODE LADDRS. The first address stands for all; a row that is none is left out."""
    found = []
    for line in text(data).split("\n")[1:]:
        words = line.split()
        try:
            address = packed(words[8].removeprefix("*"))
            local = mapped(address), int(words[5]).to_bytes(2)
            found.append(Entry(family(address), int(words[3]), local, NOWHERE, 0, 0, 0, int(words[7]), int(words[6])))
        except (ValueError, IndexError, OverflowError):
            continue
    return tuple(found)


def associations(data: bytes) -> tuple[Entry, ...]:
    """Rows of assocs: ASSOC SOCK STY SST ST HBKT ASSOC-ID TX_QUEUE RX_QUEUE UID INODE LPORT RPORT LADDRS <-> RADDRS …"""
    found = []
    for line in text(data).split("\n")[1:]:
        words = line.split()
        try:
            middle = words.index("<->")
            ours, theirs = packed(first(words[13:middle])), packed(first(words[middle + 1 :]))
            local, remote = (mapped(ours), int(words[11]).to_bytes(2)), (mapped(theirs), int(words[12]).to_bytes(2))
            queues = int(words[8]), int(words[7])
            found.append(Entry(family(ours), int(words[4]), local, remote, 0, *queues, int(words[10]), int(words[9])))
        except (ValueError, IndexError, OverflowError):
            continue
    return tuple(found)


def first(addresses: list[str]) -> str:
    """The one that is marked as primary, else the first. Raises IndexError where there is none."""
    return next((one for one in addresses if one.startswith("*")), addresses[0]).removeprefix("*")


def family(address: bytes) -> int:
    """By its length."""
    return AF_INET if len(address) == 4 else AF_INET6


def packed(address: str) -> bytes:
    """4 or 16 bytes of an address as text. Raises ValueError."""
    if ":" not in address:
        numbers = bytes(int(word) for word in address.split("."))
        if len(numbers) != 4:
            raise ValueError(address)
        return numbers
    if "." in address:
        address, _, dotted = address.rpartition(":")
        high, low = packed(dotted)[:2], packed(dotted)[2:]
        address = f"{address}:{high.hex()}:{low.hex()}"
    head, gap, tail = address.partition("::")
    before, after = ([int(word, 16) for word in part.split(":")] if part else [] for part in (head, tail))
    zeros = 8 - len(before) - len(after)
    if zeros < 0 or (zeros > 0) != bool(gap):
        raise ValueError(address)
    return b"".join(group.to_bytes(2) for group in (*before, *[0] * zeros, *after))
