"""query/trace/regex.py: no expression takes for ever."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.query.processes import Wrong
from explorer.query.trace.regex import matching
from explorer.trace.filters import words


def test_names_are_found() -> None:
    assert matching("^open(at)?$", words().calls) == frozenset({"open", "openat"})
    assert matching("sig.*wait", words().calls) == frozenset({"rt_sigtimedwait", "rt_sigtimedwait_time64"})
    assert matching(r"[]x]\.", ["]."]) == frozenset({"]."})


@pytest.mark.parametrize(
    "pattern", [r"(\w+)+!", r"((a?b*)c)*d", ".*.*.*.*x", "(a|a){9}{9}", "x{1,99}" * 4, "a?" * 20, "(", "[", "x" * 999, "(.*)*"]
)
def test_what_could_take_for_ever_or_says_nothing_is_refused(pattern: str) -> None:
    assert isinstance(matching(pattern, words().calls), Wrong)


@given(st.text("()*+?{}[]\\|.^$a1,", max_size=30))
def test_it_is_quick_and_never_raises(pattern: str) -> None:
    began = time.process_time()
    matching(pattern, words().calls)
    assert time.process_time() - began < 2
