"""render/fd_inet.py"""

from dataclasses import replace

from explorer.decode.netlink.inet_details import tcp_info
from explorer.model.inet_details import InetDetails, SocketMemory
from explorer.model.missing import Missing, Reason
from explorer.model.socket import InetSocket
from explorer.render.fd_inet import ago, own_facts
from explorer.render.piece import plain
from tests.decode.netlink.test_inet_details import info

SOCKET = InetSocket(inode=5, family="inet", type="stream", protocol="tcp", state="ESTABLISHED", local=("::1", 80), remote=("::1", 9))
MEMORY = SocketMemory(rmem=5000, rcvbuf=131072, wmem=0, sndbuf=87040, queued=0, optmem=0, backlog=0, drops=3)
TCP = tcp_info(info())


def facts(socket: InetSocket) -> dict[str, str]:
    return {fact.key: plain(fact.value) for fact in own_facts(socket)}


def test_nothing_was_asked() -> None:
    assert facts(SOCKET) == {}


def test_timer_and_shutdown_need_no_question() -> None:
    found = facts(replace(SOCKET, timer="retransmit", due=3.2, retransmits=5, shutdown="w"))
    assert found == {"shut down": "sends no more", "timer": "sends again in 3.2 s, sent again 5 times so far"}
    assert facts(replace(SOCKET, timer="keepalive", due=7100.0)) == {"timer": "asks whether the other end is there in 118 min"}


def test_a_connection() -> None:
    assert TCP is not None
    calm = replace(TCP, retransmits=0, probes=0, lost=0, total_retrans=0, min_rtt=0.00002)
    found = facts(
        replace(SOCKET, details=InetDetails(congestion="cubic", memory=MEMORY, tcp=calm, options=("freebind",), tos=16, ulp="tls"))
    )
    assert found["congestion"] == "cubic, window 18 × 2 bytes, slow start to 17, Recovery"
    assert found["round trip"] == "15 µs ± 16 µs, least 20 µs, sends again after 204 ms"
    assert found["again"] == "nothing was sent twice"
    assert found["sent"] == "116 bytes in 104 segments, 102 acknowledged, 106 wait to be sent, the last 9.0 ms ago"
    assert found["received"] == "103 bytes in 105 segments, the last 11.0 ms ago"
    assert found["agreed on"] == "timestamps sack wscale"
    assert found["memory"] == "received 4.9K of 128K, to send 0 of 85K, 3 dropped"
    assert found["options"] == "freebind, tos 0x10"
    assert found["on top"] == "tls"
    found = facts(replace(SOCKET, details=InetDetails(tcp=TCP)))
    assert found["again"] == "23 segments sent again (117 bytes), 2 times just now, 6 lost, 1 probes unanswered"


def test_what_was_sent_this_moment() -> None:
    assert (ago(0.0), ago(0.009)) == ("just now", "9.0 ms ago")


def test_a_listener_has_no_round_trips() -> None:
    found = facts(replace(SOCKET, state="LISTEN", details=InetDetails(congestion="bbr", tcp=TCP, v6only=True)))
    assert found == {"congestion": "bbr", "options": "v6only"}


def test_why_there_is_no_more() -> None:
    found = facts(replace(SOCKET, details=Missing(Reason.UNSUPPORTED, "no sock_diag")))
    assert "no sock_diag" in found["more"]
