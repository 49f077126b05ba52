"""Vertical rules stand between areas, from top to bottom."""

from tests.ui.shown import shown


async def test_the_rule_goes_from_the_top_line_to_the_key_line() -> None:
    async with shown((140, 40)) as screen:
        assert all(line[66:67] == "│" for line in screen.lines[1:39])
        assert screen.lines[0][66:67] != "│"


async def test_the_rule_between_panes_begins_at_their_tabs() -> None:
    async with shown((160, 45)) as screen:
        assert all(line[113:114] == "│" for line in screen.lines[5:44])
        assert all(line[113:114] != "│" for line in screen.lines[1:5])
