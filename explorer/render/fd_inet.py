"""What an internet socket itself says, in words: its timer, round trips, window, retransmits, memory, options."""

from collections.abc import Iterator
from typing import Final

from explorer.model.inet_details import InetDetails, SocketMemory, TcpInfo
from explorer.model.missing import Missing
from explorer.model.socket import InetSocket
from explorer.render.fd_fact import Fact, row
from explorer.render.missing import sentence
from explorer.render.piece import Line, Role, line, piece
from explorer.render.sizes import size
from explorer.render.times import duration

TIMERS: Final = {
    "retransmit": "sends again in",
    "keepalive": "asks whether the other end is there in",
    "probe": "probes the closed window in",
}
SHUT: Final = {"r": "nothing more comes", "w": "sends no more", "rw": "nothing more comes, sends no more"}
NO_ROUND_TRIPS: Final = frozenset({"LISTEN", "CLOSE", ""})


def own_facts(found: InetSocket) -> Iterator[Fact]:
    """All of it, () where nothing was asked."""
    if found.shutdown:
        yield row("shut down", line(piece(SHUT.get(found.shutdown, found.shutdown))))
    if found.timer in TIMERS:
        again = f", sent again {times(found.retransmits)} so far" if found.retransmits else ""
        yield row("timer", f"{TIMERS[found.timer]} {duration(found.due)}{again}", found.timer)
    details = found.details
    if isinstance(details, Missing):
        yield row("more", sentence(details))
    elif details is not None:
        yield from said(details, found.state)


def said(details: InetDetails, state: str) -> Iterator[Fact]:
    """What sock_diag answered."""
    tcp = details.tcp
    if details.congestion:
        yield row("congestion", congestion(details.congestion, tcp if state not in NO_ROUND_TRIPS else None))
    if tcp is not None and state not in NO_ROUND_TRIPS:
        yield from connection(tcp)
    if details.memory is not None:
        yield row("memory", memory(details.memory))
    words = [*details.options, *(["v6only"] if details.v6only else [])]
    words += [f"{name} {value:#x}" for name, value in (("tos", details.tos), ("tclass", details.tclass), ("mark", details.mark)) if value]
    if words:
        yield row("options", ", ".join(words))
    if details.ulp:
        yield row("on top", details.ulp)


def congestion(name: str, tcp: TcpInfo | None) -> str:
    """cubic, window 10 of 1,448 bytes, slow start up to 7, Recovery"""
    if tcp is None:
        return name
    threshold = f", slow start to {tcp.ssthresh}" if tcp.ssthresh else ""
    state = f", {tcp.ca_state}" if tcp.ca_state != "Open" else ""
    return f"{name}, window {tcp.cwnd} × {tcp.snd_mss:,} bytes{threshold}{state}"


def connection(tcp: TcpInfo) -> Iterator[Fact]:
    """A connection."""
    if tcp.rtt:
        least = f", least {duration(tcp.min_rtt)}" if tcp.min_rtt else ""
        yield row("round trip", f"{duration(tcp.rtt)} ± {duration(tcp.rttvar)}{least}, sends again after {duration(tcp.rto)}")
    yield row("again", again(tcp))
    acked = f", {tcp.bytes_acked:,} acknowledged" if tcp.bytes_acked else ""
    waits = f", {tcp.notsent_bytes:,} wait to be sent" if tcp.notsent_bytes else ""
    yield row("sent", f"{tcp.bytes_sent:,} bytes in {tcp.segs_out:,} segments{acked}{waits}, the last {ago(tcp.last_data_sent)}")
    yield row("received", f"{tcp.bytes_received:,} bytes in {tcp.segs_in:,} segments, the last {ago(tcp.last_data_recv)}")
    if tcp.delivery_rate:
        limits = [
            f"{duration(seconds)} held up by {what}"
            for seconds, what in ((tcp.rwnd_limited, "its window"), (tcp.sndbuf_limited, "our buffer"))
            if seconds
        ]
        limits += ["the program sends no more"] if tcp.app_limited else []
        rest = f" ({', '.join(limits)})" if limits else ""
        yield row("rate", f"{size(tcp.delivery_rate)}/s{rest}")
    if tcp.options:
        yield row("agreed on", " ".join(tcp.options))


def again(tcp: TcpInfo) -> Line:
    """Retransmits: of what is on its way, and in all."""
    if not (tcp.total_retrans or tcp.retransmits or tcp.lost or tcp.probes):
        return line("nothing was sent twice")
    now = [f"{tcp.retransmits} times just now"] if tcp.retransmits else []
    now += [f"{tcp.lost} lost"] if tcp.lost else []
    now += [f"{tcp.probes} probes unanswered"] if tcp.probes else []
    whole = f"{tcp.total_retrans:,} segments sent again" + (f" ({tcp.bytes_retrans:,} bytes)" if tcp.bytes_retrans else "")
    return line(piece(", ".join([whole, *now]), Role.MIND if now else Role.TEXT))


def memory(found: SocketMemory) -> Line:
    """received 5.0K of 128K, to send 0 of 85K, 3 dropped"""
    text = f"received {size(found.rmem)} of {size(found.rcvbuf)}, to send {size(found.wmem)} of {size(found.sndbuf)}"
    if found.backlog:
        text += f", backlog {size(found.backlog)}"
    return line(piece(text), piece(f", {found.drops:,} dropped", Role.MIND)) if found.drops else line(text)


def ago(seconds: float) -> str:
    """just now, 2.0 s ago; the kernel counts in milliseconds."""
    return f"{duration(seconds)} ago" if seconds else "just now"


def times(count: int) -> str:
    """once, 2 times"""
    return "once" if count == 1 else f"{count} times"
