"""Sockets."""

from typing import Final

from explorer.decode.constants.socket_calls import MSG, SHUTDOWN
from explorer.decode.syscall.args.address import ADDRESS
from explorer.decode.syscall.args.array import Numbers, one
from explorer.decode.syscall.args.fd import FD
from explorer.decode.syscall.args.flags import Choice, Flags
from explorer.decode.syscall.args.msghdr import RECEIVED, SENT, Messages
from explorer.decode.syscall.args.number import INT, SIZE, UINT
from explorer.decode.syscall.args.out import Changed, Out
from explorer.decode.syscall.args.sockaddr import Address, Filled
from explorer.decode.syscall.args.sockopt import ASKED, FAMILY, GIVEN, LEVEL, NAME, PROTOCOL, TYPE
from explorer.decode.syscall.args.text import Received, Sent
from explorer.decode.syscall.args.time import TIMESPEC, TIMESPEC64
from explorer.decode.syscall.call import Frame, Signature, row
from explorer.decode.syscall.multiplexed import SOCKET_CALLS
from explorer.model.trace import Value

FLAGS = Flags(MSG, "MSG")
ACCEPT = Flags({0x80000: "SOCK_CLOEXEC", 0x800: "SOCK_NONBLOCK"}, "SOCK")
LENGTH = Changed(one("i", INT))

CALLS: Final = {number: f"SYS_{name.upper()}" for number, (name, _) in enumerate(SOCKET_CALLS, 1)}


def CALL(_frame: Frame, raw: int) -> Value:
    return Value(raw, CALLS.get(raw, str(raw)))


ROWS: Final[dict[str, Signature]] = {
    "socketcall": row("one of the calls of sockets", call=CALL, args=ADDRESS),
    "socket": row("make a socket", FD, domain=FAMILY, type=TYPE, protocol=PROTOCOL),
    "socketpair": row("make two connected sockets", domain=FAMILY, type=TYPE, protocol=PROTOCOL, sv=Out(Numbers("i", FD, 2))),
    "bind": row("give a socket its address", sockfd=FD, addr=Address("addrlen"), addrlen=INT),
    "connect": row("connect a socket", sockfd=FD, addr=Address("addrlen"), addrlen=INT),
    "listen": row("accept connections from now on", sockfd=FD, backlog=INT),
    "accept": row("take a connection", FD, sockfd=FD, addr=Filled("addrlen"), addrlen=LENGTH),
    "accept4": row("take a connection", FD, sockfd=FD, addr=Filled("addrlen"), addrlen=LENGTH, flags=ACCEPT),
    "getsockname": row("ask for a socket's own address", sockfd=FD, addr=Filled("addrlen"), addrlen=LENGTH),
    "getpeername": row("ask for a socket's other end", sockfd=FD, addr=Filled("addrlen"), addrlen=LENGTH),
    "send": row("send on a socket", sockfd=FD, buf=Sent("len"), len=SIZE, flags=FLAGS),
    "sendto": row("send on a socket", sockfd=FD, buf=Sent("len"), len=SIZE, flags=FLAGS, dest_addr=Address("addrlen"), addrlen=UINT),
    "sendmsg": row("send a message on a socket", sockfd=FD, msg=SENT, flags=FLAGS),
    "sendmmsg": row("send several messages on a socket", sockfd=FD, msgvec=Messages(received=False), vlen=UINT, flags=FLAGS),
    "recv": row("receive from a socket", sockfd=FD, buf=Received(), len=SIZE, flags=FLAGS),
    "recvfrom": row("receive from a socket", sockfd=FD, buf=Received(), len=SIZE, flags=FLAGS, src_addr=Filled("addrlen"), addrlen=LENGTH),
    "recvmsg": row("receive a message from a socket", sockfd=FD, msg=RECEIVED, flags=FLAGS),
    "recvmmsg": row(
        "receive several messages from a socket", sockfd=FD, msgvec=Messages(received=True), vlen=UINT, flags=FLAGS, timeout=TIMESPEC
    ),
    "recvmmsg_time64": row(
        "receive several messages from a socket", sockfd=FD, msgvec=Messages(received=True), vlen=UINT, flags=FLAGS, timeout=TIMESPEC64
    ),
    "shutdown": row("close one or both ways of a socket", sockfd=FD, how=Choice(SHUTDOWN, "SHUT")),
    "setsockopt": row("set an option of a socket", sockfd=FD, level=LEVEL, optname=NAME, optval=GIVEN, optlen=INT),
    "getsockopt": row("ask an option of a socket", sockfd=FD, level=LEVEL, optname=NAME, optval=ASKED, optlen=LENGTH),
}
