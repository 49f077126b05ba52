"""Messages of sockets."""

import struct

from tests.decode.syscall.decoded import text
from tests.memory import Written


def memory(kind: int, data: bytes) -> Written:
    head = struct.pack("<QI4xQQQQI4x", 0, 0, 0x2000, 1, 0x3000, 16 + len(data), 0)
    return Written(
        at_1000=head, at_2000=struct.pack("<QQ", 0x4000, 2), at_3000=struct.pack("<Qii", 16 + len(data), 1, kind) + data, at_4000=b"hi"
    )


def test_descriptors_and_credentials_that_travel_beside() -> None:
    shown = text("sendmsg", 3, 0x1000, 0, memory=memory(1, struct.pack("<i", 7)), fds={7: "/x"})
    assert shown == (
        'sendmsg(3, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base="hi", iov_len=2}], msg_iovlen=1, '
        "msg_control=[{cmsg_len=20, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[7</x>]}], msg_controllen=20, msg_flags=0}, 0"
    )
    assert "cmsg_data={pid=7, uid=8, gid=9}" in text("sendmsg", 3, 0x1000, 0, memory=memory(2, struct.pack("<iii", 7, 8, 9)))


def test_only_its_length_after_a_failure() -> None:
    assert text("recvmsg", 3, 0x1000, 0, memory=memory(1, b""), result=-11).startswith("recvmsg(3, {msg_namelen=0}, 0) = -1 EAGAIN")
    assert text("recvmsg", 3, 0x1000, 0, memory=memory(1, b"")) == "recvmsg(3, 0x1000, 0"


def test_control_lengths_that_lie() -> None:
    lying = Written(at_1000=struct.pack("<QI4xQQQQI4x", 0, 0, 0, 0, 0x3000, 16, 0), at_3000=struct.pack("<Qii", 0, 1, 1))
    assert "cmsg_len=0" in text("sendmsg", 3, 0x1000, 0, memory=lying)
    lying.put(0x3000, struct.pack("<Qii", 1 << 60, 1, 1))
    assert "cmsg_len=1152921504606846976" in text("sendmsg", 3, 0x1000, 0, memory=lying)
