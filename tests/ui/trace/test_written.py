"""ui/trace/written.py: what a traced command writes, and the shell before it."""

import subprocess

from explorer.model.batch import Kind
from explorer.ui.trace.written import MOST, Written
from tests.loopback import until
from tests.trace.fakes import calls


def test_what_a_command_writes_is_kept_and_counted() -> None:
    written = Written()
    command = written.around(["sh", "-c", "cat; echo out; echo err >&2; printf %s '$1'"])
    done = subprocess.run(command, capture_output=True, input=b"in")
    written.close()
    until(written.ended.is_set, "the end of its output")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (written.kept, written.count) == (b"out\nerr\n$1", 10)


def test_the_last_of_much_is_kept() -> None:
    written = Written()
    subprocess.run(written.around(["sh", "-c", "yes | head -c 1000000; echo end"]), check=True)
    written.close()
    until(written.ended.is_set, "the end of its output")
    assert written.count == 1_000_004
    assert len(written.kept) == MOST
    assert written.kept.endswith(b"end\n")


def test_a_command_that_is_not_there_says_so() -> None:
    written = Written()
    done = subprocess.run(written.around(["/no/such/command"]))
    written.close()
    until(written.ended.is_set, "the end of its output")
    assert done.returncode == 127
    assert b"/no/such/command" in written.kept


def test_the_shell_is_left_away() -> None:
    written = Written()
    assert not written.without_shell(calls(5))
    assert not written.without_shell(calls(1, number=59, result=0))
    assert not written.without_shell(calls(1, number=59, result=-2))
    batch = calls(2)
    batch.extend(calls(1, number=59, result=0))
    batch.extend(calls(3))
    left = written.without_shell(batch)
    assert (len(left), left.numbers[0]) == (4, 59)
    assert len(written.without_shell(calls(7))) == 7
    assert not written.rest()


def test_what_the_shell_did_is_shown_where_it_never_became_the_command() -> None:
    written = Written()
    assert not written.without_shell(calls(5))
    assert written.rest().kinds.count(Kind.CALL) == 5
