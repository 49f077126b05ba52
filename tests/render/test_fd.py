"""render/fd.py"""

from dataclasses import replace
from stat import S_IFCHR, S_IFREG

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.decode.fd import decode_fd
from explorer.decode.fd.eventpoll import EventPoll, Watch
from explorer.decode.fd.raw import Stat
from explorer.decode.fd.socket import SocketFd
from explorer.model.endpoints import Holder
from explorer.model.fd import Fd
from explorer.model.files import Closed, NoFiles, OpenFiles
from explorer.model.missing import Missing, Reason
from explorer.model.progress import Progress
from explorer.model.socket import InetSocket
from explorer.model.trend import Grown, Leak, Trend
from explorer.render.fd import Layout, Rows, columns_of, fd_line, sheet, unfolded
from explorer.render.piece import plain
from explorer.render.printable import printable
from explorer.render.sheet import Sheet, Target
from tests.decode.fd.anything import infos, links, stats

FILE = Stat(1, 2, S_IFREG, 1, 0, 1_258_291)


def nginx() -> OpenFiles:
    """The worker of the sketches."""

    def fd(number: int, link: str, flags: str, stat: Stat | None = None) -> Fd:
        return decode_fd(number, link, f"pos:\t0\nflags:\t{flags}\nino:\t{number}\n".encode(), stat)

    listening, established = fd(3, "socket:[1]", "02"), fd(12, "socket:[2]", "02")
    assert isinstance(listening, SocketFd)
    assert isinstance(established, SocketFd)
    epoll = fd(8, "anon_inode:[eventpoll]", "02")
    assert isinstance(epoll, EventPoll)
    sockets = (
        InetSocket(inode=1, family="inet", protocol="tcp", state="LISTEN", local=("0.0.0.0", 80), receive_queue=3, send_queue=511),
        InetSocket(
            inode=2,
            family="inet",
            protocol="tcp",
            state="ESTABLISHED",
            local=("10.0.0.5", 80),
            remote=("127.0.0.1", 40022),
            inbound=True,
            peer=9,
            near=True,
        ),
    )
    fds = (
        fd(0, "/dev/null", "02", Stat(1, 3, S_IFCHR, 1, 259, 0)),
        replace(listening, socket=sockets[0], others=(Holder(811, 3, "nginx"), Holder(813, 3, "nginx"))),
        fd(5, "/var/log/nginx/access.log", "02001", FILE),
        replace(epoll, watches=(Watch(3, 1, ()), Watch(12, 1, ()))),
        fd(10, "/srv/www/old.css (deleted)", "00", FILE._replace(nlink=0)),
        replace(established, socket=sockets[1], peers=(Holder(1702, 7, "wrk"),)),
    )
    closed = (Closed(fd(13, "/srv/www/index.html", "00", FILE), 2.0),)
    return OpenFiles(812, fds, frozenset({12}), closed, {5: Progress(1_258_291, 1_258_291, 18 * 1024.0, 18 * 1024.0)}, 0, 1024)


def shown(found: Sheet) -> list[str]:
    return [(row.mark + plain(row.line)).rstrip() for row in found.rows]


def test_wide() -> None:
    assert shown(sheet(nginx(), 79)) == [
        "   0 chr         rw /dev/null",
        "   3 tcp listen  rw 0.0.0.0:80                        queue 3/511  also 811 813",
        "   5 regular     w  /var/log/nginx/access.log         1.2M +18K/s",
        "   8 eventpoll      watches 3 12",
        "  10 regular     r  /srv/www/old.css deleted          1.2M",
        "+ 12 tcp estab   rw 10.0.0.5:80 ← 127.0.0.1:40022     wrk 1702",
        "- 13 regular     r  /srv/www/index.html               closed 2 s ago",
    ]


def test_narrower_the_local_address_goes_then_folders() -> None:
    assert shown(sheet(nginx(), 60))[1:6] == [
        "   3 tcp listen  rw 0.0.0.0:80           3/511 +811 813",
        "   5 regular     w  …/nginx/access.log   1.2M +18K/s",
        "   8 eventpoll      watches 3 12",
        "  10 regular     r  …/old.css deleted    1.2M",
        "+ 12 tcp estab   rw … ← 127.0.0.1:40022  wrk 1702",
    ]


