"""query/inet.py"""

import contextlib
import re
from collections.abc import Collection
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.fd import decode_fd
from explorer.decode.fd.socket import SocketFd
from explorer.model.fd import Fd
from explorer.model.socket import InetSocket, Socket, UnixSocket
from explorer.query.inet import NotUnderstood, in_states, inet


def fd(socket: Socket) -> Fd:
    found = decode_fd(3, "socket:[1]", b"")
    assert isinstance(found, SocketFd)
    return replace(found, socket=socket)


WEB = fd(InetSocket(inode=1, family="inet", protocol="tcp", state="ESTABLISHED", local=("10.0.0.5", 80), remote=("10.0.0.9", 51122)))
SIX = fd(InetSocket(inode=1, family="inet6", protocol="tcp", state="LISTEN", local=("::1", 443)))
DNS = fd(InetSocket(inode=1, family="inet", protocol="udp", local=("127.0.0.53", 53)))
MAPPED = fd(
    InetSocket(inode=1, family="inet6", protocol="tcp", state="ESTABLISHED", local=("::ffff:10.0.0.5", 80), remote=("::ffff:10.0.0.9", 9))
)
UNIX = fd(UnixSocket(inode=1, family="unix"))
ALL = {"web": WEB, "six": SIX, "dns": DNS, "mapped": MAPPED, "unix": UNIX, "pipe": decode_fd(3, "pipe:[1]", b"")}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", "web six dns mapped"),
        ("4", "web dns"),
        ("6", "six mapped"),
        ("tcp", "web six mapped"),
        ("UDP", "dns"),
        ("6tcp", "six mapped"),
        (":80", "web mapped"),
        (":1-100", "web dns mapped"),
        (":53,443", "six dns"),
        ("tcp:LISTEN", "six"),
        ("tcp:listen", "six"),
        ("@10.0.0.9", "web mapped"),
        ("@::1", "six"),
        ("@[::1]:443", "six"),
        ("@[::1]", "six"),
        ("udp@127.0.0.53:53", "dns"),
        (":51122", "web"),
        ("udp:443", ""),
        ("tcp:LISTEN,ESTABLISHED", "web six mapped"),
        ("tcp:80,ESTAB", "web mapped"),
        ("tcp:80,LISTEN", ""),
        ("@10.0.0.0/8", "web mapped"),
        ("@10.0.0.9:80", ""),
        ("@10.0.0.9:51122", "web"),
        ("@[0:0:0:0:0:0:0:1]", "six"),
        ("@::/0:443", "six"),
        ("tcp:https", "six"),
        (":https,53", "six dns"),
        (":50-https", "web six dns mapped"),
        (":domain", "dns"),
        ("tcp:domain", ""),
        ("@box", "web mapped"),
        ("@BOX:http", "web mapped"),
    ],
)
def test_what_it_takes(text: str, names: str) -> None:
    matches = inet(text, Told())
    assert [name for name, found in ALL.items() if matches(found)] == names.split()


class Told:
    """Names as two files would have them."""

    def ports(self, service: str) -> Collection[tuple[int, str]]:
        known = {"http": ((80, "tcp"),), "https": ((443, "tcp"), (443, "udp")), "domain": ((53, "tcp"), (53, "udp"))}
        return known.get(service, ())

    def addresses(self, host: str) -> Collection[str]:
        return {"box": ("10.0.0.5", "fe80::1%eth0", "::1")[:1]}.get(host, ())


def test_a_host_of_several_addresses_is_any_of_them() -> None:
    class Both(Told):
        def addresses(self, host: str) -> Collection[str]:
            return ("127.0.0.53", "::1", "no address")

    assert [name for name, found in ALL.items() if inet("@localhost", Both())(found)] == ["six", "dns"]


def test_an_address_and_a_port_are_of_the_same_end() -> None:
    assert inet("@10.0.0.5:80")(WEB)
    assert not inet("@10.0.0.5:51122")(WEB)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("TCP:LISTEN", "six dns unix pipe"),
        ("tcp:listen,established", "web six dns mapped unix pipe"),
        ("TCP:^LISTEN", "web dns mapped unix pipe"),
        ("TCP:^ESTABLISHED,^LISTEN", "dns unix pipe"),
    ],
)
def test_states_that_only_tcp_sockets_can_fail(text: str, names: str) -> None:
    passes = in_states(text)
    assert [name for name, found in ALL.items() if passes(found)] == names.split()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("LISTEN", "want TCP:STATE"),
        ("TCP", "want TCP:STATE"),
        ("TCP:", "want TCP:STATE"),
        ("UDP:Idle", "UDP has no states"),
        ("TCP:LISTEN,^CLOSE", "either states that are wanted"),
        ("TCP:OPEN", "OPEN is no state; there are CLOSE,"),
    ],
)
def test_states_that_are_none(text: str, says: str) -> None:
    with pytest.raises(NotUnderstood, match=re.escape(says)):
        in_states(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("812", "a PID goes with -p"),
        ("nginx", "the name of a process goes with -c"),
        ("/var/log/x", "a file stands before -i"),
        ("tcp:nosuch", "nosuch is no port, no state, and no service in /etc/services"),
        ("tcp:snmp", "snmp is no port, no state, and no service of tcp in /etc/services"),
        (":65536", "65536 is no port"),
        ("@far.example", "a name service is never asked"),
    ],
)
def test_each_refusal_says_what_helps(text: str, says: str) -> None:
    class Snmp(Told):
        def ports(self, service: str) -> Collection[tuple[int, str]]:
            return ((161, "udp"),) if service == "snmp" else ()

    with pytest.raises(NotUnderstood, match=re.escape(says)):
        inet(text, Snmp())


def test_a_number_that_is_no_address_is_refused_with_a_hint() -> None:
    with pytest.raises(NotUnderstood, match="a PID goes with -p"):
        inet("812")


@pytest.mark.parametrize("text", ["http", "tcp:http", "7", "@host.example", ":", "tcp@", ":80-x", "tcp udp"])
def test_what_it_does_not_understand(text: str) -> None:
    with pytest.raises(NotUnderstood):
        inet(text)


@settings(max_examples=50)
@given(st.text(max_size=12))
def test_never_raises_anything_else(text: str) -> None:
    with contextlib.suppress(NotUnderstood):
        inet(text)(WEB)
    with contextlib.suppress(NotUnderstood):
        in_states(text)(WEB)


ODD = ("4", "6", "tcp", "UDP", "@", "[", "]", "::1", "10.0.0.1", "/8", ":", "80", "-", ",", "LISTEN", "^", "é")


@settings(max_examples=100)
@given(st.lists(st.sampled_from(ODD), max_size=8))
def test_never_raises_anything_else_on_words_that_nearly_fit(words: list[str]) -> None:
    text, said = "".join(words), ""
    for made in (inet, in_states):
        try:
            assert {type(made(text)(found)) for found in ALL.values()} == {bool}
        except NotUnderstood as why:
            said = str(why)
        assert not said or (text in said and "\n" not in said)
