"""query/trace/options.py: strace's options have strace's meaning; which calls an expression shows is compared with strace itself."""

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.decode.syscall import sets
from explorer.query.trace import Choice, TraceFilter, Wrong, options
from explorer.trace.filters import words


def made(*expressions: str, paths: tuple[str, ...] = (), slower: str = "", only: str = "") -> TraceFilter:
    found = options(words(), expressions, paths, slower, only)
    assert isinstance(found, TraceFilter), found
    return found


@given(st.lists(st.text()), st.lists(st.text()), st.text())
def test_no_options_raise(expressions: list[str], paths: list[str], slower: str) -> None:
    options(words(), expressions, paths, slower)


def test_of_one_kind_the_last_counts() -> None:
    assert made("open,close", "trace=!futex").calls == (Choice(frozenset({"futex"}), but=True),)
    assert made("signal=none", "signals=!SIGCHLD").signals == Choice(frozenset({17}), but=True)
    assert made(paths=("/a", "/b")).files == ("/a", "/b")
    assert (made(slower="2.5us").slower, made(only="failed").statuses) == (2_500, Choice(frozenset({"failed"})))


def test_what_only_printing_needs_hides_nothing() -> None:
    found = made("read=3,5", "write=all", "abbrev=none", "verbose=stat", "raw=!open", "quiet=exit", "decode-fds=all", "kvm=vcpu")
    assert found.everything
    assert (found.reads, found.writes) == (Choice(frozenset({3, 5})), Choice(frozenset[int](), but=True))
    assert found.abbrev == Choice(frozenset[str]())


def test_everything_is_a_call_where_strace_has_calls() -> None:
    assert options(words(), ["failed"]) == Wrong("failed: no such system call; near: file, %file, idle")
    assert made("/^open").calls == made("trace=/^open").calls
    assert made("0").calls == made("trace=read@64,restart_syscall@32,read@x32,0").calls


SHOWN = [
    "openat,read",
    "!%memory",
    "%file",
    "trace=/^(open|mm)",
    "?nosuch,close",
    "none",
    "all",
    "status=failed",
    "status=!failed",
    "status=unfinished",
]


SHOWN += [f"%{name}" for name in sets.CLASSES]


@pytest.mark.oracle("strace")
@pytest.mark.parametrize("expression", SHOWN)
def test_the_same_calls_are_shown(expression: str, tmp_path: Path) -> None:
    from explorer.trace.matching import Matcher
    from tests.straced import batch, by_strace

    command = ["cat", "/etc/hostname", "/nonexistent"]
    whole, some = by_strace(command, [], tmp_path), by_strace(command, ["-e", expression], tmp_path)
    found = options(words(), [expression])
    assert isinstance(found, TraceFilter)
    rows = batch(whole)
    kept = Matcher(found, lambda *_: pytest.fail("no payload is needed")).rows(rows, 0, len(rows))
    assert [whole[row] for row in kept] == some


@pytest.mark.oracle("strace")
@pytest.mark.parametrize("expression", ["nosuch", "%nosuch", "fd=x", "trace=", "status=good", "signal=NONESUCH", "inject="])
def test_what_strace_refuses_is_refused(expression: str) -> None:
    ran = subprocess.run(["strace", "-e", expression, "true"], capture_output=True, text=True, check=False, timeout=10)
    assert ran.returncode
    assert re.search("invalid|must", ran.stderr)
    assert isinstance(options(words(), [expression]), Wrong)
