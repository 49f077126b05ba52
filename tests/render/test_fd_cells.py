"""render/fd_cells.py"""

import importlib

from explorer.decode.fd import decode_fd
from explorer.model.endpoints import Holder
from explorer.model.fd import Fd
from explorer.model.missing import Missing, Reason
from explorer.render.fd_cells import FILES, also, cells, joined, lines, people
from explorer.render.piece import line, plain


def test_every_kind_has_its_words_where_it_is_said() -> None:
    for file, kinds in FILES.items():
        assert set(importlib.import_module(f"explorer.render.{file}").FORMS) == set(kinds)


def test_a_kind_that_nobody_has_words_for_shows_its_link() -> None:
    found = cells(decode_fd(3, "marvel:[7]\x1b", b""))
    assert (found.kind, plain(found.target[0])) == ("other", r"marvel:[7]\e")


def test_people() -> None:
    nginx = [Holder(811, 3, "nginx"), Holder(811, 9, "nginx"), Holder(813, 3, "nginx"), Holder(9, 1, "sh\x1b")]
    assert plain(people(nginx)) == "nginx 811 813 and 1 more"
    assert plain(people(nginx, 1)) == "nginx 811 and 2 more"
    assert plain(people(nginx, 3)) == r"nginx 811 813, sh\e 9"
    assert people([]) == ()


def test_who_else() -> None:
    many = [Holder(pid, 3, "x") for pid in range(1, 9)]
    assert also(many) == ("also 1 2 3 and 5 more", "+1 2 3…")
    assert also(many[:2]) == ("also 1 2", "+1 2")
    assert also([]) == ("", "")


def test_empty_variants_are_left_out() -> None:
    assert lines("", "a", ()) == (line("a"),)
    assert plain(joined(line("a"), (), line("b"))) == "a  b"


def test_a_link_that_may_not_be_read_is_said() -> None:
    denied = Missing(Reason.DENIED, "/proc/1/fd/0")
    assert plain(cells(Fd(number=0, target="", position=denied, flags=denied)).target[0]) == "its link: denied"
