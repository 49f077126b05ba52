"""Names are read when somebody wants them, some at a time."""

from explorer.ui.trace.comms import AT_ONCE, Comms


def test_a_name_is_read_once_it_is_wanted_and_that_of_who_is_gone_is_empty() -> None:
    asked: list[int] = []
    comms = Comms(lambda number: asked.append(number) or {812: "nginx"}.get(number, ""))  # type: ignore[func-returns-value]
    comms.want([812, 813])
    assert comms.of == {}
    comms.read()
    comms.want([812, 813])
    comms.read()
    assert comms.of == {812: "nginx", 813: ""}
    assert asked == [812, 813]


def test_many_are_read_a_few_at_a_time() -> None:
    comms = Comms()
    comms.want(range(0x3FFFF000, 0x3FFFF000 + AT_ONCE + 5))
    comms.read()
    assert len(comms.of) == AT_ONCE
    comms.want(range(0x3FFFF000, 0x3FFFF010))
    comms.read()
    assert len(comms.of) == AT_ONCE + 5
