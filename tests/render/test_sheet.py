"""render/sheet.py"""

from explorer.render.sheet import Row, Sheet, Target


def test_what_need_not_be_said_is_empty() -> None:
    row = Row("key", ())
    assert (row.unfold, row.target, row.copy, row.mark) == (None, None, "", " ")
    assert (Sheet().rows, Sheet().header, Sheet().notes, Sheet().count, Sheet().summary) == ((), (), (), "", ())
    assert Target(7).fd is None
