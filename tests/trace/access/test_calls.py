"""trace/access/calls.py: what calls mean for files."""

from struct import pack

import pytest

from explorer.trace.access import Access, Opening, Place
from tests.trace.access.told import CWD, Told


def touches(told: Told) -> dict[str, dict[str, int]]:
    return {path: use.touches for path, use in told.rows.items() if use.touches}


def test_opening() -> None:
    heard: list[Opening] = []
    told = Told(Access({812: Place(b"", 7, b"/srv")}.get, heard=heard.append))
    told.call("openat", CWD, b"x\0", 0, result=5, opened={5: b"/srv/x"}).call("openat", CWD, b"./x\0", 0, result=6, opened={6: b"/srv/x"})
    told.call("openat", 7, b"y\0", 0, result=5, fds={7: b"/etc"}, opened={5: b"/real/y"})
    told.call("openat", 7, b"no\0", 0, result=-2, fds={7: b"/etc"}).call("open", b"/etc/no\0", 0, result=-2).call(
        "open", b"/etc/no\0", result=-13
    )
    told.call("open", b"z\0", result=6)
    rows = told.rows
    assert {path: (use.opens, use.failed_opens, use.names) for path, use in rows.items()} == {
        "/srv/x": (2, 0, ()),
        "/real/y": (1, 0, ("/etc/y",)),
        "/etc/no": (0, 3, ()),
        "/srv/z": (1, 0, ()),
    }
    assert rows["/etc/no"].failures == {"open": {"ENOENT": 2, "EACCES": 1}}
    assert [(one.path, one.error, one.first) for one in heard] == [
        ("/srv/x", 0, True),
        ("/srv/x", 0, False),
        ("/real/y", 0, True),
        ("/etc/no", 2, True),
        ("/etc/no", 2, False),
        ("/etc/no", 13, True),
        ("/srv/z", 0, True),
    ]


@pytest.mark.parametrize(
    ("name", "args", "expected"),
    [
        ("stat", (b"x\0", 0), {"/srv/x": {"stat": 1}}),
        ("newfstatat", (CWD, b"x\0", 0, 0), {"/srv/x": {"stat": 1}}),
        ("newfstatat", (7, b"\0", 0, 0x1000), {"/etc": {"stat": 1}}),
        ("utimensat", (7, 0, 0, 0), {"/etc": {"utime": 1}}),
        ("rename", (b"a\0", b"/b\0"), {"/b": {"rename to": 1}, "/srv/a": {"rename": 1}}),
        ("renameat2", (7, b"a\0", CWD, b"b\0", 0), {"/etc/a": {"rename": 1}, "/srv/b": {"rename to": 1}}),
        ("link", (b"/a\0", b"/b\0"), {"/a": {"link": 1}, "/b": {"link to": 1}}),
        ("symlink", (b"/a\0", b"/b\0"), {"/b": {"symlink": 1}}),
        ("unlinkat", (7, b"d\0", 0x200), {"/etc/d": {"rmdir": 1}}),
        ("unlinkat", (7, b"f\0", 0), {"/etc/f": {"unlink": 1}}),
        ("mkdir", (b"d/\0", 0o755), {"/srv/d": {"mkdir": 1}}),
        ("execve", (b"/bin/true\0", 0, 0), {"/bin/true": {"exec": 1}}),
        ("mount", (b"proc\0", b"/proc\0", 0, 0, 0), {"/proc": {"mount": 1}}),
        ("mount", (b"/a\0", b"/b\0", 0, 0x1000, 0), {"/a": {"mount": 1}, "/b": {"mount": 1}}),
        ("inotify_add_watch", (8, b"/etc\0", 1), {"/etc": {"watch": 1}}),
        ("setxattr", (b"/x\0", b"user.a\0", 0, 0, 0), {"/x": {"set xattr": 1}}),
        ("connect", (9, b"\x01\0/run/x.sock\0", 14), {"/run/x.sock": {"connect": 1}}),
        ("bind", (9, b"\x01\0rel\0", 6), {"/srv/rel": {"bind": 1}}),
        ("connect", (9, b"\x01\0\0name", 7), {"@name": {"connect": 1}}),
        ("sendto", (9, 0, 5, 0, b"\x01\0/dev/log\0", 11), {"/dev/log": {"send": 1}}),
        ("stat", (b"\0", 0), {}),
        ("openat", (9, b"rel\0", 0), {}),
    ],
)
def test_touching(name: str, args: tuple[int | bytes, ...], expected: dict[str, dict[str, int]]) -> None:
    told = Told().call(name, *args, fds={7: b"/etc", 8: b"anon_inode:inotify", 9: b"socket:[77]"})
    assert touches(told) == expected


