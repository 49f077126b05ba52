"""Each of strace's letters: its meaning, nothing, or a sentence why not."""

import re
import subprocess

import pytest

from explorer.cli.main import parser_of
from explorer.cli.tracing.letters import IGNORED, REFUSED
from tests.cli.tracing.program import trace

TOGETHER = {"--absolute-timestamps", "--quiet", "--strings-in-hex", "--const-print-style", "--decode-fds"}


@pytest.mark.parametrize("letter", REFUSED)
def test_what_is_refused_says_why_in_one_line(letter: str) -> None:
    done = trace(letter, "1")
    assert (done.status, done.out) == (2, "")


def test_the_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    trace("-E", "A=1", "1")
    assert capsys.readouterr().err == ("procdive: trace -E would change the environment: procdive trace -- env VAR=VALUE COMMAND does it\n")


@pytest.mark.parametrize("letter", ["-f", *IGNORED])
def test_what_is_so_anyway_changes_nothing(letter: str) -> None:
    assert trace(letter, "-q", "-e", "execve", "--", "true").status == 0


@pytest.mark.oracle("strace")
def test_no_letter_of_strace_is_forgotten() -> None:
    theirs = subprocess.run(["strace", "-h"], capture_output=True, text=True, check=True).stdout
    letters = set(re.findall(r"^  (-[a-zA-Z])\b", theirs, re.MULTILINE)) | set(re.findall(r"(?<=, )(-[a-zA-Z])\b", theirs))
    ours = {option for action in parser_of("trace", "")._actions for option in action.option_strings} | set(REFUSED)
    assert letters - ours == set()
    assert len(letters) > 30
