"""trace/access/whose.py: where each process sees its files."""

from explorer.trace.access import NOWHERE, Place
from explorer.trace.access.whose import Whose


def test_a_child_is_where_its_parent_was() -> None:
    whose = Whose({1: Place(b"/jail", 7, b"/jail/home")}.get)
    whose.born(2, 1)
    whose.rooted(1, b"/elsewhere")
    whose.born(3, 1)
    assert whose[2] == Place(b"/jail", 7, b"/jail/home")
    assert whose[3] == Place(b"/elsewhere", 7, b"/jail/home")
    assert whose[9] == NOWHERE


def test_events_that_come_before_the_birth() -> None:
    whose = Whose({1: Place(b"/jail", 7, b"/jail/home")}.get)
    whose.parents = {3: 2, 2: 1}
    assert whose[3] == Place(b"/jail", 7, b"/jail/home")
    whose.born(3, 2)
    assert whose[3] == Place(b"/jail", 7, b"/jail/home")


def test_one_that_is_gone_is_where_all_are() -> None:
    places = {1: Place(b"", 7, b"/srv"), 2: Place(b"", 7, b"/"), 3: Place(b"", 8, b"/")}
    whose = Whose(places.get)
    assert (whose[1].mounts, whose[2].mounts) == (7, 7)
    assert whose[9] == Place(b"", 7)
    assert whose[3].mounts == 8
    assert whose[10] == NOWHERE


def test_a_number_that_is_used_again() -> None:
    whose = Whose({1: Place(b"/a", 7), 5: Place(b"/b", 8)}.get)
    whose.born(2, 1)
    whose.ended(2)
    whose.born(2, 5)
    assert whose[2] == Place(b"/b", 8)


def test_paths() -> None:
    whose = Whose({1: Place(b"/jail", 7, b"/jail/home")}.get)
    assert whose.path(1, b"x") == b"/jail/home/x"
    assert whose.path(1, b"x", b"/other") == b"/other/x"
    assert whose.path(1, b"/x", b"/other") == b"/jail/x"
    whose.works(1, b"/jail/tmp")
    assert whose.path(1, b"../x") == b"/jail/x"
    assert whose.path(2, b"x") == b"x"


def test_into_another_mount_namespace() -> None:
    now = {1: Place(b"", 7, b"/srv")}
    whose = Whose(now.get)
    assert whose[1].mounts == 7
    now[1] = Place(b"", 8, b"/")
    whose.ask(1)
    assert whose[1] == Place(b"", 8, b"/")
    now.clear()
    whose.ask(1)
    assert whose[1] == Place(b"", 0, b"/")
    now[2] = Place(b"", 9, b"/")
    whose.born(2, 1, apart=True)
    assert whose[2].mounts == 9
