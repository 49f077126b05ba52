"""What the kernel says of one internet socket that is asked for by itself, beyond its row in the tables."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TcpInfo:
    """A TCP connection as the kernel sees it: tcp(7), struct tcp_info of tcp.h. Times in seconds, rates in bytes a second.

    ca_state: Open, Disorder, CWR, Recovery, Loss. options: what both ends agreed on. retransmits: of what is being sent right now;
    retrans: segments in flight again; total_retrans: in its whole life. cwnd, ssthresh: segments; ssthresh 0 where it has none yet.
    rto, rtt, rttvar, min_rtt: 0 where nothing was measured. last_*: how long ago. What an older kernel does not say is 0.
    """

    ca_state: str
    retransmits: int
    probes: int
    backoff: int
    options: tuple[str, ...]
    rto: float
    rtt: float
    rttvar: float
    min_rtt: float
    snd_mss: int
    rcv_mss: int
    pmtu: int
    cwnd: int
    ssthresh: int
    unacked: int
    lost: int
    retrans: int
    total_retrans: int
    reordering: int
    last_data_sent: float
    last_data_recv: float
    last_ack_recv: float
    rcv_space: int
    bytes_sent: int
    bytes_acked: int
    bytes_retrans: int
    bytes_received: int
    notsent_bytes: int
    segs_out: int
    segs_in: int
    pacing_rate: int
    delivery_rate: int
    app_limited: bool
    snd_wnd: int
    rwnd_limited: float
    sndbuf_limited: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SocketMemory:
    """Bytes, and what they may grow to (SK_MEMINFO_* of include/uapi/linux/sock_diag.h). drops: what was thrown away for want of room."""

    rmem: int
    rcvbuf: int
    wmem: int
    sndbuf: int
    queued: int
    optmem: int
    backlog: int
    drops: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InetDetails:
    """congestion: the algorithm's name, "" for none. ulp: what is layered on it (tls, mptcp), "" for nothing or where root alone is told.

    tos, tclass: of the packets sent, 0 the usual. mark: SO_MARK, 0 also where root alone is told. options: of setsockopt(2), those that
    are on. memory, tcp: None where the kernel did not say.
    """

    congestion: str = ""
    ulp: str = ""
    tos: int = 0
    tclass: int = 0
    mark: int = 0
    v6only: bool = False
    options: tuple[str, ...] = ()
    memory: SocketMemory | None = None
    tcp: TcpInfo | None = None
