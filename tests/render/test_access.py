"""render/access.py: the table of files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.model.access import FileUse, Unseen
from explorer.render.access import COLUMNS, GOING, layout, remarks, several, shortened, table, unfolded
from explorer.render.piece import Line, Role, plain
from explorer.render.times import clock_moment
from explorer.render.width import width

LOG = FileUse(
    "/var/log/nginx/access.log", "file", (812, 814), 1, writes=2100, written_bytes=190_000, others=3, time=41_000_000, last=10**18
)
PRELOAD = FileUse("/etc/ld.so.preload", "file", (812,), touches={"access": 2}, failures={"access": {"ENOENT": 2}}, time=9_000)
LIBC = FileUse(
    "/usr/lib/x86_64-linux-gnu/libc.so.6",
    "file",
    (812,),
    1,
    2,
    1664,
    mapped="read",
    time=10_000,
    names=("/lib/x86_64-linux-gnu/libc.so.6",),
)
TEMPORARY = FileUse(
    "/tmp/x", "file", (814,), 2, 0, 0, 1, 9, touches={"stat": 3, "unlink": 1}, deleted=True, mapped="written",
    failures={"open": {"EACCES": 2, "ENOENT": 1}, "stat": {"ENOENT": 1}, "use": {"ENOSPC": 4}},
)  # fmt: skip
SOCKET = FileUse("socket:[77]", "socket", (812,), 1, 5, 400, failures={"use": {"EAGAIN": 3}}, note="10.0.0.5:80->10.0.0.9:51122")
ROWS = [LOG, PRELOAD, LIBC, TEMPORARY, SOCKET]
NAMES = {812: "nginx", 814: "worker"}


def shown(columns: int, rows: list[FileUse] = ROWS, sort: str = "") -> list[str]:
    return [plain(line) for line in table(rows, columns, sort, NAMES)]


def test_on_160_columns() -> None:
    assert shown(160, sort="time") == [
        " OPENS  FAILED   READS   READ  WRITES  WRITTEN  OTHER  TOUCHED    TIME     LAST PROCESS         PATH",
        "     1                           2100     186K      3          41.0 ms "
        f"{clock_moment(1e9)} 2 processes     /var/log/nginx/access.log",
        "             2                                               2    9 µs          812 nginx       "
        "/etc/ld.so.preload  access 2 ENOENT",
        "     1               2   1.6K                                    10 µs          812 nginx       "
        "/usr/lib/x86_64-linux-gnu/libc.so.6 (mapped)  as /lib/x86_64-li…",
        "     2       8                      1        9               4                  814 worker      "
        "/tmp/x (deleted) (mapped, writable)  stat 3 ENOENT, unlink, ope…",
        "     1       3       5    400                                                   812 nginx       "
        "socket:[77]  10.0.0.5:80->10.0.0.9:51122, EAGAIN 3",
    ]


def test_on_80_columns() -> None:
    assert shown(80) == [
        " OPENS  FAILED   READ  WRITTEN    TIME PATH",
        "     1                    186K 41.0 ms /var/log/nginx/access.log",
        "             2                    9 µs /etc/ld.so.preload  access 2 ENOENT",
        "     1           1.6K            10 µs /usr/lib…_64-linux-gnu/libc.so.6 (mapped)",
        "     2       8               9         /tmp/x (deleted) (mapped, writable)",
        "     1       3    400                  socket:[77]  10.0.0.5:80->10.0.0.9:51122…",
    ]


def test_the_column_that_is_sorted_by_has_an_arrow() -> None:
    assert "TIME▼" in plain(layout(80).titles("time"))
    assert "PATH▲" in plain(layout(80).titles("path"))
    assert "PATH▼" in plain(layout(80).titles("path", backwards=True))


def test_as_wide_as_it_takes() -> None:
    assert shown(0)[4].endswith("/tmp/x (deleted) (mapped, writable)  stat 3 ENOENT, unlink, open EACCES 2, ENOENT, ENOSPC 4")


def test_of_one_process_it_is_not_told() -> None:
    assert "PROCESS" not in shown(0, [PRELOAD, LIBC])[0]


def test_what_is_sorted_by_stays() -> None:
    for key in GOING:
        sort = COLUMNS[key].sort
        if sort:
            assert key in layout(60, sort).columns


def test_a_path_loses_its_middle() -> None:
    deep = "/srv/" + "deep/" * 30 + "the-file.txt"
    assert shortened(deep, 30) == "/srv/de…deep/deep/the-file.txt"
    assert shortened("/etc/passwd", 11) == "/etc/passwd"
    assert shortened("/etc/passwd", 10) == "/e…/passwd"
    assert shortened("/etc/\x1b[31m\nx", 40) == r"/etc/\e[31m\nx"


@given(st.text(max_size=80), st.integers(1, 60))
def test_never_wider(path: str, columns: int) -> None:
    assert width(shortened(path, columns)) <= columns


@given(st.integers(20, 200), st.sampled_from(["", *(column.sort for column in COLUMNS.values())]))
def test_lines_fit(columns: int, sort: str) -> None:
    assert all(width(line) <= columns for line in shown(columns, sort=sort))


def test_red_is_what_is_more_than_not_now() -> None:
    def role(row: FileUse) -> Role:
        line: Line = layout(160).row(row)
        return line[4].role

    assert (role(PRELOAD), role(SOCKET)) == (Role.FAILED, Role.SECONDARY)


def test_namespaces_are_named_where_there_are_several() -> None:
    ours, theirs = (FileUse("/etc/passwd", "file", (1,), 1, namespace=inode) for inode in (4026531832, 4026532200))
    assert several([ours, theirs])
    assert not several([ours, SOCKET])
    assert [line.split("/etc/passwd")[1] for line in shown(0, [ours, theirs])[1:]] == [" mnt:[4026531832]", " mnt:[4026532200]"]


def test_a_cut_path_has_a_mark() -> None:
    assert "/srv/x (cut)" in shown(80, [FileUse("/srv/x", "file", (1,), cut=True)])[1]


def test_unfolded() -> None:
    assert [plain(line) for line in unfolded(TEMPORARY, NAMES)] == [
        "path             /tmp/x",
        "by               814 worker",
        "opened           2 times",
        "written          1 call, 9 bytes",
        "touched          stat 3, unlink 1",
        "failed: open     EACCES 2, ENOENT 1",
        "failed: stat     ENOENT 1",
        "failed: use      ENOSPC 4",
        "it was used after its name was removed",
        "mapped into memory, where it can be read and written unseen",
    ]
    assert "also opened as   /lib/x86_64-linux-gnu/libc.so.6" in [plain(line) for line in unfolded(LIBC)]
    assert plain(unfolded(FileUse("/x", "file", (1,), cut=True))[-1]) == "only a part of the path is known"


def test_remarks() -> None:
    unseen = [
        Unseen(812, io_uring=3),
        Unseen(813, mapped=17),
        Unseen(814, aio=1, mapped=2, written=1, unnamed=5),
        *(Unseen(900 + n, 1) for n in range(4)),
    ]
    assert [plain(line) for line in remarks(unseen, NAMES, dropped=7, lost=1)] == [
        "io_uring: files used through it are unseen, by 812 nginx, 900, 901 and 2 more",
        "asynchronous I/O (io_submit): reads and writes by it are unseen, by 814 worker",
        "5 calls whose file could not be told, by 814 worker",
        "mapped into memory, where use is unseen: 19 files, 1 of them writable, by 814 worker, 813",
        "7 calls on more files than there is room for are not counted",
        "incomplete: 1 event lost",
    ]
    assert remarks([]) == []


@pytest.mark.parametrize("columns", [0, 80, 160])
def test_hostile_names(columns: int) -> None:
    rows = [FileUse("/tmp/\x1b]0;x\x07\udcff\n", "file", (812,), names=("\x1b[2J",), note="\x9b")]
    assert all(character.isprintable() for line in shown(columns, rows) for character in line)
