"""query/thing.py"""

from explorer.decode.fd import decode_fd
from explorer.model.keeping import Keeping
from explorer.query.thing import (
    is_deleted,
    kinds_of,
    links_of,
    path_of,
    position_of,
    queue_of,
    size_of,
    state_of,
    text_of,
)
from tests.query.things import THINGS

ODD = decode_fd(3, "anon_inode:[inotify]", b"")


def test_paths_and_what_is_deleted() -> None:
    paths = {name: path_of(thing) for name, (_, thing) in THINGS.items() if path_of(thing)}
    assert paths["gone"] == "/var/log/old.log"
    assert paths["library"] == "/lib/old.so"
    assert set(THINGS) - set(paths) == {"listens", "client", "unix", "pipe", "memfd"}
    assert [name for name, (_, thing) in THINGS.items() if is_deleted(thing)] == ["gone", "library"]


def test_links() -> None:
    found = {name: links_of(thing) for name, (_, thing) in THINGS.items()}
    assert {name: links for name, links in found.items() if links is not None} == {
        "log": 1, "gone": 0, "nfs": 1, "folder": 1, "memfd": 0, "cwd": 3, "library": 0, "exe": 1,
    }  # fmt: skip
    assert links_of(Keeping(how="mapped", path="/lib/here.so", inode=4)) is None


def test_kinds_in_all_their_words() -> None:
    assert kinds_of(THINGS["client"][1]) == ("socket", "inet6", "stream", "tcp")
    assert kinds_of(THINGS["library"][1]) == ("mapped", "mem")
    assert kinds_of(THINGS["cwd"][1]) == ("cwd",)
    assert kinds_of(ODD) == ("inotify",)


def test_numbers_and_states_only_where_there_are_some() -> None:
    assert {name for name, (_, thing) in THINGS.items() if queue_of(thing) is not None} == {"listens", "client", "unix"}
    assert queue_of(THINGS["client"][1]) == 11
    assert queue_of(THINGS["listens"][1]) == 0
    assert {name: state_of(thing) for name, (_, thing) in THINGS.items() if state_of(thing)} == {
        "listens": "LISTEN", "client": "ESTABLISHED", "unix": "LISTEN",
    }  # fmt: skip
    assert (size_of(THINGS["gone"][1]), size_of(THINGS["pipe"][1]), size_of(THINGS["memfd"][1])) == (10, None, None)
    assert (position_of(THINGS["log"][1]), position_of(THINGS["pipe"][1]), position_of(THINGS["cwd"][1])) == (100, None, None)


def test_the_text_is_what_a_person_sees() -> None:
    assert text_of(THINGS["library"][1]) == "mapped /lib/old.so (deleted)"
    assert "[::1]:5" in text_of(THINGS["client"][1])
