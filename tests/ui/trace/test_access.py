"""The access tab: rows by file and by process, sorted, filtered, unfolded; what is copied and jumped to."""

import time

import pytest

from explorer.model.batch import Batch, Kind
from explorer.render.piece import plain
from explorer.trace.addresses import Addresses
from explorer.trace.payload import pack
from tests.ui.stage import Stage
from tests.ui.trace.fakes import Tabled, session, tabled

pytestmark = pytest.mark.usefixtures("utc")
CWD = (1 << 64) - 100


def opened(path: bytes, result: int, pid: int = 812, took: int = 5000) -> Batch:
    """openat of it, by a process."""
    batch = Batch()
    named = [] if result < 0 else [(result, True, path)]
    batch.add(
        Kind.CALL, pid, pid, time.monotonic_ns(), 257, result, took, pack((CWD, 0x10, 0, 0, 0, 0), named, [(0x10, False, path + b"\0")])
    )
    return batch


def some() -> Batch:
    """Files of two processes."""
    batch = Batch()
    for each in (
        opened(b"/etc/passwd", 7, took=9000),
        opened(b"/etc/passwd", 8, pid=813, took=1000),
        opened(b"/srv/none", -2, took=3000),
        opened(b"/srv/a b", 9, took=100),
    ):
        batch.extend(each)
    return batch


async def with_some(area: Tabled) -> None:
    await area.tell(some())


def paths(area: Tabled) -> list[str]:
    """Of the rows, in order."""
    return [row.copy for row in area.table._folds.sheet.rows if row.key[0] != "\0"]


async def test_a_row_a_file_the_most_time_first_and_what_the_header_says() -> None:
    async with tabled("access", rows=0) as area:
        await with_some(area)
        assert area.lines[0].startswith("─ t Trace 812 nginx   c Summary   Access ─")
        assert "1 failed · 0 lost  since" in area.lines[0]
        assert paths(area) == ["/etc/passwd", "/srv/none", "/srv/a b"]
        assert "2 processes" in area.current
        assert "ENOENT" in area.rows()[1]
        assert area.lines[-1].startswith(" 3 files")
        assert area.lines[-1].endswith("procdive access 812")
        assert area.table.copy_line() == "/etc/passwd"


