"""render/opened.py"""

from collections import Counter
from dataclasses import replace

import pytest

from explorer.decode.fd import decode_fd
from explorer.model.keeping import Keeping
from explorer.model.missing import Missing, Reason
from explorer.model.opened import Looked, Owner
from explorer.model.process import ProcessId
from explorer.render.opened import Columns, copied, counts, group, left_and_right, row, thing
from explorer.render.piece import Role, piece, plain
from explorer.render.width import width
from tests.opened import file, opened

DENIED = Missing(Reason.DENIED, "/proc/9/fd", "run as root")
LOG = file(5, "/var/log/nginx/access.log", 2000, size=4000, flags=1)


def text(opened_row: object, columns: int = 80, now: float = 0.0) -> str:
    mark, line = row(opened_row, Columns.of(columns), now)  # type: ignore[arg-type]
    return (mark + plain(line)).rstrip()


def test_whose_it_is_stands_before_what_it_is() -> None:
    assert text(opened(812, LOG), 109).split() == ["812", "nginx", "5", "regular", "w", "/var/log/nginx/access.log", "3.9K", "at", "2.0K"]
    assert "www-data" not in text(opened(812, LOG))
    assert text(opened(812, LOG), 120).split()[:4] == ["812", "nginx", "www-data", "5"]


@pytest.mark.parametrize("columns", [20, 40, 60, 79, 109, 110, 159, 239])
def test_a_row_is_no_wider_than_there_is_room_and_titles_stand_above_their_columns(columns: int) -> None:
    for what in (LOG, Keeping(how="exe", path="/usr/sbin/nginx" * 9, size=5), replace(LOG, target="", flags=DENIED, position=DENIED)):
        for closed in (0.0, 1.0):
            if closed and isinstance(what, Keeping):
                continue
            _, line = row(opened(4194304, what, comm="a" * 15, closed=closed), Columns.of(columns, (4194304, 123456)), 2.0)
            assert width(plain(line)) <= max(columns, 40)
    header = plain(Columns.of(columns).header())
    for at, name in Columns.of(columns).sorts():
        if columns >= 60:
            title = {"process": "PID", "command": "COMMAND", "user": "USER", "descriptor": "fd"}.get(name, name)
            assert header[at:].lstrip().startswith(title), name


def test_moving_new_and_closed_ones_say_so() -> None:
    assert "+2.0K/s" in text(opened(812, LOG, rate=2000.0), 120)
    assert text(opened(812, LOG, since=100.0), now=101.0).startswith("+")
    assert text(opened(812, LOG, since=100.0), now=200.0).startswith(" ")
    mark, line = row(opened(812, LOG, closed=100.0), Columns.of(80), 103.0)
    assert mark == "-"
    assert "closed 3 s ago" in plain(line)
    assert {part.role for part in line} == {Role.GONE}


def test_a_descriptor_that_may_not_be_read_says_so_in_its_row() -> None:
    unread = decode_fd(0, "", DENIED)
    assert text(opened(1, unread)).split() == ["1", "nginx", "0", "denied"]


def test_what_is_no_descriptor() -> None:
    folder = Keeping(how="cwd", path="/srv", mode=0o040755, size=4096)
    assert text(opened(1, folder)).split() == ["1", "nginx", "cwd", "directory", "/srv"]
    library = Keeping(how="mapped", path="/lib/libc.so.6", deleted=True, permissions=("r-xp", "r--p"))
    assert text(opened(1, library), 109).split() == ["1", "nginx", "mem", "mapped", "/lib/libc.so.6", "deleted", "r-xp", "r--p"]
    assert "denied" in text(opened(1, Keeping(how="exe", unread=DENIED)))
    assert "5" in text(opened(1, Keeping(how="exe", path="/bin/sh", mode=0o100755, size=5)))
    assert text(opened(1, Keeping(how="cwd", path="/nfs/x"))).endswith("did not answer")


def test_names_are_never_obeyed() -> None:
    line = text(opened(1, file(3, "/a\x1b[31m"), comm="x\x1b]0;t\x07", user="u\n"), 120)
    assert not any(char in line for char in "\x1b\x07\n")


def test_groups() -> None:
    owner = Owner(ProcessId(812, 1), "nginx", "www-data", 33)
    line = plain(group(owner, Counter(regular=900, tcp=304), 1, False, 80))
    assert line.split() == ["+", "1,204", "812", "nginx", "www-data", "900", "regular,", "304", "tcp"]
    assert plain(group("pipe", Counter(pipe=5), 3, True, 80)).split() == ["-", "5", "pipe", "of", "3", "processes"]
    assert plain(group("", Counter({f"kind{at}": 1 for at in range(9)}), 1, False, 200)).endswith(", …")
    assert width(plain(group(owner, Counter(regular=900, tcp=304), 1, False, 30))) <= 30
    assert plain(Columns.of(80).header("kind")).split() == ["ROWS", "KIND"]


def test_how_much_there_is_and_how_much_of_it_was_looked_at() -> None:
    whole = Looked(processes=90, total=90, rows=1200, rounds=1)
    assert plain(counts(1200, whole, filtered=False)) == "1,200 open · 90 processes"
    assert plain(counts(7, whole, filtered=True)) == "7 of 1,200 · 90 processes"
    assert plain(counts(5, Looked(processes=3, total=90, rows=5), filtered=False)) == "5 open · 3 of 90 processes"
    told = plain(counts(9, replace(whole, denied=80, silent=2), filtered=False, user="deploy"))
    assert told.endswith(" · 80 may not be read: as root they show; you are deploy · 2 did not answer")
    more = replace(whole, unkept=5000)
    assert "6,200 open" in plain(counts(9, more, filtered=False))
    assert "only 1,200 are kept: a filter finds the others" in plain(counts(9, more, filtered=False))
    assert "only" not in plain(counts(9, replace(more, narrowed=True), filtered=True))
    assert "denied" in plain(counts(0, Looked(unseen=DENIED), filtered=False))


def test_what_others_may_have_and_what_is_copied() -> None:
    found = thing(opened(812, LOG))
    assert found is not None
    assert (found.fd, found.link) == (5, LOG.target)
    assert thing(opened(812, LOG, closed=1.0)) is None
    assert thing(opened(812, Keeping(how="cwd", path="/srv"))) is None
    assert copied(opened(812, LOG)) == "812 nginx 5 /var/log/nginx/access.log"
    assert copied(opened(812, Keeping(how="cwd", path="/srv"))) == "812 nginx cwd /srv"


def test_what_stands_at_the_right_goes_where_there_is_no_room() -> None:
    left = (piece("x" * 30),)
    assert plain(left_and_right(left, "procdive fds --all", 60)).endswith("   procdive fds --all")
    assert plain(left_and_right(left, "procdive fds --all", 35)).rstrip() == "x" * 30
    assert width(plain(left_and_right(left, "procdive fds --all", 20))) <= 20
