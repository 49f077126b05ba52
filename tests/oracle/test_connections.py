"""What internet sockets say of themselves, beside `ss -tuinom`: congestion, bytes, segments, memory, timers, retransmits."""

import re
import subprocess

import pytest

from explorer.collect.ends import with_inet_details
from explorer.collect.files import files
from explorer.decode.fd.socket import SocketFd
from explorer.model.inet_details import InetDetails
from explorer.model.missing import Missing
from explorer.model.socket import InetSocket
from explorer.resolve.system import System
from tests.specimens.holds import Holds

TIMERS = {"on": "retransmit", "keepalive": "keepalive", "persist": "probe"}


def by_ss(pid: int) -> dict[int, str]:
    """Descriptor → what ss says of it, in one line."""
    done = subprocess.run(["ss", "-tuanpiomO"], capture_output=True, text=True, timeout=60, check=True)
    return {int(found[1]): line for line in done.stdout.splitlines() if (found := re.search(rf"pid={pid},fd=(\d+)", line))}


def ours(system: System, pid: int) -> dict[int, InetSocket]:
    found = files(system, pid)
    assert not isinstance(found, Missing)
    fds = with_inet_details(system, pid, {fd.number: fd for fd in found}, [fd.number for fd in found])
    return {number: fd.socket for number, fd in fds.items() if isinstance(fd, SocketFd) and isinstance(fd.socket, InetSocket)}


def figure(line: str, name: str) -> int:
    """bytes_sent:5000; 0 where ss leaves it out, as it does with zeros."""
    found = re.search(rf"\b{name}:(\d+)", line)
    return int(found[1]) if found else 0


@pytest.mark.oracle("ss")
@pytest.mark.parametrize("kind", ["tcp", "timers", "udp"])
def test_as_ss(system: System, kind: str) -> None:
    with Holds(kind) as it:
        theirs, found, checked = by_ss(it.pid), ours(system, it.pid), 0
        for number, line in theirs.items():
            socket = found[number]
            details = socket.details
            assert isinstance(details, InetDetails), line
            memory = re.search(r"skmem:\(r(\d+),rb(\d+),t(\d+),tb(\d+),f\d+,w(\d+),o(\d+),bl(\d+),d(\d+)\)", line)
            assert memory, line
            assert details.memory is not None
            assert [details.memory.rcvbuf, details.memory.drops] == [int(memory[2]), int(memory[8])], line
            if kind != "udp":
                assert re.search(rf"\b{details.congestion}\b", line), line
            timer = re.search(r"timer:\((\w+),", line)
            if timer and timer[1] == "keepalive":
                assert socket.timer == TIMERS[timer[1]], line
            if details.tcp is not None and socket.connected and number != it.said.get("full") and number != it.said.get("full_server"):
                tcp = details.tcp
                for name in ("bytes_sent", "bytes_acked", "bytes_received", "segs_out", "segs_in", "bytes_retrans"):
                    assert getattr(tcp, name) == figure(line, name), (name, line)
                assert (tcp.snd_mss, tcp.pmtu, tcp.cwnd) == (figure(line, "mss"), figure(line, "pmtu"), figure(line, "cwnd")), line
                rtt = re.search(r"\brtt:([\d.]+)/([\d.]+)", line)
                assert rtt, line
                assert [tcp.rtt, tcp.rttvar] == pytest.approx([float(rtt[1]) / 1e3, float(rtt[2]) / 1e3]), line
                checked += 1
        assert checked >= (0 if kind == "udp" else 2)


@pytest.mark.oracle("ss")
def test_a_closed_window_is_being_probed(system: System) -> None:
    with Holds("timers") as it:
        line, socket = by_ss(it.pid)[it.full], ours(system, it.pid)[it.full]
        timer = re.search(r"timer:\((\w+),", line)
        assert timer, line
        assert {TIMERS[timer[1]], socket.timer} <= {"retransmit", "probe"}
        assert socket.send_queue > 0
        found = socket.details
        assert isinstance(found, InetDetails)
        assert found.tcp is not None
        assert found.tcp.notsent_bytes > 0
