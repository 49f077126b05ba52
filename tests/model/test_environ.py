"""model/environ.py"""

from explorer.model.environ import Environ, Variable


def test_names_may_come_twice() -> None:
    twice = Environ((Variable("A", "1"), Variable("A", "2")))
    assert [variable.value for variable in twice.variables] == ["1", "2"]
    assert not twice.cut
