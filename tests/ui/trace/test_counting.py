"""What a table is made from: rows of the log in slices, or what the engine counted."""

from explorer.decode.syscall.numbers import names as names_of
from explorer.model.batch import Batch, Kind
from explorer.model.tally import Tally, TallyKey
from explorer.model.use import Use, UseKey
from explorer.trace.log import Log
from explorer.ui.trace.counting import STEPS, Begun, accessing, columns, part, summing, told
from tests.trace.fakes import calls
from tests.traces import nginx


def test_all_rows_are_counted_however_long_it_takes() -> None:
    log = Log()
    for at in range(0, 3000, 500):
        log.append(nginx(500, at // 8))
    counting = summing(log, Begun(0, 0, False))
    counting.work(0.0)
    assert counting.table.calls == 0
    steps = 0
    while counting.more:
        counting.work(0.0001)
        steps += 1
        assert steps < 10_000
    assert (counting.table.calls, counting.progress, counting.missed) == (3000, 1.0, 0)


def test_what_the_log_dropped_before_is_missed() -> None:
    log = Log(most_rows=1000)
    counting = summing(log, Begun(0, 0, False))
    for _ in range(8):
        log.append(calls(4000))
    counting.work(10.0)
    assert counting.missed == log.first > 0
    assert counting.table.calls + counting.missed == 32_000


def test_what_the_engine_counts_needs_no_rows() -> None:
    log = Log()
    log.append(nginx(100))
    counting = summing(log, Begun(5, log.end, True))
    assert not counting.more
    counting.snapshot(Batch(tallies={TallyKey(812, 812, 0, 0): Tally(7)}))
    assert [row.calls for row in counting.table.rows()] == [7]
    counting.reset()
    assert counting.table.rows() == []
    assert counting.since > 5
    counting.snapshot(Batch(tallies={TallyKey(812, 812, 0, 0): Tally(9)}))
    assert [row.calls for row in counting.table.rows()] == [2]


def test_counted_anew_rows_before_do_not_count() -> None:
    log = Log()
    log.append(calls(5))
    counting = summing(log, Begun(0, 0, False))
    counting.reset()
    log.append(calls(3))
    counting.work(1.0)
    assert counting.table.calls == 3


def test_access_of_an_engine_that_counts_has_names_from_rows_and_data_from_counts() -> None:
    log = Log()
    counting = accessing(log, Begun(0, 0, True), None)
    log.append(nginx(40))
    counting.work(1.0)
    counting.snapshot(Batch(uses={UseKey(812, b"/srv/x"): Use(reads=3, read_bytes=9)}))
    by_path = {row.path: row for row in counting.table.rows()}
    assert (by_path["/srv/x"].reads, by_path["/srv/x"].read_bytes) == (3, 9)
    assert any(row.opens for row in by_path.values())
    assert all(not row.writes for row in by_path.values())


def test_a_part_of_a_batch_is_those_rows() -> None:
    rows = nginx(20)
    found = part(rows, 5, 9)
    assert [found.payload(row) for row in range(4)] == [rows.payload(row) for row in range(5, 9)]
    assert (list(found.numbers), list(found.times)) == (list(rows.numbers[5:9]), list(rows.times[5:9]))
    assert part(rows, 3, 3).blob == b""
    assert found.kinds.count(Kind.CALL) == 4
    assert STEPS[0] < STEPS[1]


def test_without_payloads_a_part_is_its_columns() -> None:
    rows = nginx(20)
    found = columns(rows, 5, 9)
    assert (list(found.results), len(found), found.payload(3)) == (list(rows.results[5:9]), 4, b"")


def test_where_the_engine_counts_only_rows_that_name_a_file_are_looked_at() -> None:
    rows = nginx(20)
    found = told(rows, 0, 20)
    assert 0 < len(found) < 20
    names = {names_of("x86_64")[number] for number in found.numbers}
    assert "openat" in names
    assert not names & {"write", "writev", "recvfrom", "fstat"}