def test_what_failed_is_touched_too() -> None:
    told = Told().call("unlink", b"x\0", result=-2).call("connect", 9, b"\x01\0/run/no\0", 10, result=-2, fds={9: b"socket:[7]"})
    assert touches(told) == {"/srv/x": {"unlink": 1}, "/run/no": {"connect": 1}}
    assert told.rows["/srv/x"].failures == {"unlink": {"ENOENT": 1}}
    assert told.rows["/run/no"].failures == {"connect": {"ENOENT": 1}}


def test_from_one_to_another() -> None:
    told = Told().call("sendfile", 9, 5, 0, 100, result=100, fds={9: b"socket:[7]", 5: b"/srv/x"})
    told.call("splice", 3, 0, 4, 0, 9, 0, result=9, fds={3: b"pipe:[1]", 4: b"/srv/y"})
    told.call("copy_file_range", 5, 0, 6, 0, 9, 0, result=-18, fds={5: b"/srv/x", 6: b"/srv/z"})
    rows = told.rows
    assert {path: (use.reads, use.read_bytes, use.writes, use.written_bytes) for path, use in rows.items()} == {
        "/srv/x": (2, 100, 0, 0),
        "socket:[7]": (0, 0, 1, 100),
        "pipe:[1]": (1, 9, 0, 0),
        "/srv/y": (0, 0, 1, 9),
        "/srv/z": (0, 0, 1, 0),
    }
    assert rows["/srv/z"].failures == {"use": {"EXDEV": 1}}


def test_sockets() -> None:
    inet = pack("<H", 2) + pack(">H", 443) + bytes([10, 0, 0, 9]) + bytes(8)
    told = Told().call("socket", 2, 1, 0, result=9, opened={9: b"socket:[7]"})
    told.call("connect", 9, inet, 16, result=-115, fds={9: b"socket:[7]"})
    told.call(
        "accept4",
        8,
        0x5000,
        0x6000,
        0,
        result=10,
        fds={8: b"socket:[5]"},
        opened={10: b"socket:[8]"},
        late={0x5000: inet, 0x6000: pack("<I", 16)},
    )
    told.call("pipe2", 0x7000, 0, opened={3: b"pipe:[1]", 4: b"pipe:[1]"})
    lengths = bytes(56) + pack("<I", 30) + bytes(60) + pack("<I", 12) + bytes(4)
    told.call("recvmmsg", 9, 0x9000, 2, 0, 0, result=2, fds={9: b"socket:[7]"}, late={0x9000: lengths})
    rows = told.rows
    assert {path: (use.kind, use.opens, use.note) for path, use in rows.items()} == {
        "socket:[7]": ("socket", 1, "10.0.0.9:443"),
        "socket:[5]": ("socket", 0, ""),
        "socket:[8]": ("socket", 1, "10.0.0.9:443"),
        "pipe:[1]": ("pipe", 2, ""),
    }
    assert (rows["socket:[7]"].reads, rows["socket:[7]"].read_bytes, rows["socket:[5]"].others) == (1, 42, 1)


