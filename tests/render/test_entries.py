"""render/entries.py"""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.model.missing import Missing, Reason
from explorer.render.entries import Entry, clipped, denied, folded, lacking, lines, listed, rows
from explorer.render.piece import Piece, Role, piece, plain
from explorer.render.width import width
from tests.facts import DENIED


def test_rows_are_cut_and_unfold_to_all_of_it() -> None:
    short, long, more = rows(
        [Entry("a", (piece("x"),)), Entry("b", (piece("y" * 100),), copy="exact\n"), Entry("c", (piece("z"),), ((piece("detail"),),))], 40
    )
    assert plain(short.line) == "a             x"
    assert short.unfold is None
    assert short.copy == "x"
    assert width(plain(long.line)) == 40
    assert long.unfold is not None
    assert "".join(plain(line).strip() for line in long.unfold(40)) == "y" * 100
    assert long.copy == "exact\n"
    assert more.unfold is not None
    assert [plain(line) for line in more.unfold(40)] == ["  detail"]


def test_lines_of_a_command_are_whole() -> None:
    found = lines([Entry("b", (piece("y" * 100),), ((piece("detail"),),))])
    assert [plain(line) for line in found] == ["b             " + "y" * 100, " " * 14 + "detail"]
    assert len(lines([Entry("b", (), ((piece("detail"),),))], full=False)) == 1


def test_what_is_lacking() -> None:
    refused = lacking("executable", DENIED)
    assert plain(refused.value) == "denied"
    assert [plain(line) for line in refused.more] == [DENIED.detail, DENIED.cure]
    assert plain(lacking("x", Missing(Reason.UNSUPPORTED, "status has no x")).value) == "unsupported: status has no x"
    assert plain(lacking("x", Missing(Reason.UNSUPPORTED, "a kernel thread has no x")).value) == "none: a kernel thread has no x"


def test_one_note_for_all_that_was_denied() -> None:
    found = [plain(line) for line in denied([lacking("executable", DENIED), Entry("a", ()), lacking("root", DENIED)], 100)]
    assert found == ["Denied: executable, root.", "Run as root, or as the owner of the process."]
    assert denied([Entry("a", ())], 100) == ()


@settings(max_examples=100)
@given(st.lists(st.text(max_size=40).map(piece), max_size=4), st.integers(2, 30))
def test_folded_loses_nothing(parts: list[Piece], columns: int) -> None:
    found = folded(tuple(parts), columns)
    assert "".join(plain(line) for line in found) == plain(tuple(parts))
    assert all(width(plain(line)) <= columns for line in found)


def test_clipped_and_listed() -> None:
    assert clipped((Piece("abc"), Piece("def")), 4) == ((Piece("abc"), Piece("d")), True)
    assert clipped((Piece("abc"),), 4) == ((Piece("abc"),), False)
    assert plain(listed(["a", "b"])) == "a, b"
    assert listed([])[0].role is Role.SECONDARY
