"""Reading without believing."""

from explorer.decode.syscall import memory as reading
from tests.memory import Written


def test_memory_is_not_believed() -> None:
    memory = Written(at_1000=b"abc\0def", at_2000=b"x" * 10)
    assert reading.string(memory, 0x1000, 10) == (b"abc", True)
    assert reading.string(memory, 0x1000, 3) == (b"abc", True)
    assert reading.string(memory, 0x1000, 2) == (b"ab", False)
    assert reading.string(memory, 0x2000, 4) == (b"xxxx", False)
    assert reading.string(memory, 0x2000, 40) is None
    assert reading.string(memory, 0, 40) is None
    assert reading.block(memory, 0x2000, 11) is None
    assert reading.block(memory, 0x2000, 0) == b""
    assert reading.numbers(memory, 0x1000, "HB") == (0x6261, 0x63)
    assert reading.word(memory, 0x3000, 4) is None


def test_long_strings_are_read_in_two_steps() -> None:
    memory = Written(at_1000=b"y" * 300 + b"\0")
    assert reading.string(memory, 0x1000, 4095) == (b"y" * 300, True)
