"""Values put together."""

from explorer.decode.syscall.value import address, array, shown, signed, struct
from explorer.model.trace import Value


def test_structures_and_lists() -> None:
    one, two = Value(1, "1"), Value(3, "3", (), "fd", "/x (deleted)")
    assert struct(0, [("a", one), ("", Value(0, "..."))]).text == "{a=1, ...}"
    assert array(0, [("", one), ("", two)]).text == "[1, 3</x>(deleted)]"
    assert array(0, [("", one), ("", one)], " ", "~").text == "~[1 1]"
    assert struct(0, [("fd", two)]).parts == (("fd", two),)


def test_notes_of_descriptors_only() -> None:
    assert shown(Value(3, "3", (), "fd", "pipe:[1]")) == "3<pipe:[1]>"
    assert shown(Value(3, "3", (), "pid", "name")) == "3"


def test_signs() -> None:
    assert (signed(0xFFFFFFFF), signed(0x7FFFFFFF), signed(1 << 63, 64), signed(0xFFFF, 16)) == (-1, 0x7FFFFFFF, -(1 << 63), -1)
    assert address(0).text == "NULL"
