"""What the options mean."""

import argparse

from explorer.cli.trace import arguments
from explorer.cli.tracing.wish import Wish, wish_of
from explorer.query.trace import Wrong
from tests.trace.fakes import calls


def wish(*words: str) -> Wish:
    found = asked(*words)
    assert isinstance(found, Wish)
    return found


def asked(*words: str) -> Wish | Wrong:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    arguments(parser)
    return wish_of(parser.parse_intermixed_args(list(words)))


def test_times() -> None:
    assert [wish(*words).look.clock for words in ([], ["-t"], ["-tt"], ["-ttt"], ["-tttt"])] == [
        "",
        "second",
        "microsecond",
        "epoch",
        "epoch",
    ]


def test_letters_together() -> None:
    found = wish("-fttT", "-s200", "-a20", "812")
    assert (found.look.clock, found.look.took, found.string, found.look.column) == ("microsecond", True, 200, 20)


def test_a_file_has_pids_in_a_column_of_their_own() -> None:
    assert wish("1").look.ids == "several"
    assert wish("-o", "x", "1").look.ids == "always"
    assert wish("-o", "x", "--no-follow", "1").look.ids == "never"
    assert wish("-o", "-", "1").look.ids == "several"


def test_what_is_left_unsaid() -> None:
    assert wish("1").quiet == frozenset()
    assert "attach" in wish("-q", "1").quiet
    assert "exit" in wish("-qq", "1").quiet
    assert "exit" not in wish("-q", "1").quiet
    assert "thread-execve" in wish("-qqq", "1").quiet
    assert wish("-e", "quiet=exit", "1").quiet == {"exit"}


def test_what_an_engine_is_to_take() -> None:
    taken = wish("-e", "openat", "-Z", "-s", "99", "--no-follow", "1").capture()
    assert taken.calls is not None
    assert "openat" in taken.calls
    assert "read" not in taken.calls
    assert (taken.failed, taken.succeeded, taken.string, taken.follow) == (True, False, 99, False)
    assert wish("-s", "9999", "1").string == 4096


def test_structures_whole_and_registers() -> None:
    getpid = calls(1)
    assert not wish("1").style(getpid, 0).verbose
    assert wish("-v", "1").style(getpid, 0).verbose
    assert wish("-e", "abbrev=!getpid", "1").style(getpid, 0).verbose
    assert wish("-e", "abbrev=none", "1").style(getpid, 0).verbose
    assert wish("-e", "raw=read", "1").undecoded("read")
    assert not wish("-e", "raw=read", "1").undecoded("write")


def test_what_cannot_be_had_is_said() -> None:
    for expression in ("read=3", "write=all", "verbose=none", "inject=open:error=ENOENT", "nothing=so"):
        found = asked("-e", expression, "1")
        assert isinstance(found, Wrong), expression
        assert found.message
