"""The line of tabs, at any width."""

from explorer.render.piece import Role, line, piece, plain
from explorer.render.width import width
from explorer.ui.tabs import Tab, tab_line

TABS = (
    Tab("l", "Files", "Files", "19"), Tab("b", "Stack", "Stack", "1"), Tab("o", "Overview", "Overview", ""), Tab("v", "Memory", "Mem", ""),
    Tab("e", "Environment", "Env", ""), Tab("L", "Limits", "Limits", ""),
)  # fmt: skip


def test_full_names_where_there_is_room_short_ones_where_not() -> None:
    assert plain(tab_line(TABS, "l", 79)[0]) == " l Files 19   b Stack 1   o Overview   v Memory   e Environment   L Limits ────"
    assert plain(tab_line(TABS, "l", 60)[0]) == " l Files 19  b Stack 1  o Overview  v Mem  e Env  L Limits ─"
    assert plain(tab_line(TABS, "l", 40)[0]).startswith(" l Files 19 b  o  v  e  L")


def test_it_is_exactly_as_wide_as_asked_for_and_never_fails() -> None:
    for columns in range(1, 140):
        for right in ((), line(piece("3 of 19", Role.MIND))):
            assert width(plain(tab_line(TABS, "v", columns, right)[0])) == columns


def test_places_are_where_the_tabs_stand() -> None:
    made, places = tab_line(TABS, "l", 79)
    text = plain(made)
    words = [text[start:end] for start, end, _ in places]
    assert words == ["l Files 19", "b Stack 1", "o Overview", "v Memory", "e Environment", "L Limits"]
    assert [letter for _, _, letter in places] == [tab.letter for tab in TABS]


def test_the_chosen_one_is_marked() -> None:
    assert [part.text for part in tab_line(TABS, "b", 79)[0] if part.role is Role.TITLE] == ["b Stack 1"]
