"""How a trace is looked at."""

from explorer.trace.payload import call_of
from explorer.ui.trace.watched import Watched
from tests.traces import nginx
from tests.ui.trace.fakes import session


def watched(rows: int = 400) -> Watched:
    made = Watched(session())
    made.session.log.append(nginx(rows))
    while made.more:
        made.update(0.01)
    made.update()
    return made


def test_threads_are_those_that_the_filter_leaves() -> None:
    made = watched()
    assert made.tids == {812, 813}
    assert made.narrow("pid=812")
    while made.more:
        made.update(0.01)
    assert made.tids == {812}
    made.session.log.append(nginx(20))
    made.update()
    assert made.tids == {812}


def test_a_text_that_is_no_filter_changes_nothing() -> None:
    made = watched()
    assert not made.narrow("fd=x")
    assert "fd=x" in made.wrong
    assert len(made.rows) == 400


def test_the_header_is_told_what_is_hidden_and_what_is_newer() -> None:
    made = watched()
    made.narrow("failed")
    made.update(1.0)
    made.hold()
    made.session.log.append(nginx(20))
    told = made.told()
    assert (told.hidden, told.failed, told.newer, told.of) == ("failed", 3, 20, 420)
    made.go_on()
    assert made.told().newer is None


def test_calls_a_second() -> None:
    made = watched(0)
    made.session.log.append(nginx(1000))
    made.update()
    assert 0 < made.rate <= 2000
    made.session.state = "ended"
    assert made.told().rate is None


def test_another_engines_calls_are_read_by_its_own_reader() -> None:
    made = watched()
    made.narrow("fd=8")
    calls = []

    def other(number: int, arch: int, result: int | None, payload: bytes):  # type: ignore[no-untyped-def]
        calls.append(number)
        return call_of(number, arch, result, payload)

    made.session.log.call_of = other
    made.update(1.0)
    assert calls
    assert len(made.rows) > 0
