"""ui/trace/sessions.py: all traces of a screen."""

from collections.abc import Iterator

import pytest

from explorer.model.missing import Missing, Reason
from explorer.ui.trace.sessions import Sessions, label
from tests.loopback import until
from tests.trace.fakes import FakeTracer, calls, started
from tests.ui.fakes import ROWS

TABLE = {row.id.pid: row for row in ROWS}


@pytest.fixture
def sessions() -> Iterator[Sessions]:
    made = Sessions(lambda session: session.take())
    yield made
    made.stop_all()
    FakeTracer.made.clear()


def test_one_session_for_all_that_were_meant(sessions: Sessions) -> None:
    session = sessions.attach(FakeTracer, [TABLE[812], TABLE[813]])
    assert session.label == "812 nginx and 1 more"
    until(lambda: sessions.traced == {812, 813}, "both")
    assert sessions.of(813) is session
    assert sessions.of(811) is None


def test_followed_children_belong_to_the_session(sessions: Sessions) -> None:
    session = sessions.attach(FakeTracer, [TABLE[812]])
    FakeTracer.made[-1].tell(started(812, 900))
    until(lambda: 900 in sessions.traced, "the child")
    assert sessions.of(900) is session


def test_another_one_keeps_the_first_ones_log_until_it_is_closed(sessions: Sessions) -> None:
    first = sessions.attach(FakeTracer, [TABLE[812]])
    FakeTracer.made[-1].tell(calls(4))
    until(lambda: first.log.calls == 4, "its calls")
    sessions.attach(FakeTracer, [TABLE[813]])
    assert len(sessions.all) == 2
    first.detach()
    until(lambda: first.state == "ended", "its end")
    assert first in sessions.all
    assert len(first.log) == 4
    sessions.close(first)
    assert first not in sessions.all


def test_closing_lets_go(sessions: Sessions) -> None:
    session = sessions.attach(FakeTracer, [TABLE[812]])
    sessions.close(session)
    until(lambda: FakeTracer.made[-1].detached, "the detach")


def test_all_are_stopped(sessions: Sessions) -> None:
    sessions.attach(FakeTracer, [TABLE[812]])
    sessions.start(FakeTracer, ["ls", "-l"])
    assert len(sessions.stop_all()) == 2
    until(lambda: not sessions.running, "both to end")
    assert sessions.stop_all() == []


def test_a_refusal_stays_until_the_next_one(sessions: Sessions) -> None:
    why = Missing(Reason.DENIED, "no")
    refused = sessions.refused([TABLE[41 if 41 in TABLE else 1]], why)
    assert (refused.state, refused.why) == ("refused", why)
    sessions.start(FakeTracer, ["trace.jsonl"])
    assert [session.label for session in sessions.all] == ["trace.jsonl"]


def test_labels() -> None:
    assert label([TABLE[812]]) == "812 nginx"
    assert label(list(ROWS[:4])) == "1 systemd and 3 more"
