"""ui/trace/saving.py: a trace in a file, and again from it."""

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.model.missing import Missing
from explorer.model.process import ProcessId
from explorer.render.piece import piece
from explorer.trace.saved import Opened, opened
from explorer.ui.trace.saving import Saved, save, still, suggested
from explorer.ui.trace.session import Session
from explorer.ui.trace.sessions import Sessions
from tests.loopback import until
from tests.trace.fakes import calls, pending


@pytest.fixture
def session() -> Session:
    made = Session("812 nginx", [ProcessId(812, 1)])
    made.names = ((812, "nginx"),)
    made.log.epoch = 1_700_000_000_000_000_000
    made.log.append(calls(3))
    made.log.append(pending(812))
    return made


@pytest.fixture
def sessions() -> Iterator[Sessions]:
    made = Sessions(lambda session: session.take())
    yield made
    for session in made.all:
        session.detach()


def test_as_text_it_is_what_strace_writes(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "trace.txt"
    assert save(still(session), str(path)) == f"3 lines to {path}"
    lines = path.read_text().splitlines()
    assert len(lines) == 4
    assert "getpid() " in lines[0]
    assert "= 812" in lines[0]
    assert "epoll_wait(" in lines[3]
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600


def test_as_json_it_opens_again(session: Session, sessions: Sessions, tmp_path: Path) -> None:
    path = tmp_path / "trace.jsonl"
    assert save(still(session), str(path)) == f"3 lines to {path}"
    assert json.loads(path.read_text().splitlines()[0])["targets"] == [{"pid": 812, "name": "nginx"}]
    file = opened(str(path))
    assert isinstance(file, Opened)
    again = sessions.opened(file, "trace.jsonl")
    assert (again.state, again.engine, again.names) == ("opened", "file", ((812, "nginx"),))
    until(lambda: again.log.calls == 3, "its calls")
    assert again.log.event(0).time == session.log.event(0).time


def test_of_a_long_file_nothing_is_lost(sessions: Sessions, tmp_path: Path) -> None:
    session = Session("812 nginx")
    session.log.append(calls(120_000))
    path = tmp_path / "long.jsonl"
    rows = next(iter(session.log.chunks)).rows
    from explorer.trace.saved import head, line, raw

    with path.open("w") as out:
        out.write(line(head("ptrace", [], 0.0, "")))
        event = {"time": 1, "pid": 812, "tid": 812, "took": 5, "cpu": None, "raw": raw(rows, 0)}
        out.write(line(event) * 120_000)
    file = opened(str(path))
    assert isinstance(file, Opened)
    again = sessions.opened(file, "long.jsonl")
    until(lambda: again.log.calls == 120_000, "all of it", 60)
    assert again.log.lost == 0


def test_what_is_there_is_not_written_over(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "mine"
    path.write_text("mine")
    link = tmp_path / "link"
    link.symlink_to("elsewhere")
    for place in (path, link):
        found = save(still(session), str(place))
        assert isinstance(found, Missing)
        assert "is there already" in found.detail
    assert path.read_text() == "mine"
    assert not (tmp_path / "elsewhere").exists()


def test_a_full_disk_is_said(session: Session) -> None:
    found = save(still(session), "/no/such/folder/trace.txt")
    assert isinstance(found, Missing)
    assert "cannot be written" in found.detail


def test_what_comes_later_is_not_in_it(session: Session) -> None:
    trace = still(session)
    session.log.append(calls(5))
    assert (len(trace.log), len(session.log)) == (3, 8)


def test_a_name_is_suggested_that_is_no_path() -> None:
    assert suggested(Session("812 nginx")).startswith("trace-812-nginx-")
    assert "/" not in suggested(Session("sh -c '../../etc/passwd'"))


def test_a_table_is_saved_as_it_is_shown(session: Session, tmp_path: Path) -> None:
    table = Saved("summary", [(piece("calls"),), (piece("  3"),)], [{"name": "getpid", "calls": 3}])
    path = tmp_path / "summary.txt"
    assert save(still(session), str(path), table) == f"2 lines to {path}"
    assert path.read_text() == "calls\n  3\n"
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    path = tmp_path / "summary.jsonl"
    assert save(still(session), str(path), table) == f"1 lines to {path}"
    first, row = map(json.loads, path.read_text().splitlines())
    assert (first["procdive"], first["targets"], row) == ("summary", [{"pid": 812, "name": "nginx"}], {"name": "getpid", "calls": 3})
    assert suggested(session, "summary").startswith("summary-812-nginx-")
