"""trace/addresses.py: sockets of a trace get their addresses."""

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from explorer.decode.syscall.value import shown
from explorer.model.batch import UNFINISHED_END, Batch, Kind
from explorer.model.event import TraceEvent, Unfinished
from explorer.model.missing import Missing, Reason
from explorer.model.socket import InetSocket, Socket
from explorer.model.trace import Syscall
from explorer.trace.addresses import Addresses
from explorer.trace.decoded import event_of
from explorer.trace.payload import call_of, pack

CONNECTED = InetSocket(
    inode=71, family="inet", type="stream", protocol="tcp", state="ESTABLISHED",
    local=("10.0.0.5", 80), remote=("10.0.0.9", 51122), inbound=True,
)  # fmt: skip
YOUNG = replace(CONNECTED, local=("", 0), remote=("", 0), state="CLOSE")


class Machine:
    """sockets: inode → what it is. asked: each question."""

    def __init__(self, *sockets: Socket) -> None:
        self.sockets = {socket.inode: socket for socket in sockets}
        self.asked: list[tuple[int, dict[int, int]]] = []
        self.now = 0.0
        self.takes = 0.0

    def of(self, pid: int, wanted: Mapping[int, int]) -> dict[int, Socket | Missing]:
        self.asked.append((pid, dict(wanted)))
        self.now += self.takes
        return {inode: self.sockets.get(inode, Missing(Reason.GONE, str(inode))) for inode in wanted.values()}


def write(fd: int, name: bytes, result: int = 5) -> Batch:
    batch = Batch()
    batch.add(Kind.CALL, 8, 7, 1, 1, result, 1, pack((fd, 0x1000, 5, 0, 0, 0), [(fd, False, name)], [(0x1000, False, b"hello")]))
    return batch


def line(addresses: Addresses, batch: Batch) -> str:
    what = addresses.named(event_of(batch, 0, 0, call_of)).what
    call = what.call if isinstance(what, Unfinished) else what
    assert isinstance(call, Syscall)
    return shown(call.args[0][1])


def test_a_socket_is_asked_for_once_and_named() -> None:
    machine = Machine(CONNECTED)
    addresses = Addresses(machine.of, lambda: machine.now)
    batch = write(11, b"socket:[71]")
    assert line(addresses, batch) == "11<socket:[71]>"
    addresses.learn(batch)
    addresses.learn(batch)
    assert line(addresses, batch) == "11<10.0.0.5:80 ← 10.0.0.9:51122>"
    assert line(addresses, write(11, b"socket:[71]", UNFINISHED_END)) == "11<10.0.0.5:80 ← 10.0.0.9:51122>"
    assert machine.asked == [(7, {11: 71})]
    assert [addresses.of(note) for note in ("socket:[71]", "socket:[72]", "/x")] == ["10.0.0.5:80 ← 10.0.0.9:51122", "socket:[72]", "/x"]


def test_one_without_an_address_is_asked_for_again() -> None:
    machine = Machine(YOUNG)
    addresses = Addresses(machine.of, lambda: machine.now)
    addresses.learn(write(11, b"socket:[71]"))
    machine.sockets[71] = CONNECTED
    addresses.learn(write(11, b"socket:[71]"))
    assert line(addresses, write(11, b"socket:[71]")) == "11<10.0.0.5:80 ← 10.0.0.9:51122>"


def test_one_that_is_closed_stays_what_strace_says() -> None:
    machine = Machine()
    addresses = Addresses(machine.of, lambda: machine.now)
    addresses.learn(write(11, b"socket:[72]"))
    assert line(addresses, write(11, b"socket:[72]")) == "11<socket:[72]>"


def test_asking_takes_a_tenth_of_the_time_at_most() -> None:
    machine = Machine(CONNECTED)
    machine.takes = 1.0
    addresses = Addresses(machine.of, lambda: machine.now)
    for inode in range(100):
        addresses.learn(write(11, b"socket:[%d]" % inode))
        machine.now += 0.5
    assert 3 <= len(machine.asked) <= 12


def test_a_file_that_is_named_like_a_socket_stays_a_file() -> None:
    machine = Machine(CONNECTED)
    addresses = Addresses(machine.of, lambda: machine.now)
    addresses.learn(write(11, b"/tmp/socket:[71]"))
    assert machine.asked == []
    addresses.learn(write(12, b"socket:[71]"))
    assert line(addresses, write(11, b"/tmp/socket:[71]")) == "11</tmp/socket:[71]>"


@given(st.binary(max_size=40))
def test_any_name_is_survived(name: bytes) -> None:
    machine = Machine(CONNECTED)
    addresses = Addresses(machine.of, lambda: machine.now)
    batch = write(11, b"socket:[" + name)
    addresses.learn(batch)
    assert isinstance(addresses.named(event_of(batch, 0, 0, call_of)), TraceEvent)


def test_one_that_was_too_young_for_the_tables_is_asked_again() -> None:
    machine = Machine(Socket(inode=71, family="inet", type="stream", protocol="tcp"))
    addresses = Addresses(machine.of, lambda: machine.now)
    addresses.learn(write(11, b"socket:[71]"))
    machine.sockets[71] = CONNECTED
    addresses.learn(write(11, b"socket:[71]"))
    assert line(addresses, write(11, b"socket:[71]")) == "11<10.0.0.5:80 ← 10.0.0.9:51122>"
    addresses.learn(write(11, b"socket:[71]"))
    assert len(machine.asked) == 2
