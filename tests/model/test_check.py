"""model/check.py"""

from explorer.model.check import Check, Verdict


def test_what_works_needs_no_cure() -> None:
    assert Check("a", Verdict.WORKS, "b").cure == ""
