"""trace/access/table.py: files found by names and paths."""

from explorer.trace.access.place import Place
from explorer.trace.access.table import Table
from explorer.trace.access.whose import Whose


def table(most: int = 100) -> Table:
    return Table(Whose({1: Place(b"", 7), 2: Place(b"", 7), 3: Place(b"", 8)}.get), most)


def test_a_descriptor_and_a_path_of_the_same_name_are_one_file() -> None:
    found = table()
    one, two = found.described(1, b"/x"), found.at(2, b"/x", "file")
    assert one is not None
    assert two is not None
    assert one[0] is two[0]
    assert one[1] is not two[1]
    assert found.described(1, b"/x") == one
    assert found.at(1, b"/x", "file") == one


def test_namespaces_have_files_of_their_own_and_share_sockets() -> None:
    found = table()
    assert [len(found.files) for pid in (1, 2, 3) if found.described(pid, b"/x")] == [1, 1, 2]
    assert [len(found.files) for pid in (1, 2, 3) if found.described(pid, b"socket:[5]")] == [3, 3, 3]


def test_a_relative_name_is_no_socket() -> None:
    found = table()
    found.at(1, b"socket:[5]", "file")
    found.described(1, b"socket:[5]")
    assert sorted(file.kind for file in found.files.values()) == ["file", "socket"]


def test_deleted() -> None:
    found = table()
    found.described(1, b"/x (deleted)")
    found.described(1, b"/memfd:x (deleted)")
    found.really(b"/y (deleted)")
    found.described(1, b"/y (deleted)")
    assert [(file.path, file.kind, file.deleted) for file in found.files.values()] == [
        (b"/x", "file", True),
        (b"/memfd:x", "memory", False),
        (b"/y (deleted)", "file", False),
    ]


def test_what_is_cut_is_never_found_again() -> None:
    found = table()
    for _ in range(2):
        found.at(1, b"/x", "file", cut=True)
    found.at(1, b"/x", "file")
    assert [file.cut for file in found.files.values()] == [True, True, False]


def test_no_more_than_there_is_room_for() -> None:
    found = table(2)
    for number in range(4):
        found.described(1, b"/%d" % number)
        found.described(1, b"socket:[%d]" % number)
    assert sorted(file.path for file in found.files.values()) == [b"/0", b"/1", b"socket:[0]", b"socket:[1]"]
    assert found.dropped == 4
    assert found.described(2, b"/1") is not None


def test_an_io_uring_that_is_used_like_a_file() -> None:
    found = table()
    found.described(1, b"anon_inode:[io_uring]")
    found.described(2, b"anon_inode:[eventpoll]")
    found.described(3, b"anon_inode:[io_uring]")
    assert found.rings == {1: 1, 3: 1}
    found.nameless(1, 5)
    found.nameless(1, -9)
    assert found.unnamed == {1: 1}


def test_a_name_whose_beginning_is_not_known() -> None:
    found = table()
    found.described(1, "/…/deep/x".encode())
    assert [file.cut for file in found.files.values()] == [True]
