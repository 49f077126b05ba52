"""decode/netlink/unix.py"""

import struct

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.netlink.attributes import attribute
from explorer.decode.netlink.unix import decode, inode_of, path_text, request


def answer(kind: int, state: int, inode: int, **attributes: bytes) -> bytes:
    """A struct unix_diag_msg with attributes by the names of unix_diag.h."""
    numbers = {"name": 0, "peer": 2, "icons": 3, "rqlen": 4, "shutdown": 6}
    return struct.pack("=4BI8x", 1, kind, state, 0, inode) + b"".join(attribute(numbers[key], value) for key, value in attributes.items())


def test_what_was_shut_down() -> None:
    for bits, said in ((0, ""), (1, "r"), (2, "w"), (3, "rw")):
        found = decode(answer(1, 1, 5, peer=struct.pack("=I", 6), shutdown=bytes((bits,))))
        assert found is not None
        assert (found.shutdown, found.hung_up) == (said, False)


def test_a_listener_knows_who_waits() -> None:
    raw = answer(1, 10, 5, name=b"/run/x.sock\0", icons=struct.pack("=2I", 8, 0), rqlen=struct.pack("=2I", 1, 5))
    found = decode(raw)
    assert found is not None
    assert (found.state, found.path, found.waiting, found.receive_queue, found.send_queue) == ("LISTEN", "/run/x.sock", (8,), 1, 5)
    assert inode_of(raw) == 5


def test_a_connected_one_knows_its_peer() -> None:
    found = decode(answer(5, 1, 5, peer=struct.pack("=I", 6)))
    assert found is not None
    assert (found.type, found.state, found.peer, found.path) == ("seqpacket", "ESTABLISHED", 6, "")


def test_one_whose_other_end_is_closed() -> None:
    found = decode(answer(1, 1, 5, shutdown=b"\3"))
    assert found is not None
    assert found.hung_up
    waits = decode(answer(1, 1, 5, shutdown=b"\0"))
    assert waits is not None
    assert not waits.hung_up


def test_names() -> None:
    assert path_text(b"\0abstract\0x") == "@abstract\0x"
    assert path_text(b"/tmp/\xff\0") == "/tmp/\udcff"
    assert path_text(b"") == ""


@settings(max_examples=50)
@given(st.binary(max_size=80))
def test_never_raises(raw: bytes) -> None:
    decode(raw)
    inode_of(raw)
    assert len(request()) == 24
