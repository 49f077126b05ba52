"""model/stack.py"""

from explorer.model.stack import Age, Doing, Thread


def test_since_when_and_whether_it_runs() -> None:
    assert Thread(1, "x", "S", doing=Doing.CALL, age=Age(40.0), looked=100.0).since == 60.0
    assert Thread(1, "x", "R", doing=Doing.USER, looked=100.0).since == 0.0
    assert [Thread(1, "x", state, doing=doing).runs for state, doing in (("R", Doing.CALL), ("S", Doing.MIXED), ("S", Doing.CALL))] == [
        True,
        True,
        False,
    ]
    assert not Thread(1, "x", "").runs
