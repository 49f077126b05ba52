"""trace/text.py: the text in which is searched is strace's."""

import pytest
from hypothesis import given

from explorer.model.batch import Batch, Birth, Kind
from explorer.model.event import Exited, Lost, Notice, Signal, Started, Stopped, Superseded, Unfinished, What
from explorer.model.trace import Syscall, Value
from explorer.render.strace import strace_text
from explorer.trace.log import Log
from explorer.trace.text import text
from tests.traces import batches


@given(batches())
def test_of_a_call_it_is_straces_line(batch: Batch) -> None:
    log = Log()
    log.append(batch)
    for place in range(log.end):
        rows, row = log.place(place)
        what = log.event(place).what
        if isinstance(what, Syscall) and what.name != "clone":
            assert text(what) == strace_text(what)
        assert rows.kinds[row] != Kind.PENDING
        assert text(what)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (Unfinished(Syscall("pause", ())), "pause()"),
        (Signal(17, "SIGCHLD", Value(0, "{si_signo=SIGCHLD}")), "SIGCHLD {si_signo=SIGCHLD}"),
        (Stopped(19, "SIGSTOP"), "stopped by SIGSTOP"),
        (Started(9, Birth.FORK), "started 9 fork"),
        (Exited(3), "exited with 3"),
        (Exited(None, "SIGSEGV", core=True), "killed by SIGSEGV (core dumped)"),
        (Superseded(8), "superseded by execve in pid 8"),
        (Lost(12), "12 events lost"),
        (Notice("a child was not followed"), "a child was not followed"),
    ],
)
def test_of_what_is_no_call(what: What, said: str) -> None:
    assert text(what) == said
