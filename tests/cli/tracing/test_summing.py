"""The run of procdive summary, and of procdive trace -c."""

import pytest

from tests.cli.tracing.program import trace
from tests.commands import run


@pytest.mark.parametrize("words", [[], ["1", "--", "true"], ["--"], ["--open", "x", "1"]])
def test_one_thing_is_counted(words: list[str]) -> None:
    for command in (["summary"], ["trace", "-c"]):
        done = run(*command, *words)
        assert (done.status, done.out) == (2, "")
        assert done.err == (
            f"procdive: one of: procdive {' '.join(command)} PID, procdive {' '.join(command)} NAME, "
            f"procdive {' '.join(command)} -- COMMAND, procdive {' '.join(command)} --open FILE\n"
        )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-S", "size", "1"), "procdive: -S size: "),
        (("-U", "size", "1"), "procdive: -U size: "),
        (("--histogram", "nosuch", "1"), "procdive: --histogram nosuch: no such system call"),
        (("-e", "nosuch", "1"), "procdive: nosuch: no such system call"),
        (("-e", "read=1", "1"), "procdive: -e read= and -e write= (dumps) are not offered"),
        (("-o", "|cat", "1"), "procdive: -o wants a file; into a command: procdive summary PID | COMMAND\n"),
    ],
)
def test_wrong_usage_is_one_line(words: tuple[str, ...], said: str) -> None:
    done = run("summary", *words)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(said)
    assert done.err.count("\n") == 1


def test_letters_of_a_summary_without_one() -> None:
    assert trace("-S", "calls", "1").err == "procdive: -S and -U are of a summary: with -c or -C, or procdive summary\n"
    assert trace("-C", "-U", "size", "1").err.startswith("procdive: -U size: ")


def test_who_is_not_there() -> None:
    assert run("summary", "4194304").status == 1
    assert run("summary", "--open", "/no/such/file").status == 1
