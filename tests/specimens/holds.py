"""Processes that each hold one kind of descriptor. Run as a program with a KIND; `with Holds("eventfd") as it:` does that.

The program says in JSON what a test must know (numbers, names), then blocks. It and its children end with whoever started
it. A kind that cannot be made on this machine says why: the test is skipped.
"""

import array
import ctypes
import fcntl
import json
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Self

LIBC = ctypes.CDLL(None, use_errno=True)
MACHINE = os.uname().machine
NUMBERS = {"bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282)}
PR_SET_PDEATHSIG = 1
KEPT: list[Any] = []
"""What must stay open."""


class Holds:
    """pid: of the program; what it said: as attributes. args: what the kind takes."""

    def __init__(self, kind: str, *args: str) -> None:
        self.kind = kind
        self._argv = [sys.executable, "-IS", __file__, kind, *args]

    def __enter__(self) -> Self:
        self._program = subprocess.Popen(self._argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self._program.stdout is not None
        said = self._program.stdout.readline()
        self.pid = self._program.pid
        self.said: dict[str, Any] = json.loads(said) if said else {"skip": "it ended"}
        if "skip" in self.said:
            self.__exit__()
            import pytest

            pytest.skip(f"no {self.kind} here: {self.said['skip']}")
        return self

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["said"][name]
        except KeyError:
            raise AttributeError(name) from None

    def tell(self) -> None:
        """Let it go on to its next step, and wait until that is done."""
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.write("\n")
        self._program.stdin.flush()
        self.said |= json.loads(self._program.stdout.readline())

    def __exit__(self, *_: object) -> None:
        self._program.kill()
        self._program.wait()
        for pipe in (self._program.stdin, self._program.stdout):
            if pipe is not None:
                pipe.close()


# the program


def system_call(name: str, *args: Any) -> int:
    number = NUMBERS[name][0 if MACHINE == "x86_64" else 1] if name in NUMBERS else {"io_uring_setup": 425, "io_uring_register": 427}[name]
    found = LIBC.syscall(number, *args)
    if found < 0:
        raise OSError(ctypes.get_errno(), f"{name}: {os.strerror(ctypes.get_errno())}")
    return int(found)


def called(name: str, *args: Any) -> int:
    found = getattr(LIBC, name)(*args)
    if found < 0:
        raise OSError(ctypes.get_errno(), f"{name}: {os.strerror(ctypes.get_errno())}")
    return int(found)


def keep(found: Any) -> int:
    KEPT.append(found)
    return int(found.fileno())


def child(work: Callable[[], None]) -> int:
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)
    sys.stdout.close()
    os.close(1)
    work()
    time.sleep(600)
    os._exit(0)


def rest() -> None:
    """Nothing but being there."""


def eventfd() -> dict[str, Any]:
    number = os.eventfd(5)
    return {"fd": number, "partner": child(rest)}


def eventpoll() -> dict[str, Any]:
    """Watches an eventfd, a pipe, and a pipe that was closed since, but is still held under another number."""
    epoll = select.epoll()
    counter, (read, write), (closed, other) = os.eventfd(0), os.pipe(), os.pipe()
    for number in (counter, read):
        epoll.register(number, select.EPOLLIN)
    epoll.register(closed, select.EPOLLIN | select.EPOLLET)
    held = os.dup(closed)
    os.close(closed)
    return {"fd": keep(epoll), "counter": counter, "read": read, "closed": closed, "held": held, "other": [write, other]}


def timerfd() -> dict[str, Any]:
    number = called("timerfd_create", 1, os.O_NONBLOCK)
    called("timerfd_settime", number, 0, struct.pack("4q", 5, 0, 1000, 0), None)
    return {"fd": number, "idle": called("timerfd_create", 0, 0)}


def signalfd() -> dict[str, Any]:
    mask = 1 << signal.SIGINT - 1 | 1 << 34 | 1 << 63
    return {"fd": called("signalfd", -1, struct.pack("=Q", mask) + bytes(120), 0)}


def inotify(*paths: str) -> dict[str, Any]:
    number = called("inotify_init1", 0)
    return {"fd": number, "wds": [called("inotify_add_watch", number, os.fsencode(path), 0x300) for path in paths]}


def fanotify(path: str) -> dict[str, Any]:
    number = called("fanotify_init", 0, 0)
    for flags, on in ((1, path), (0x11, "/"), (0x101, "/")):
        called("fanotify_mark", number, flags, ctypes.c_uint64(0x2), -100, os.fsencode(on))
    return {"fd": number}


def pidfd() -> dict[str, Any]:
    living = child(rest)
    gone = os.fork()
    if not gone:
        os._exit(0)
    ended = os.pidfd_open(gone)
    os.waitpid(gone, 0)
    return {"fd": os.pidfd_open(living), "living": living, "ended": ended}


def memfd() -> dict[str, Any]:
    number = os.memfd_create("jit (deleted)", os.MFD_ALLOW_SEALING)
    os.write(number, b"x" * 4096)
    fcntl.fcntl(number, 1033, 1 | 2 | 4)
    return {"fd": number}


def bpf() -> dict[str, Any]:
    create = struct.pack("=7I16s", 1, 4, 8, 10, 0, 0, 0, b"held_map") + bytes(84)
    instructions = ctypes.create_string_buffer(struct.pack("=BBhi", 0xB7, 0, 0, 0) + struct.pack("=BBhi", 0x95, 0, 0, 0))
    licence = ctypes.create_string_buffer(b"GPL")
    KEPT.extend((instructions, licence))
    load = struct.pack("=IIQQ", 1, 2, ctypes.addressof(instructions), ctypes.addressof(licence)) + bytes(24) + b"held_prog".ljust(80, b"\0")
    return {"map": system_call("bpf", 0, create, len(create)), "prog": system_call("bpf", 5, load, len(load))}


def perf() -> dict[str, Any]:
    attributes = struct.pack("=IIQQQQQ", 1, 128, 1, 0, 0, 0, 1) + bytes(80)
    return {"fd": system_call("perf_event_open", attributes, 0, -1, -1, 0)}


def io_uring() -> dict[str, Any]:
    number = system_call("io_uring_setup", 8, ctypes.create_string_buffer(120))
    read, write = os.pipe()
    files = array.array("i", [read, write, -1])
    system_call("io_uring_register", number, 2, files.tobytes(), 3)
    buffer = ctypes.create_string_buffer(4096)
    KEPT.append(buffer)
    system_call("io_uring_register", number, 0, struct.pack("=QQ", ctypes.addressof(buffer), 4096), 1)
    return {"fd": number}


def userfaultfd() -> dict[str, Any]:
    return {"fd": system_call("userfaultfd", 1)}


def namespace() -> dict[str, Any]:
    return {name: os.open(f"/proc/self/ns/{name}", os.O_RDONLY) for name in ("net", "mnt", "uts")}


def mqueue() -> dict[str, Any]:
    name = f"/procdive-{os.getpid()}"
    number = called("mq_open", name.encode(), os.O_CREAT | os.O_RDWR, 0o600, None)
    LIBC.mq_unlink(name.encode())
    LIBC.mq_send(number, b"x" * 29, 29, 0)
    return {"fd": number, "name": name, "partner": child(rest)}


def regular(path: str) -> dict[str, Any]:
    """Opened twice, read to 4,096 of 10,000 bytes, locked both ways."""
    with open(path, "wb") as file:
        file.write(b"x" * 10_000)
    number, again = os.open(path, os.O_RDWR), os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    os.read(number, 4096)
    fcntl.flock(number, fcntl.LOCK_EX)
    fcntl.lockf(number, fcntl.LOCK_SH, 10, 5)
    return {"fd": number, "again": again}


def grows(path: str) -> dict[str, Any]:
    """Writes 1,000 bytes with each step."""
    number = os.open(path, os.O_RDWR | os.O_CREAT)
    KEPT.append(lambda: {"wrote": os.write(number, b"x" * 1000)})
    return {"fd": number}


def names(folder: str) -> dict[str, Any]:
    """Files that are deleted, named as if, and renamed."""
    found: dict[str, Any] = {}
    for key, name in (("deleted", "gone"), ("named", "named so (deleted)"), ("linked", "first name"), ("hostile", "\x1b]0;t\x07\nx\udcff")):
        path = f"{folder}/{name}"
        found[key] = os.open(path, os.O_RDWR | os.O_CREAT)
    os.unlink(f"{folder}/gone")
    os.link(f"{folder}/first name", f"{folder}/second name")
    os.unlink(f"{folder}/first name")
    found["directory"] = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    found["path"] = os.open(f"{folder}/second name", os.O_PATH)
    os.symlink("nowhere", f"{folder}/link")
    found["symlink"] = os.open(f"{folder}/link", os.O_PATH | os.O_NOFOLLOW)
    found["null"] = os.open("/dev/null", os.O_RDWR)
    return found


def pipe() -> dict[str, Any]:
    """One shared with a child that keeps the reading end; one of its own; one without a writer."""
    (read, write), (own_read, own_write), (lonely, gone) = os.pipe(), os.pipe(), os.pipe()
    os.close(gone)

    def reads() -> None:
        for number in (write, own_read, own_write, lonely):
            os.close(number)

    reader = child(reads)
    os.close(read)
    return {"fd": write, "reader": reader, "reader_fd": read, "own": [own_read, own_write], "lonely": lonely}


def fifo(path: str) -> dict[str, Any]:
    os.mkfifo(path)
    return {"fd": os.open(path, os.O_RDWR), "read": os.open(path, os.O_RDONLY | os.O_NONBLOCK)}


def shared_listener() -> dict[str, Any]:
    """nginx's shape: four workers, one of which has it twice."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(511)
    number = keep(listening)
    workers = [child(rest) for _ in range(3)]
    ready, says = os.pipe()

    def twice() -> None:
        KEPT.append(os.dup(number))
        os.write(says, b".")
        os.close(says)
        os.close(ready)

    workers.append(child(twice))
    os.read(ready, 1)
    os.close(ready)
    os.close(says)
    return {"fd": number, "workers": workers, "port": listening.getsockname()[1]}


def tcp() -> dict[str, Any]:
    """A listener on all addresses of both families, a client by IPv4 that has sent 5,000 bytes, one never accepted, one not connected."""
    listening = socket.socket(socket.AF_INET6)
    listening.bind(("::", 0))
    listening.listen(7)
    port = listening.getsockname()[1]
    client = socket.create_connection(("127.0.0.1", port))
    accepted, _ = listening.accept()
    client.send(b"x" * 5000)
    waits = socket.create_connection(("127.0.0.1", port))
    found = {"listening": listening, "client": client, "accepted": accepted, "waits": waits, "idle": socket.socket()}
    return {"port": port, **{key: keep(one) for key, one in found.items()}}


def udp() -> dict[str, Any]:
    server, client, lite = socket.socket(type=socket.SOCK_DGRAM), socket.socket(type=socket.SOCK_DGRAM), socket.socket(2, 2, 136)
    server.bind(("127.0.0.1", 0))
    client.connect(server.getsockname())
    lite.bind(("127.0.0.1", 0))
    return {"server": keep(server), "client": keep(client), "lite": keep(lite), "port": server.getsockname()[1]}


def unix(folder: str) -> dict[str, Any]:
    """A datagram server with two clients; a socketpair shared by fork; a listener and a client it never accepts; TCP and netlink."""
    server, one, two = (socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) for _ in range(3))
    server.bind(f"{folder}/server")
    one.connect(f"{folder}/server")
    two.connect(f"{folder}/server")
    left, right = socket.socketpair()
    listening, client = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
    listening.bind(f"\0procdive {os.getpid()}")
    listening.listen(5)
    client.connect(f"\0procdive {os.getpid()}")
    route = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
    route.bind((0, 5))
    found = {"server": server, "one": one, "two": two, "left": left, "right": right, "listening": listening, "client": client}
    found |= {"netlink": route, "tcp": socket.socket()}
    return {"partner": child(left.close), **{key: keep(sock) for key, sock in found.items()}}


def packet() -> dict[str, Any]:
    everything, lldp = (
        socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3)),
        socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0),
    )
    lldp.bind(("lo", 0x88CC))
    icmp = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
    return {"everything": keep(everything), "lldp": keep(lldp), "icmp": keep(icmp)}


Made = Callable[..., dict[str, Any]]
MORE = ("holds_files", "holds_sockets")
"""Files beside this one that have a KINDS of their own."""
KINDS: dict[str, Made] = {
    found.__name__: found
    for found in (
        eventfd, eventpoll, timerfd, signalfd, inotify, fanotify, pidfd, memfd, bpf, perf, io_uring, userfaultfd, namespace, mqueue,
        regular, grows, names, pipe, fifo, shared_listener, tcp, udp, unix, packet,
    )
}  # fmt: skip


def makers() -> dict[str, Made]:
    """Those of the files beside this one too, for which the program is the module that they import."""
    sys.path.append(str(Path(__file__).resolve().parents[2]))
    sys.modules["tests.specimens.holds"] = sys.modules["__main__"]
    return {**KINDS, **{name: made for file in MORE for name, made in import_module(f"tests.specimens.{file}").KINDS.items()}}


def main() -> None:
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    try:
        kind = sys.argv[1]
        said = (KINDS.get(kind) or makers()[kind])(*sys.argv[2:])
    except (OSError, AttributeError) as error:
        said = {"skip": str(error)}
    print(json.dumps(said), flush=True)
    for _ in sys.stdin:
        print(json.dumps(KEPT[-1]() if callable(KEPT[-1]) else {}), flush=True)


if __name__ == "__main__":
    main()
