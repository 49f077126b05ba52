"""procdive trace: what it takes."""

import pytest

from tests.cli.tracing.program import trace


@pytest.mark.parametrize("words", [[], ["1", "--", "true"], ["--"], ["--open", "x", "1"]])
def test_one_thing_is_traced(words: list[str]) -> None:
    done = trace(*words)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("procdive: one of: ")


def test_an_engine_that_is_not_there() -> None:
    assert trace("--engine", "none", "1").status == 2


def test_a_command_is_what_stands_behind_the_dashes() -> None:
    done = trace("-q", "--", "sh", "-c", "exit $#", "sh", "--", "-e")
    assert done.status == 2
    assert "+++ exited with 2 +++" in done.err


def test_a_command_is_no_file() -> None:
    for word in ("|cat", "!cat"):
        done = trace("-o", word, "--", "true")
        assert (done.status, done.out) == (2, "")
        assert done.err == "procdive: -o wants a file; into a command: procdive trace PID | COMMAND\n"
