"""query/trace/words.py: what could have been meant."""

from explorer.trace.filters import words


def test_the_nearest_names_are_said() -> None:
    assert words().near("epol_wait").startswith("; near: epoll_wait")
    assert words().near("zzzzzzzzzz") == ""
    assert "syscall_0x" not in words().near("syscall_0")


def test_a_call_that_stands_for_one_of_them() -> None:
    assert words().carriers({"recv", "read"}) == {"socketcall"}
    assert words().carriers({"read"}) == frozenset()