def test_then_kinds_have_four_letters_and_access_goes() -> None:
    assert shown(sheet(nginx(), 44))[1] == "   3 tcp  rw 0.0.0.0:80      3/511 +811 813"
    assert shown(sheet(nginx(), 36))[1].startswith("   3 tcp  0.0.0.0:80")
    assert "wrk 1702" in shown(sheet(nginx(), 36))[5]


@pytest.mark.parametrize("columns", [1, 5, 10, 20, 30, 36, 44, 60, 79, 100, 160, 300])
def test_no_row_is_wider_than_asked_for(columns: int) -> None:
    found = sheet(nginx(), columns)
    if columns >= 20:
        assert all(columns_of(row.line) <= columns for row in found.rows)
        assert columns_of(found.header) <= columns
    for row in found.rows:
        if row.unfold:
            assert all(columns_of(line) <= columns for line in row.unfold(columns))


def test_where_enter_jumps() -> None:
    rows = {row.key: row for row in sheet(nginx(), 79).rows}
    assert rows["3"].target == Target(811, 3)
    assert rows["8"].target == Target(812, 3)
    assert rows["12"].target == Target(1702, 7)
    assert rows["5"].target is None
    assert rows["5"].copy == "/var/log/nginx/access.log"
    pidfd = decode_fd(4, "anon_inode:[pidfd]", b"Pid:\t99\n")
    assert next(iter(sheet(OpenFiles(812, (pidfd,)), 79).rows)).target == Target(99)


def test_summary_and_count() -> None:
    found = sheet(nginx(), 79)
    assert (found.count, plain(found.summary)) == ("6", "6 of 1,024")
    assert plain(sheet(replace(nginx(), limit=None), 79).summary) == "6 open, no limit"
    assert plain(sheet(replace(nginx(), limit=Missing(Reason.DENIED)), 79).summary) == "6 open"


def test_of_closed_ones_the_last_of_each_number_stands_and_none_whose_number_is_in_use() -> None:
    def gone(number: int, link: str, ago: float) -> Closed:
        return Closed(decode_fd(number, link, b""), ago)

    files = replace(
        nginx(), closed=(gone(5, "pipe:[1]", 3.0), gone(13, "pipe:[2]", 3.0), gone(13, "pipe:[3]", 1.0), gone(4, "pipe:[4]", 0.0))
    )
    assert [row.key for row in sheet(files, 79).rows] == ["0", "3", "closed 4 pipe:[4]", "5", "8", "10", "12", "closed 13 pipe:[3]"]


def test_only_locks() -> None:
    found = sheet(nginx(), 79, frozenset({"locks"}))
    assert len(found.rows) == 0
    assert "No descriptor of it holds a lock" in plain(found.notes[1])
    locked = decode_fd(4, "/x", b"lock:\t1: FLOCK  ADVISORY  WRITE 7 fe:00:1 0 EOF\n", FILE)
    assert [row.key for row in sheet(replace(nginx(), fds=(*nginx().fds, locked)), 79, frozenset({"locks"})).rows] == ["4"]


def test_rows_tell_which_were_drawn() -> None:
    seen: list[int] = []
    found = sheet(nginx(), 79, frozenset(), seen.append)
    assert seen == []
    assert found.rows[1].key == "3"
    assert found.rows[0:2][0].key == "0"
    assert seen == [3, 0, 3]


def test_what_root_would_add() -> None:
    pipe = decode_fd(4, "pipe:[5]", b"flags:\t00\n")
    denied = Missing(Reason.DENIED, "the descriptors of 80 other processes", "run as root to see them all")
    found = sheet(OpenFiles(812, (replace(pipe, unseen=denied),)), 99)
    assert plain(found.notes[0]) == "Other ends may be among the descriptors of 80 other processes: as root they show"


def said(files: NoFiles) -> str:
    return " ".join(" ".join(plain(line) for line in sheet(files, 79).notes).split())


def test_empty_states() -> None:
    denied = Missing(Reason.DENIED, "/proc/1302/fd", "run as root")
    assert said(NoFiles(1302, "rsync", denied, slots=64, user="deploy")) == (
        "No permission Files of 1302 rsync: denied. /proc/1302/fd needs root; you are deploy. "
        "Still known it has room for 64 descriptors Helps sudo procdive 1302"
    )
    assert "it gave up root, or hides itself" in said(NoFiles(812, "nginx", denied, gave_up=True, user="www-data"))
    assert said(NoFiles(41, "kworker/1:1", None, kernel_thread=True)).endswith("is a kernel thread: no files, no memory, no environment.")
    assert said(NoFiles(7, "x", None)) == "Nothing of the kind 7 x has no descriptor open."
    assert said(NoFiles(812, "php-fpm", Missing(Reason.GONE, "812 is another process now (php-fpm)"))) == (
        "Process gone 812 is another process now (php-fpm)"
    )
    assert said(NoFiles(7, "x", Missing(Reason.GONE, "/proc/7/fd"))) == "Process gone 7 x has ended."
    assert said(NoFiles(7, "x", Missing(Reason.UNSUPPORTED, "/proc/7/fd (EIO)", "mend it"))).startswith("Unsupported")


