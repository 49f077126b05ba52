"""query/trace/prompt.py: a line of the prompt says what a person means."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explorer.query.trace import Choice, Term, TraceFilter, Wrong, parse
from explorer.trace.filters import words

LINE = st.lists(
    st.sampled_from(
        [
            "!",
            '"',
            "fd=",
            "7",
            ",",
            "read",
            " ",
            "trace=",
            "%",
            "/",
            "(",
            "slower=",
            "1ms",
            "-e",
            "-P",
            "=",
            "status=",
            "failed",
            "?",
            "@32",
            "\n",
            "é",
            "\ud800",
        ]
    )
).map("".join)


def made(line: str) -> TraceFilter:
    found = parse(line, words())
    assert isinstance(found, TraceFilter), found
    return found


@given(st.one_of(st.text(), LINE))
@example("trace=/(")
@example("fd=" + "9" * 5000)
def test_no_line_raises(line: str) -> None:
    found = parse(line, words())
    if isinstance(found, Wrong):
        assert found.message
    else:
        assert found.text == line
        found.capture()
        found.describe()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", ""),
        ("  failed   fd=7 ", "failed fd=7"),
        ('!epoll_wait fd=7 failed slower=1ms "index.html"', "!epoll_wait fd=7 failed slower=1ms index.html"),
        ("fd=7 fd=8", "fd=8"),
        ("pid:812 tid=3,4", "pid=812 tid=3,4"),
        ("-P /etc/passwd -e !futex -Z", "-P /etc/passwd !futex status=failed"),
        ("read all", ""),
        ('!"two words"', '!"two words"'),
        ("read=3 abbrev=none", ""),
    ],
)
def test_it_is_described(line: str, said: str) -> None:
    assert made(line).describe() == said
    assert made(line).everything == (not said)


def test_bare_calls_add_up() -> None:
    assert made("read write !%desc").calls == (Choice(frozenset({"read", "write"})), Choice(words().classes["%desc"], but=True))
    assert made("!futex !read").calls == (Choice(frozenset({"futex"}), but=True), Choice(frozenset({"read"}), but=True))
    assert made("read trace=write").calls == (Choice(frozenset({"write"})),)
    assert made("file").calls == made("%file").calls


def test_other_words_are_text() -> None:
    assert made("index.html /etc !cron GET:").terms == (Term("index.html"), Term("/etc"), Term("cron", denied=True), Term("GET:"))
    assert made("st_size=4127").terms == (Term("st_size=4127"),)
    assert (Term("Index").sharp, Term("index").sharp) == (True, False)
    assert made('text=read "read"').terms == (Term("read"), Term("read"))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("trace=opne", "opne: no such system call; near: open, clone, openat"),
        ("open,clse", "clse: no such system call; near: close, lseek, clone"),
        ("%fle", "%fle: no such class of system calls; near: %file, file"),
        ("!", '! wants something after it: !futex or !"some text"'),
        ("fd=x", "fd=x: fd= wants numbers: fd=7,8"),
        ("slower=1", "slower=1: slower= wants a time with its unit: slower=1ms (ns, us, ms, s, m)"),
        ("inject=all:error=EIO", "inject= would change what the process does, and procdive never changes a process"),
        ("-P", "-P wants a path: -P /etc/passwd"),
    ],
)
def test_what_is_wrong_is_said(line: str, message: str) -> None:
    assert parse(line, words()) == Wrong(message)
