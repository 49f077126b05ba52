"""cli/descriptors/taken.py"""

import os
from pathlib import Path

import pytest

from explorer.cli.descriptors.asked import Asked, asked
from explorer.cli.descriptors.taken import Told, taken
from explorer.cli.main import parser_of
from explorer.collect.keepings import Keepings
from explorer.model.fd import Fd
from explorer.model.keeping import Keeping
from explorer.model.missing import Missing, Reason
from explorer.resolve.system import System
from tests.fakeproc import FakeProc
from tests.specimens.holds import Holds


def took(system: System, *words: str) -> tuple[dict[int, list[int | str]], Told, Asked]:
    wish, told = asked(parser_of("fds", "").parse_intermixed_args(words), system), Told()
    rows = {
        owner.pid: [thing.number if isinstance(thing, Fd) else thing.how for thing in things] for owner, things in taken(system, wish, told)
    }
    return rows, told, wish


def test_one_process_whole_and_what_of_it_was_asked_for(system: System) -> None:
    with Holds("tcp") as it:
        rows, told, _ = took(system, str(it.pid))
        assert set(rows) == {it.pid}
        assert rows[it.pid] == sorted(map(int, os.listdir(f"/proc/{it.pid}/fd")))
        assert (told.shown, told.met, told.failed, told.denied) == (len(rows[it.pid]), set(), [], 0)
        rows, told, _ = took(system, str(it.pid), "-i", "tcp:LISTEN", "-U")
        assert rows == {it.pid: [it.listening]}
        assert told.met == {0}


def test_alternatives_and_all_at_once(system: System) -> None:
    with Holds("tcp") as it, Holds("udp") as other:
        rows, told, _ = took(system, "-p", str(it.pid), "-i", f"udp:{other.port}")
        assert set(rows) >= {it.pid, other.pid}
        assert told.met == {0, 1}
        rows, told, _ = took(system, "-a", "-p", str(it.pid), "-i", f"udp:{other.port}")
        assert rows == {}
        assert told.met == {0}


def test_working_directories_and_mapped_files_where_they_were_asked_for(system: System, tmp_path: Path) -> None:
    with Holds("eventfd") as it:
        (rows, _, _), (few, _, _) = took(system, str(it.pid), "--busy"), took(system, str(it.pid), "-d", "cwd,3")
        assert [what for what in rows[it.pid] if isinstance(what, str)][:3] == ["cwd", "root", "exe"]
        assert "mapped" in rows[it.pid]
        assert few[it.pid] == ["cwd", 3]


def test_an_executable_has_one_row(system: System) -> None:
    with Holds("eventfd") as it:
        wish = asked(parser_of("fds", "").parse_intermixed_args([str(it.pid), "--busy"]), system)
        ((_, things),) = taken(system, wish, Told())
        paths = [thing.path for thing in things if isinstance(thing, Keeping) and thing.how in {"exe", "mapped"}]
        assert len(paths) == len(set(paths))


def test_a_filter_comes_last(system: System) -> None:
    with Holds("tcp") as it:
        rows, told, _ = took(system, str(it.pid), "-i", "--filter", f"fd:{it.listening}")
        assert rows == {it.pid: [it.listening]}
        assert told.shown == 1


def test_processes_of_which_nothing_can_be_meant_are_not_looked_at(system: System) -> None:
    rows, told, wish = took(system, "-u", "no-such-user")
    assert (rows, told.shown, told.met) == ({}, 0, set())
    assert wish.selection.asks_for_processes


def test_mapped_files_that_could_not_be_read_in_time_are_counted(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Keepings, "mapped", lambda _self, _pid: Missing(Reason.TIMED_OUT))
    with Holds("eventfd") as it:
        _, told, _ = took(system, str(it.pid), "-d", "mem")
        assert told.silent == 1


def test_one_that_is_gone_is_told_of_only_where_it_was_asked_for(fakeproc: FakeProc) -> None:
    wish = Asked(asked(parser_of("fds", "").parse_intermixed_args(["--all"]), fakeproc.system).selection, (77,), frozenset({77}), True)
    told = Told()
    assert list(taken(fakeproc.system, wish, told)) == []
    assert len(told.failed) == 1
