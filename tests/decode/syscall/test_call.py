"""What printers are given."""

from explorer.decode.syscall.call import DEFAULT, Frame
from explorer.model.trace import Call
from tests.memory import Written


def test_memory_of_both_ends() -> None:
    before, after = Written(at_10=b"before"), Written(at_10=b"after")
    frame = Frame(Call(0, (), memory=after, entry=before, fds={3: "x"}, opened={4: "y"}), "x86_64", DEFAULT)
    assert frame.memory is before
    assert frame.names == {3: "x"}
    seen = []
    frame.at_end(lambda inside, _raw: seen.append((inside.memory, [inside.names.get(number, "") for number in (3, 4, 5)])), 0)
    assert seen == [(after, ["x", "y", ""])]
    assert frame.memory is before


def test_done_failed_and_in_flight() -> None:
    states = [(Frame(Call(0, (), result=result), "x86_64", DEFAULT)) for result in (None, 0, -1, -4095, -4096, 1 << 63)]
    assert [(frame.done, frame.failed) for frame in states] == [
        (False, False),
        (True, False),
        (False, True),
        (False, True),
        (True, False),
        (True, False),
    ]


def test_arguments_by_name() -> None:
    frame = Frame(Call(0, ()), "i386", DEFAULT)
    frame.values["fd"] = 3
    assert (frame["fd"], frame["nothing"], frame.word) == (3, 0, 4)