def test_paths_that_were_cut_are_never_joined() -> None:
    long = b"/" + b"x" * 4095
    told = Told().call("stat", long).call("stat", long).call("openat", CWD, long, 0, result=-36)
    rows = told.access.rows("path")
    assert [(row.cut, len(row.path)) for row in rows] == [(True, 4095)] * 3


def test_a_folder_that_nobody_knows() -> None:
    told = Told(Access(), cwd=b"").call("mkdirat", 5, b"x\0").call("mkdir", b"y\0").call("mkdirat", CWD, b"z\0")
    assert list(told.rows) == ["?/x", "y", "z"]


def test_the_working_directory() -> None:
    told = Told(cwd=b"").call("chdir", b"www\0").call("stat", b"x\0").call("chdir", b"no\0", result=-2).call("stat", b"y\0")
    told.call("fchdir", 5, fds={5: b"/etc"}).call("stat", b"z\0")
    told.cwd = b"/other"
    told.call("openat", CWD, b"w\0", 0, result=-2).call("stat", b"v\0")
    assert {path for path, kinds in touches(told).items() if "stat" in kinds} == {"/srv/www/x", "/srv/www/y", "/etc/z", "/other/v"}


def test_names_that_end_as_deleted_ones() -> None:
    told = Told().call("openat", CWD, b"x (deleted)\0", 0, result=5, opened={5: b"/srv/x (deleted)"})
    told.call("read", 5, result=1, fds={5: b"/srv/x (deleted)"}).call("read", 6, result=1, fds={6: b"/srv/y (deleted)"})
    assert [(path, use.deleted, use.reads) for path, use in told.rows.items()] == [("/srv/x (deleted)", False, 1), ("/srv/y", True, 1)]


def test_another_mount_namespace() -> None:
    places = {812: Place(b"", 7, b"/srv")}
    told = Told(Access(places.get)).call("stat", b"/x\0")
    places[812] = Place(b"", 8, b"/srv")
    told.call("unshare", 0x20000).call("stat", b"/x\0").call("read", 5, result=1, fds={5: b"/x"})
    places[900] = Place(b"", 9, b"/")
    told.call("clone", 0x20000 | 17, result=900).call("stat", b"/x\0", pid=900)
    places[901] = Place(b"/never", 99, b"/")
    told.call("clone", 17, result=901).born(901).call("stat", b"/x\0", pid=901)
    places[812] = Place(b"", 10, b"/")
    told.call("setns", 5, 0, fds={5: b"net:[5]"}).call("stat", b"/y\0").call("setns", 5, 0, fds={5: b"mnt:[10]"}).call("stat", b"/y\0")
    rows = [(row.path, row.namespace, row.pids) for row in told.access.rows("path") if row.touches]
    assert sorted(rows) == [("/x", 7, (812,)), ("/x", 8, (812, 901)), ("/x", 9, (900,)), ("/y", 8, (812,)), ("/y", 10, (812,))]


def test_thirty_two_bits() -> None:
    told = Told(arch="i386", cwd=b"").call("open", b"/x\0", result=5, opened={5: b"/x"}).call("read", 5, 0, 9, result=3, fds={5: b"/x"})
    inside = pack("<III", 9, 0x8F00000, 12)
    told.call("socketcall", 3, inside, fds={9: b"socket:[7]"}, late={0x8F00000: b"\x01\0/run/x.so\0"})
    told.call("mmap", pack("<6I", 0, 4096, 1, 2, 5, 0), result=0x8000, fds={5: b"/x"})
    assert (told.rows["/x"].opens, told.rows["/x"].read_bytes, told.rows["/x"].mapped) == (1, 3, "read")
    assert touches(told) == {"/run/x.so": {"connect": 1}}


def test_what_is_no_concern_of_ours() -> None:
    told = Told().call("getpid").call("poll", 0, 0).call("close", 5, fds={5: b"/x"}).call("dup2", 5, 6, fds={5: b"/x"})
    assert (told.rows, told.access.calls) == ({}, 0)
