"""Flags and choices."""

from explorer.decode.syscall.args.flags import Choice, choice, named
from tests.decode.syscall.decoded import MINUS_ONE, arguments


def test_flags() -> None:
    names = {3: "BOTH", 1: "ONE", 2: "TWO", 8: "EIGHT"}
    assert named(0, names, "X") == "0"
    assert named(0, {0: "NONE", **names}, "X") == "NONE"
    assert named(11, names, "X") == "BOTH|EIGHT"
    assert named(0x19, names, "X") == "ONE|EIGHT|0x10"
    assert named(0x40, names, "X") == "0x40 /* X_??? */"
    assert choice(5, names, "X") == "0x5 /* X_??? */"


def test_negative_choices() -> None:
    assert Choice({-1: "CHILDREN"}, "X", negative=True)(None, MINUS_ONE).text == "CHILDREN"  # type: ignore[arg-type]
    assert arguments("getrusage", MINUS_ONE, 0x10) == ["RUSAGE_CHILDREN", "0x10"]
