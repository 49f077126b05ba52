"""procdive trace -yy beside strace -yy: sockets of all kinds before and after they have addresses, and devices."""

import re
from pathlib import Path

import pytest

from tests.oracle.traces import by_strace, by_us, threads

pytestmark = [pytest.mark.oracle("strace")]
PROGRAM = """
import os, socket, sys, time
os.chdir(sys.argv[1])
server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(server.getsockname())
taken, _ = server.accept()
taken.send(b"hi"), client.recv(2)
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
os.fstat(udp.fileno())
udp.connect(("127.0.0.1", 9))
os.fstat(udp.fileno())
pair = socket.socketpair()
pair[0].send(b"1"), pair[1].recv(1)
listener = socket.socket(socket.AF_UNIX)
listener.bind("socket"), listener.listen()
near = socket.socket(socket.AF_UNIX)
near.connect("socket")
far, _ = listener.accept()
far.send(b"q"), near.recv(1)
named = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
os.fstat(named.fileno())
named.bind(f"\\0abstract{os.getpid():07}")
os.fstat(named.fileno())
link = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
link.bind((0, 0))
os.fstat(link.fileno())
six = socket.create_server(("::1", 0), family=socket.AF_INET6)
other = socket.create_connection(six.getsockname()[:2])
other.send(b"x")
none = socket.socket()
os.fstat(none.fileno())
null, zero = open("/dev/null"), open("/dev/zero")
null.read(), os.read(zero.fileno(), 1)
pipe, file = os.pipe(), open("file", "w")
os.write(pipe[1], b"x"), os.write(file.fileno(), b"x")
time.sleep(1)
"""
TOLD = re.compile(r"<(?:TCP|UDP|UNIX|NETLINK|socket|/dev/|pipe:|/.*/file>)")


def test_as_strace_yy_has_it(tmp_path: Path) -> None:
    script = tmp_path / "ends.py"
    script.write_text(PROGRAM)
    found = []
    for by, name in ((by_strace, "theirs"), (by_us, "ours")):
        (tmp_path / name).mkdir()
        command = ["/usr/bin/python3", "-IS", str(script), str(tmp_path / name)]
        lines = by(command, tmp_path / f"{name}.txt", "-yy", *(("--engine", "ptrace") if by is by_us else ()))
        [mine] = threads(lines)
        start = next(index for index, line in enumerate(mine) if line.startswith("chdir("))
        found.append([re.sub(r"abstract\d+", "abstract", line.replace(name, "FOLDER")) for line in mine[start:] if TOLD.search(line)])
    theirs, ours = found
    # The program does not close: what the interpreter does in the end is the same, but sockets may be gone before they are asked for.
    end = next(index for index, line in enumerate(theirs) if line.startswith("write(") and "/file>" in line) + 1
    assert ours[:end] == theirs[:end]
    told = "\n".join(ours[:end])
    for kind in (
        "<TCP:[N.0.0.1:N->N.0.0.1:N]>",
        "<TCP:[N]>",
        "<TCPv6:[[::1]:N->[::1]:N]>",
        "<UDP:[N.0.0.1:N->N.0.0.1:9]>",
        "<UNIX-STREAM:[N->N]>",
        '<UNIX-STREAM:[N,"socket"]>',
        '<UNIX:[N,@"abstract"]>',
        "<NETLINK:[ROUTE:N]>",
        "</dev/null<char 1:3>>",
    ):
        assert kind in told, kind