def test_while_they_are_read() -> None:
    assert plain(sheet(replace(nginx(), unread=8000, unfinished=True), 79).notes[0]) == "8,000 more are being read"
    assert plain(sheet(replace(nginx(), unread=8000), 79).notes[0]) == "8,000 more are read when they come into sight"
    assert plain(sheet(OpenFiles(7, ()), 79).notes[0]) == "It has no descriptor open."


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**6), links, infos, stats, st.integers(20, 130))
def test_whatever_a_descriptor_is_its_row_fits_and_is_printable(
    number: int, link: str, info: bytes | Missing, stat: object, columns: int
) -> None:
    fd = decode_fd(number, link, info, stat)  # type: ignore[arg-type]
    layout = Layout.of(columns, number)
    lines = (fd_line(fd, layout, progress=Progress(5, 90, 5.0, inside=True)), fd_line(fd, layout, closed=1.0), *unfolded(fd, columns))
    for line in lines:
        assert columns_of(line) <= columns
        assert printable(plain(line)) == plain(line)


def test_rows_that_were_not_read_yet_are_there() -> None:
    files = replace(nginx(), rows=(*nginx().fds, 14, 99_999), unread=2)
    seen: list[int] = []
    found = sheet(files, 79, frozenset(), seen.append)
    assert [row.rstrip() for row in shown(found)[-3:]] == [
        "-   13 regular     r  /srv/www/index.html             closed 2 s ago",
        "    14 not read yet",
        " 99999 not read yet",
    ]
    assert (found.count, seen[-1]) == ("8", 99_999)
    row = found.rows[len(found.rows) - 1]
    assert (row.key, row.unfold, row.target, row.thing) == ("99999", None, None, None)


def test_a_row_is_found_without_making_any() -> None:
    seen: list[int] = []
    rows = sheet(replace(nginx(), rows=(*nginx().fds, 14, 99_999)), 79, frozenset(), seen.append).rows
    assert isinstance(rows, Rows)
    keys = ["0", "3", "5", "8", "10", "12", "closed 13 /srv/www/index.html", "14", "99999"]
    assert [rows.place(key) for key in keys] == list(range(9))
    assert [rows.place(key) for key in ("13", "closed 13 /x", "closed 3 /x", "100000", "x", "", "closed ")] == [None] * 7
    assert seen == []
    assert [row.key for row in rows] == keys


def test_what_is_unfolded_is_told() -> None:
    told: list[int] = []
    rows = sheet(nginx(), 79, frozenset(), None, told.append).rows
    assert told == []
    assert rows[2].unfold is not None
    rows[2].unfold(79)
    assert told == [5]


def test_progress_and_warnings_stand_on_the_pane() -> None:
    reading = decode_fd(7, "/big", b"pos:\t629145\nflags:\t00\n", FILE)
    files = replace(
        nginx(),
        fds=(*nginx().fds[:3], reading),
        closed=(),
        progress={7: Progress(629_145, 1_258_291, 65536.0, inside=True)},
        trend=Trend(36, 60.0, Leak(60.0, 36, (Grown("tcp", 36, "at", "10.0.0.5:80"),))),
        limit=4,
    )
    found = sheet(files, 79)
    assert [plain(note) for note in found.notes] == [
        "no more may be opened: 4 of 4, then EMFILE",
        "Grows steadily: +36 in 60 s: all tcp at 10.0.0.5:80",
    ]
    assert shown(found)[3] == "   7 regular     r  /big                              ██▌─── 49% +64K/s 9.6 s"
    assert found.rows[3].unfold is not None
    lines = [plain(line).split(maxsplit=1) for line in found.rows[3].unfold(79)]
    assert lines[0] == ["progress", "█████▌────── 629,145 of 1,258,291 bytes, 49%"]
    assert lines[1] == ["speed", "+65,536 bytes/s · 9.6 s left"]
