"""Descriptors."""

from tests.decode.syscall.decoded import AT_FDCWD, MINUS_ONE, syscall, text


def test_what_they_were_at_that_moment() -> None:
    assert text("close", 3, fds={3: "/etc/x"}) == "close(3</etc/x>"
    assert text("close", 0xFFFFFFFF00000003, fds={3: "/etc/x"}) == "close(3</etc/x>"
    assert text("close", MINUS_ONE) == "close(-1"
    value = syscall("close", 3, fds={3: "pipe:[7]"}).args[0][1]
    assert (value.text, value.kind, value.note) == ("3", "fd", "pipe:[7]")


def test_the_working_directory() -> None:
    assert text("mkdirat", AT_FDCWD, 0, 0o755, fds={-100: "/srv"}) == "mkdirat(AT_FDCWD</srv>, NULL, 0755"
