"""How a table is looked at."""

from explorer.ui.trace.standing import Standing


def test_the_last_filter_holds() -> None:
    standing = Standing("time", "call")
    assert standing.text == ""
    standing.filters.append("failed")
    assert standing.text == "failed"
    assert standing.held is None
