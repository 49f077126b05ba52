"""trace/payload.py: what a call carries."""

from hypothesis import given
from hypothesis import strategies as st

from explorer.model.batch import UNFINISHED_END
from explorer.trace.payload import Captured, call_of, pack

ARGS = st.tuples(*[st.integers(0, (1 << 64) - 1)] * 6)
NAMES = st.lists(st.tuples(st.integers(-100, 1 << 20), st.booleans(), st.binary(max_size=40)), max_size=5, unique_by=lambda n: n[:2])
Name = tuple[int, bool, bytes]
PIECES = st.lists(st.tuples(st.integers(0, (1 << 63) - 100), st.booleans(), st.binary(min_size=1, max_size=40)), max_size=5)


@given(ARGS, NAMES, PIECES)
def test_what_is_packed_comes_out(args: tuple[int, ...], names: list[Name], pieces: list[Name]) -> None:
    call = call_of(1, 0, 5, pack(args, names, pieces))
    assert (call.number, call.args, call.arch, call.result) == (1, args, "x86_64", 5)
    assert call.fds == {fd: name.decode("utf-8", "surrogateescape") for fd, made, name in names if not made}
    assert call.opened == {fd: name.decode("utf-8", "surrogateescape") for fd, made, name in names if made}
    assert isinstance(call.memory, Captured)
    assert isinstance(call.entry, Captured)
    assert call.memory.pieces == [(address, raw) for address, late, raw in pieces if late]
    assert call.entry.pieces == [(address, raw) for address, late, raw in pieces if not late]


@given(st.binary(max_size=300), st.integers(0, 300))
def test_a_damaged_payload_is_a_call_all_the_same(noise: bytes, cut: int) -> None:
    assert call_of(1, 0, None, noise).number == 1
    whole = pack((1, 2, 3, 4, 5, 6), [(3, False, b"/x")], [(0x1000, True, b"hello")])
    assert call_of(1, 0, 0, whole[:cut]).args in {(1, 2, 3, 4, 5, 6), (0,) * 6}


def test_pieces_that_touch_are_read_through_and_gaps_are_not() -> None:
    memory = Captured()
    memory.pieces = [(0x2000, b"world"), (0x1FFB, b"hello"), (0x3000, b"x")]
    assert memory.read(0x1FFB, 10) == b"helloworld"
    assert memory.read(0x1FFD, 5) == b"llowo"
    assert memory.read(0x1FFB, 100) == b"helloworld"
    assert memory.read(0x2005, 1) == b""


def test_one_that_never_returned_has_no_result() -> None:
    assert call_of(231, 0, UNFINISHED_END, pack((0,) * 6, [], [])).result is None
