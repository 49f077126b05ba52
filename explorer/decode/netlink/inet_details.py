"""The attributes of an answer about one internet socket: net/ipv4/inet_diag.c, include/uapi/linux/inet_diag.h and tcp.h."""

import struct
from typing import Final

from explorer.decode.netlink.attributes import attribute, attributes, numbers
from explorer.decode.netlink.inet import ID, MESSAGE, REQ_PROTOCOL, REQUEST
from explorer.decode.text import text
from explorer.model.inet_details import InetDetails, SocketMemory, TcpInfo

INFO, CONG, TOS, TCLASS, SKMEMINFO, SKV6ONLY, MARK, ULP_INFO, SOCKOPT = 2, 4, 5, 6, 7, 11, 15, 19, 22
ULP_NAME: Final = 1
WANTED: Final = sum(1 << kind - 1 for kind in (INFO, CONG, TOS, TCLASS, SKMEMINFO))
"""A bit for each attribute, the first is 1; the others come by themselves."""
TCP, UDP, UDPLITE, MPTCP = 6, 17, 136, 262
SWAPPED: Final = frozenset({UDP, UDPLITE})
"""Of these the kernel takes the two ends the other way round, "for historical reasons" (net/ipv4/udp_diag.c)."""

HEAD: Final = struct.Struct("=8B24I")
RATES: Final = struct.Struct("=4Q6I4Q2I2Q4I")
"""The two halves of struct tcp_info; older kernels know less of the second."""
CA_STATES: Final = ("Open", "Disorder", "CWR", "Recovery", "Loss")
TCP_OPTIONS: Final = ("timestamps", "sack", "wscale", "ecn", "ecn_seen", "syn_data", "usec_ts", "tfo_child")
INFINITE: Final = 0x7FFFFFFF
"""TCP_INFINITE_SSTHRESH: it has none yet."""

SOCKET_OPTIONS: Final = (
    ("recverr", "", "freebind", "hdrincl", "mc_loop", "transparent", "mc_all", "nodefrag"),
    ("bind_address_no_port", "recverr_rfc4884", "defer_connect"),
)
"""struct inet_diag_sockopt, a bit each; the second of the first byte says only that it is connection-oriented."""
USUAL: Final = frozenset({"mc_loop", "mc_all"})
"""On unless somebody turns them off."""


def request(row: bytes, protocol: int) -> bytes:
    """The one socket of a row that a dump answered; its cookie is in there, so it is never another one."""
    ends = row[ID]
    if protocol in SWAPPED:
        ends = ends[2:4] + ends[:2] + ends[20:36] + ends[4:20] + ends[36:]
    return REQUEST.pack(row[0], protocol, WANTED, 0, 0)[: -len(ends)] + ends


def request_all(row: bytes, protocol: int) -> bytes:
    """Every socket of its family, protocol and state: for those that cannot be named, as one of several that listen at one port."""
    plain = REQUEST.pack(row[0], protocol & 0xFF, WANTED, 0, 1 << row[1])
    return plain + attribute(REQ_PROTOCOL, struct.pack("=I", protocol)) if protocol > 0xFF else plain


def decode(payload: bytes, protocol: int) -> InetDetails | None:
    """What an answer says beside the row; None where it is too short to be one."""
    if len(payload) < MESSAGE.size:
        return None
    found = attributes(payload[MESSAGE.size :])
    options = sockopt(found.get(SOCKOPT, b""))
    return InetDetails(
        congestion=text(found.get(CONG, b"").rstrip(b"\0")),
        ulp=text(attributes(found.get(ULP_INFO, b"")).get(ULP_NAME, b"").rstrip(b"\0")),
        tos=first_byte(found.get(TOS, b"")),
        tclass=first_byte(found.get(TCLASS, b"")),
        mark=next(iter(numbers(found.get(MARK, b""))), 0),
        v6only=bool(first_byte(found.get(SKV6ONLY, b""))),
        options=options,
        memory=memory(numbers(found.get(SKMEMINFO, b""))),
        tcp=tcp_info(found.get(INFO, b"")) if protocol == TCP else None,
    )


def first_byte(value: bytes) -> int:
    """An attribute that is one byte, 0 where it is absent."""
    return value[0] if value else 0


def sockopt(flags: bytes) -> tuple[str, ...]:
    """Which options are on, but for those that always are."""
    return tuple(
        name
        for byte, names in zip(flags, SOCKET_OPTIONS, strict=False)
        for bit, name in enumerate(names)
        if byte >> bit & 1 and name and name not in USUAL
    )


def memory(found: tuple[int, ...]) -> SocketMemory | None:
    """SK_MEMINFO_*; None where there are none."""
    if len(found) < 8:
        return None
    rmem, rcvbuf, wmem, sndbuf, _, queued, optmem, backlog = found[:8]
    drops = found[8] if len(found) > 8 else 0
    return SocketMemory(rmem=rmem, rcvbuf=rcvbuf, wmem=wmem, sndbuf=sndbuf, queued=queued, optmem=optmem, backlog=backlog, drops=drops)


def tcp_info(value: bytes) -> TcpInfo | None:
    """struct tcp_info; None where not even its first half is there."""
    if len(value) < HEAD.size:
        return None
    head = HEAD.unpack_from(value)
    ca_state, retransmits, probes, backoff, options, _, limited = head[1:8]
    rto, _, snd_mss, rcv_mss, unacked, _, lost, retrans, _, sent, _, received, acked, pmtu, _, rtt, rttvar, ssthresh, cwnd = head[8:27]
    rates = RATES.unpack(value[HEAD.size : HEAD.size + RATES.size].ljust(RATES.size, b"\0"))
    pacing, _, bytes_acked, bytes_received, segs_out, segs_in, notsent, min_rtt = rates[:8]
    delivery, _, rwnd_limited, sndbuf_limited, _, _, bytes_sent, bytes_retrans = rates[10:18]
    return TcpInfo(
        ca_state=CA_STATES[ca_state] if ca_state < len(CA_STATES) else str(ca_state),
        retransmits=retransmits,
        probes=probes,
        backoff=backoff,
        options=tuple(name for bit, name in enumerate(TCP_OPTIONS) if options >> bit & 1),
        rto=rto / 1e6,
        rtt=rtt / 1e6,
        rttvar=rttvar / 1e6,
        min_rtt=0.0 if min_rtt == 0xFFFFFFFF else min_rtt / 1e6,
        snd_mss=snd_mss,
        rcv_mss=rcv_mss,
        pmtu=pmtu,
        cwnd=cwnd,
        ssthresh=0 if ssthresh >= INFINITE else ssthresh,
        unacked=unacked,
        lost=lost,
        retrans=retrans,
        total_retrans=head[31],
        reordering=head[28],
        last_data_sent=sent / 1e3,
        last_data_recv=received / 1e3,
        last_ack_recv=acked / 1e3,
        rcv_space=head[30],
        bytes_sent=bytes_sent,
        bytes_acked=bytes_acked,
        bytes_retrans=bytes_retrans,
        bytes_received=bytes_received,
        notsent_bytes=notsent,
        segs_out=segs_out,
        segs_in=segs_in,
        pacing_rate=0 if pacing == (1 << 64) - 1 else pacing,
        delivery_rate=delivery,
        app_limited=bool(limited & 1),
        snd_wnd=rates[21],
        rwnd_limited=rwnd_limited / 1e6,
        sndbuf_limited=sndbuf_limited / 1e6,
    )
