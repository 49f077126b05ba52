"""The table of a summary."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.model.summary import SORTS, By, Counted
from explorer.model.tally import Tally
from explorer.render.piece import Line, Role, plain
from explorer.render.summary import COLUMNS, GOING, bits, error_words, layout, remarks, table
from explorer.render.width import width
from tests.model.test_summary import tally

POLL = Counted(0, 0, "x86_64", "epoll_wait", tally([8_000_000] * 3), 0.6, 24_000_000)
OPEN = Counted(0, 0, "x86_64", "openat", tally([4_000, 5_000, 12_000_000], {2: 2, 11: 1}), 0.3)
OLD = Counted(0, 0, "i386", "write", tally([700]), 0.1)
WHOLE = Counted(0, 0, "", "", tally([8_000_000] * 3 + [4_000, 5_000, 12_000_000, 700], {2: 2, 11: 1}), 1.0, 24_000_000)
ROWS = [POLL, OPEN, OLD]
NAMES = {812: "nginx", 814: "worker"}
BYS: tuple[By, ...] = ("call", "process", "thread", "process call")


def shown(columns: int, by: By = "call", rows: list[Counted] = ROWS, **more: object) -> list[str]:
    return [plain(line) for line in table(rows, WHOLE, columns, by, names=NAMES, **more)]  # type: ignore[arg-type]


def role(line: Line, text: str) -> Role:
    return next(found.role for found in line if found.text == text)


def test_as_strace_has_it_and_more() -> None:
    assert shown(0) == [
        "% time     seconds  usecs/call     calls    errors w/o wait     min    ~p50    ~p95    ~p99     max syscall          which errors",
        "------ ----------- ----------- --------- --------- -------- ------- ------- ------- ------- ------- ----------------",
        " 60.00    0.024000        8000         3               wait  8.0 ms  8.0 ms  8.0 ms  8.0 ms  8.0 ms epoll_wait",
        " 30.00    0.012009        4003         3         3    99.99    4 µs    6 µs 12.0 ms 12.0 ms 12.0 ms openat           "
        "ENOENT 2, EAGAIN 1",
        " 10.00    0.000001         0.7         1               0.01  700 ns  700 ns  700 ns  700 ns  700 ns write 32-bit",
        "------ ----------- ----------- --------- --------- -------- ------- ------- ------- ------- ------- ----------------",
        "100.00    0.036010        5144         7         3   100.00  700 ns  4.9 ms 12.0 ms 12.0 ms 12.0 ms total            "
        "ENOENT 2, EAGAIN 1",
    ]
    assert shown(160) == shown(0)


def test_on_80_columns() -> None:
    assert shown(80) == [
        "% time  seconds   calls errors w/o wait    ~p50    ~p99     max syscall",
        "------ -------- ------- ------ -------- ------- ------- ------- ---------------",
        " 60.00 0.024000       3            wait  8.0 ms  8.0 ms  8.0 ms epoll_wait",
        " 30.00 0.012009       3      3    99.99    6 µs 12.0 ms 12.0 ms openat",
        " 10.00 0.000001       1            0.01  700 ns  700 ns  700 ns write 32-bit",
        "------ -------- ------- ------ -------- ------- ------- ------- ---------------",
        "100.00 0.036010       7      3   100.00  4.9 ms 12.0 ms 12.0 ms total",
    ]


def test_what_is_sorted_by_stays() -> None:
    for key in GOING:
        sort = COLUMNS[key].sort
        # Where it is sorted by time, % time stays.
        if sort and key != "seconds":
            assert COLUMNS[key].title in shown(60, sort=sort)[0]


def test_the_columns_that_are_asked_for() -> None:
    assert shown(0, chosen=("calls", "name", "min"))[0] == "    calls syscall              min"
    assert shown(0, chosen=("calls",))[2] == "        3 epoll_wait"
    assert shown(20, chosen=("calls", "max", "p99", "p95"))[0] == "  calls     max    …"


def test_whom_a_row_counts() -> None:
    process = Counted(812, 0, "", "", OPEN.tally, 0.5, 0)
    assert shown(0, "process", [process])[2].endswith(" 12.0 ms     812 nginx    ENOENT 2, EAGAIN 1")
    thread, ended = Counted(812, 814, "", "", OPEN.tally), Counted(812, 0, "", "", OPEN.tally)
    made = layout([thread, ended], WHOLE, 0, "thread", names=NAMES)
    assert plain(made.name(thread)) == "    814 worker of 812"
    assert plain(made.name(ended)) == "  ended  of 812"
    both = layout([Counted(812, 0, "i386", "write", OPEN.tally)], WHOLE, 0, "process call", names=NAMES)
    assert plain(both.name(Counted(812, 0, "i386", "write", OPEN.tally))) == "    812 nginx           write 32-bit"
    assert plain(both.name(Counted(0, 0, "", "", OPEN.tally))).startswith("ended processes")


def test_a_process_has_its_share_without_waiting() -> None:
    process = Counted(812, 0, "", "", WHOLE.tally, 1.0, WHOLE.waited)
    assert "100.00" in shown(0, "process", [process])[2].split("7         3")[1][:10]


def test_signs_and_colours() -> None:
    made = layout(ROWS, WHOLE, 160, "call")
    assert role(made.row(OPEN, WHOLE), "12.0 ms") is Role.MIND
    assert role(made.row(POLL, WHOLE), "8.0 ms") is Role.SECONDARY
    assert role(made.row(OPEN, WHOLE), "3") is Role.TEXT
    assert role(made.row(OPEN, WHOLE), "ENOENT 2") is Role.FAILED
    assert [found.role for found in error_words({11: 9, 512: 3, 4095: 1})] == [Role.SECONDARY, Role.SECONDARY, Role.FAILED]
    assert plain(error_words({11: 9, 4095: 1})) == "EAGAIN 9, error 4095 1"
    rough = Counted(0, 0, "x86_64", "read", tally([5_000]), rough=True)
    assert "~5 µs    5 µs    5 µs    5 µs   ~5 µs read" in plain(layout([rough], WHOLE, 160, "call").row(rough, WHOLE))
    assert plain(made.titles("calls")).split()[4] == "calls▼"
    assert "syscall        ▲" in plain(made.titles("name"))
    assert "syscall        ▼" in plain(made.titles("name", backwards=True))
    assert [bits(arch) for arch in ("x86_64", "i386", "x32", "aarch64", "arm")] == ["", "32-bit", "x32", "", "32-bit"]


def test_what_was_not_timed_has_no_times() -> None:
    row = Counted(0, 0, "x86_64", "read", Tally(3))
    assert shown(0, rows=[row])[2] == "  0.00    0.000000           0         3               0.00" + " " * 41 + "read"


def test_remarks() -> None:
    assert [plain(line) for line in remarks(WHOLE, 1234, [("812 nginx", "epoll_wait", 2.1)] * 5)] == [
        "incomplete: 1,234 events lost, so that counts and times are too small",
        "times are wall-clock: with 24.0 ms of 36.0 ms asleep by design (wait)",
        "not returned yet, so not counted: " + ", ".join(["812 nginx epoll_wait for 2.1 s"] * 3) + " and 2 more",
    ]
    assert remarks(OPEN, 0) == []
    assert [plain(line) for line in remarks(OPEN, 1, engine="ptrace")] == [
        "incomplete: 1 event lost, so that counts and times are too small",
        "times are wall-clock: with ptrace's own stops, 20 µs a call and more",
    ]


@pytest.mark.parametrize("by", BYS)
@settings(max_examples=60, deadline=None)
@given(columns=st.integers(1, 200), sort=st.sampled_from(sorted(SORTS)), pid=st.integers(0, 4_194_304), name=st.text(max_size=40))
def test_lines_stay_within_their_columns_and_are_printable(by: By, columns: int, sort: str, pid: int, name: str) -> None:
    rows = [Counted(pid, pid, "i386", name, tally([1 << 44] * 5, {2: 1 << 40, 13: 4}), 0.4, 3), POLL, OPEN]
    for line in table(rows, WHOLE, columns, by, sort, {pid: name}):
        assert width(plain(line)) <= columns
        assert plain(line).isprintable()
