"""Socket addresses."""

import struct

import pytest

from explorer.decode.syscall.args.sockaddr import decode as decode_sockaddr
from tests.decode.syscall.decoded import text
from tests.memory import Written


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"\x01\x00/run/x\x00rest", '{sa_family=AF_UNIX, sun_path="/run/x"}'),
        (b"\x01\x00\x00ab\x00c", r'{sa_family=AF_UNIX, sun_path=@"ab\0c"}'),
        (b"\x01\x00", "{sa_family=AF_UNIX}"),
        (b"\x02\x00\x00\x50\x7f\x00\x00\x01" + bytes(8), '{sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("127.0.0.1")}'),
        (
            b"\x0a\x00\x01\xbb" + bytes(4) + b"\xfe\x80" + bytes(13) + b"\x01\x02\x00\x00\x00",
            "{sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), "
            'inet_pton(AF_INET6, "fe80::1", &sin6_addr), sin6_scope_id=2}',
        ),
        (b"\x10\x00\x00\x00\x05\x00\x00\x00\x11\x00\x00\x00", "{sa_family=AF_NETLINK, nl_pid=5, nl_groups=0x00000011}"),
        (b"\x63\x00ab", '{sa_family=0x63 /* AF_??? */, sa_data="ab"}'),
        (b"\x02\x00\x00", r'{sa_family=AF_INET, sa_data="\0"}'),
        (b"", "NULL"),
    ],
)
def test_socket_addresses(raw: bytes, text: str) -> None:
    assert decode_sockaddr(1, raw).text == text


def test_a_length_is_not_believed() -> None:
    memory = Written(at_1000=b"\x01\x00/x\x00")
    assert text("connect", 3, 0x1000, 0x7FFFFFFF, memory=memory) == "connect(3, 0x1000, 2147483647"
    assert text("connect", 3, 0x1000, 5, memory=memory) == 'connect(3, {sa_family=AF_UNIX, sun_path="/x"}, 5'


def test_what_the_kernel_fills_is_no_longer_than_what_was_offered() -> None:
    after = Written(at_1000=b"\x01\x00/path\x00", at_2000=struct.pack("<I", 110))
    before = Written(at_2000=struct.pack("<I", 2))
    assert text("accept", 3, 0x1000, 0x2000, memory=after, entry=before, result=4) == "accept(3, {sa_family=AF_UNIX}, [2 => 110]) = 4"
