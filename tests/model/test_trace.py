"""What an engine hands over, before anything is understood."""

from explorer.model.trace import Call, NoMemory, Value


def test_a_call_without_memory_shows_pointers_as_addresses() -> None:
    call = Call(257, (0xFFFFFF9C, 0x1000, 0, 0, 0, 0))
    assert call.memory.read(0x1000, 64) == b""
    assert isinstance(call.memory, NoMemory)
    assert call.result is None


def test_calls_share_no_descriptors() -> None:
    first, second = Call(3, (1,)), Call(3, (1,))
    first.fds[1] = "/dev/null"
    assert second.fds == {}


def test_a_value_has_parts_by_name() -> None:
    value = Value(0x1000, "{tv_sec=1}", (("tv_sec", Value(1, "1")),), "struct")
    assert dict(value.parts)["tv_sec"].raw == 1
