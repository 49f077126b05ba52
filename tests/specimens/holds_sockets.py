"""More kinds for holds.py: sockets of families and protocols that few programs use."""

import json
import os
import socket
from typing import Any

from tests.specimens.holds import KEPT, Made, called, child, keep

CLONE_NEWNET = 0x40000000
AF_XDP = 44


def vsock() -> dict[str, Any]:
    found = socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM)
    found.bind((0xFFFFFFFF, 0xFFFFFFFF))
    found.listen(3)
    return {"fd": keep(found), "port": found.getsockname()[1]}


def mptcp() -> dict[str, Any]:
    listening, client = (socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262) for _ in range(2))
    listening.bind(("127.0.0.1", 0))
    listening.listen(5)
    client.connect(listening.getsockname())
    accepted, _ = listening.accept()
    return {"listening": keep(listening), "client": keep(client), "accepted": keep(accepted), "port": listening.getsockname()[1]}


def icmp() -> dict[str, Any]:
    """A socket of ping(8) without privilege, in a network namespace where everybody may have one; a raw one by IPv6."""
    called("unshare", CLONE_NEWNET)
    with open("/proc/sys/net/ipv4/ping_group_range", "w") as file:
        file.write("0 2147483647")
    called("system", b"ip link set lo up 2>/dev/null")
    ping = socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP)
    ping.bind(("127.0.0.1", 777))
    raw = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
    return {"ping": keep(ping), "raw": keep(raw)}


def moved() -> dict[str, Any]:
    """A listener, a socket that is not bound and a unix socket, of a network namespace that the program has left."""
    listening, idle, (near, far) = socket.create_server(("127.0.0.1", 0)), socket.socket(), socket.socketpair()
    said = {"listening": keep(listening), "idle": keep(idle), "near": keep(near), "far": keep(far), "port": listening.getsockname()[1]}
    before = os.stat("/proc/self/ns/net").st_ino
    called("unshare", CLONE_NEWNET)
    return {**said, "netns": before}


def xdp() -> dict[str, Any]:
    return {"fd": keep(socket.socket(AF_XDP, socket.SOCK_RAW, 0))}


def sctp() -> dict[str, Any]:
    """A listener, its client and the connection that it accepted, over lo."""
    listening, client = (socket.socket(socket.AF_INET, socket.SOCK_STREAM, 132) for _ in range(2))
    listening.bind(("127.0.0.1", 0))
    listening.listen(5)
    client.connect(listening.getsockname())
    accepted, _ = listening.accept()
    return {"listening": keep(listening), "client": keep(client), "accepted": keep(accepted), "port": listening.getsockname()[1]}


def alg() -> dict[str, Any]:
    """A hash of the kernel's crypto."""
    found = socket.socket(38, socket.SOCK_SEQPACKET)
    found.bind(("hash", "sha256"))
    return {"fd": keep(found)}


def timers() -> dict[str, Any]:
    """A connection that has keepalive on; one whose other end reads nothing, so that its window is closed; one that sends no more."""
    server = socket.create_server(("127.0.0.1", 0))
    found: dict[str, socket.socket] = {"server": server}
    for name in ("alive", "full", "shut"):
        client = socket.create_connection(server.getsockname())
        found |= {name: client, f"{name}_server": server.accept()[0]}
    found["alive"].setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    found["shut"].shutdown(socket.SHUT_WR)
    found["full"].setblocking(False)
    try:
        while True:
            found["full"].send(bytes(1 << 16))
    except BlockingIOError:
        pass
    return {name: keep(one) for name, one in found.items()}


def seqpacket(folder: str) -> dict[str, Any]:
    """Unix sockets that keep the bounds of messages: a listener with a path, its client, the connection it accepted."""
    listening, client = (socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) for _ in range(2))
    listening.bind(f"{folder}/listening")
    listening.listen(3)
    client.connect(f"{folder}/listening")
    accepted, _ = listening.accept()
    client.shutdown(socket.SHUT_WR)
    return {"listening": keep(listening), "client": keep(client), "accepted": keep(accepted)}


def netlinks() -> dict[str, Any]:
    """Netlink of several protocols, each with a port of its own."""
    found: dict[str, int] = {}
    for name, protocol in (("ROUTE", 0), ("SOCK_DIAG", 4), ("KOBJECT_UEVENT", 15), ("GENERIC", 16)):
        sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, protocol)
        sock.bind((os.getpid() + len(found), 1 if name == "KOBJECT_UEVENT" else 0))
        found[name] = keep(sock)
    return {"numbers": found}


def apart(folder: str) -> dict[str, Any]:
    """Connections between two processes: TCP, a unix socket with a path, a pair that each has one end of, a pipe."""
    near, far = socket.socketpair()
    read, write = os.pipe()
    tcp, unix = socket.create_server(("127.0.0.1", 0)), socket.socket(socket.AF_UNIX)
    unix.bind(f"{folder}/server")
    unix.listen()

    def client() -> None:
        for ours in (tcp, unix, near):
            ours.close()
        os.close(write)
        one, two = socket.create_connection(address), socket.socket(socket.AF_UNIX)
        two.connect(f"{folder}/server")
        KEPT.extend((one, two))
        far.send(json.dumps({"tcp": one.fileno(), "unix": two.fileno(), "pair": far.fileno(), "pipe": read}).encode())

    address = tcp.getsockname()
    other = child(client)
    far.close()
    os.close(read)
    accepted = {"tcp": keep(tcp.accept()[0]), "unix": keep(unix.accept()[0])}
    theirs = json.loads(near.recv(1000))
    KEPT.extend((tcp, unix))
    return {"other": other, "ours": {**accepted, "pair": keep(near), "pipe": write}, "theirs": theirs}


KINDS: dict[str, Made] = {
    found.__name__: found for found in (vsock, mptcp, apart, moved, icmp, xdp, sctp, alg, timers, seqpacket, netlinks)
}
