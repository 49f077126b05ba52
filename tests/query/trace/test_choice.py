"""query/trace/choice.py: a set, or all but it."""

from explorer.query.trace.choice import Choice


def test_it_says_what_is_chosen() -> None:
    some = Choice(frozenset({1, 2}))
    assert (1 in some, 3 in some) == (True, False)
    assert (1 in some.denied(), 3 in some.denied()) == (False, True)
    assert some.denied().denied() == some
    assert 7 not in Choice(frozenset[int]())