async def test_enter_unfolds_who_used_it_and_j_goes_to_them(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[int] = []
    monkeypatch.setattr(Stage, "on_jump", lambda _stage, message: heard.append(message.target.pid), raising=False)
    async with tabled("access", rows=0) as area:
        await with_some(area)
        await area.press("j")
        await area.press("enter")
        text = "\n".join(area.rows())
        assert "OPENS" in text
        assert "path             /etc/passwd" in text
        await area.press("down", "down", "j", "down", "j", "down", "j")
        assert heard == [812, 812, 813, 812]
        await area.press("up", "up", "up", "up", "enter")
        assert "path             /etc/passwd" not in "\n".join(area.rows())


async def test_sorted_and_the_other_way() -> None:
    async with tabled("access", rows=0) as area:
        await with_some(area)
        area.table.sort("path")
        assert paths(area) == sorted(paths(area))
        await area.press("I")
        assert paths(area) == sorted(paths(area), reverse=True)
        await area.press("f6", "o", "enter")
        assert paths(area)[0] == "/etc/passwd"


async def test_opened_only_failed_only_and_words_of_a_path() -> None:
    async with tabled("access", rows=0) as area:
        await with_some(area)
        await area.press("exclamation_mark")
        assert paths(area) == ["/srv/none"]
        assert "filter failed  1 of 3" in area.lines[0]
        await area.press("exclamation_mark")
        assert len(paths(area)) == 3
        await area.press("O")
        assert paths(area) == ["/etc/passwd", "/srv/a b"]
        await area.press("escape", "escape", "escape", "f", *"srv !none", "enter")
        assert paths(area) == ["/srv/a b"]
        await area.press("escape", "f", *"pid=x", "enter")
        assert "pid= wants numbers" in area.stage.said
        assert len(paths(area)) == 3


async def test_by_process_and_only_or_without_one() -> None:
    async with tabled("access", rows=0) as area:
        await with_some(area)
        await area.press("g")
        assert [row.key.split(":")[0] for row in area.table._folds.sheet.rows] == ["(812,)0", "(812,)0", "(812,)0", "(813,)0"]
        await area.press("g", "P")
        assert "filter pid=812" in area.lines[0]
        assert "2 processes" not in "\n".join(area.rows())
        await area.press("escape", "p")
        assert paths(area) == ["/etc/passwd"]


async def test_to_the_lines_of_a_file() -> None:
    async with tabled("access", rows=0) as area:
        await with_some(area)
        await area.press("down", "down", "T")
        watched = area.panel.watched
        assert watched is not None
        assert (area.panel.tab, watched.text, len(watched.view)) == ("trace", 'path="/srv/a b"', 1)


async def test_of_what_has_no_path_no_lines_are_found() -> None:
    async with tabled("access", rows=40) as area:
        area.table.narrow("kind=socket")
        await area.press("T")
        assert "is no whole path: no filter finds its lines" in area.stage.said
        assert area.panel.tab == "access"


async def test_more_files_than_are_shown_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.ui.trace.access.MOST", 2)
    async with tabled("access", rows=0) as area:
        await with_some(area)
        assert len(paths(area)) == 2
        assert "and 1 more: f finds some, F6 sorts otherwise" in "\n".join(area.lines)


async def test_what_cannot_be_seen_stands_above_the_rows() -> None:
    ring = Batch()
    ring.add(Kind.CALL, 812, 812, time.monotonic_ns(), 425, 5, 100, pack((8, 0x10, 0, 0, 0, 0), [(5, True, b"anon_inode:[io_uring]")], []))
    async with tabled("access", rows=0) as area:
        await with_some(area)
        await area.tell(ring)
        assert "io_uring: files used through it are unseen, by 812" in area.rows()[0]
        assert area.table.current() is not None


async def test_held_still_and_counted_anew() -> None:
    async with tabled("access", rows=0) as area:
        await with_some(area)
        await area.press("space")
        await area.tell(opened(b"/new", 3))
        assert "/new" not in paths(area)
        await area.press("space")
        assert "/new" in paths(area)
        await area.press("R")
        assert paths(area) == []
        assert "nothing yet" in "\n".join(area.lines)


async def test_hostile_names_are_only_text() -> None:
    name = b"/\x1b]0;x\x07[red]\xe2\x80\xae\n\xff"
    async with tabled("access", rows=0) as area:
        await area.tell(opened(name, 4))
        await area.press("enter")
        text = "\n".join(area.lines)
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "[red]" in text
        assert paths(area) == [name.decode("utf-8", "surrogateescape")]


async def test_of_a_file_pids_are_another_machines() -> None:
    made = session("opened")
    async with tabled("access", made, rows=40) as area:
        assert area.table.copy_shell() == ""
        assert paths(area)


@pytest.mark.parametrize("size", [(40, 10), (20, 3), (200, 60), (1, 1), (80, 2)])
async def test_any_size(size: tuple[int, int]) -> None:
    async with tabled("access") as area:
        await area.press("enter", "down")
        await area.pilot.resize_terminal(*size)
        await area.pilot.pause()
        await area.press("down", "g", "enter", "I", "end", "home")
        await area.pilot.resize_terminal(140, 24)
        await area.pilot.pause()
        assert "since 14:22:07" in area.lines[0]


async def test_what_is_saved_is_the_table_that_is_shown() -> None:
    async with tabled("access", rows=0) as area:
        await with_some(area)
        await area.press("O")
        found = area.table.saved()
        assert [record["path"] for record in found.records] == ["/etc/passwd", "/srv/a b"]
        text = "\n".join(plain(line) for line in found.text)
        assert "/etc/passwd" in text
        assert "/srv/none" not in text


async def test_a_socket_has_its_addresses_as_soon_as_they_are_known() -> None:
    made = session()
    made.addresses = Addresses(lambda _pid, _wanted: {})
    made.addresses.learn(Batch(sockets={7: "127.0.0.1:80 ← 127.0.0.1:40022"}))
    read = Batch()
    read.add(Kind.CALL, 812, 812, time.monotonic_ns(), 0, 5, 100, pack((9, 0x10, 5, 0, 0, 0), [(9, False, b"socket:[7]")], []))
    async with tabled("access", made, rows=0) as area:
        await area.tell(read)
        assert "socket:[7]  127.0.0.1:80 ← 127.0.0.1:40022" in area.current
