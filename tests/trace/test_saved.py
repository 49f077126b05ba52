"""trace/saved.py: what was kept comes back equal, and what is damaged is said."""

import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.model.batch import Batch, Kind
from explorer.model.event import Notice, TraceEvent
from explorer.model.missing import Missing
from explorer.render.trace_record import trace_record
from explorer.trace import saved
from explorer.trace.log import Log
from explorer.trace.saved import FORMAT, Opened, head, lines, opened
from tests.traces import batches, nginx

HEAD = head("ptrace", [(812, "nginx")], 1_700_000_000.5, "6.12.1")
EPOCH = 1_700_000_000_000_000_000


def kept(log: Log) -> bytes:
    return "".join(lines(log, range(log.first, log.end), HEAD, trace_record)).encode("ascii")


def read(data: bytes) -> tuple[Opened, Log]:
    found = Opened(io.BytesIO(data))
    log = Log(found.epoch, found.call_of)
    for batch in found.batches():
        log.append(batch)
    return found, log


def events(log: Log) -> list[TraceEvent]:
    return [log.event(place) for place in range(log.first, log.end)]


@given(batches())
def test_saved_and_opened_again_it_is_the_same(batch: Batch) -> None:
    log = Log(EPOCH)
    log.append(batch)
    found, again = read(kept(log))
    assert events(again) == events(log)
    assert (found.since, found.targets, found.head["engine"], found.damaged) == (1_700_000_000.5, [(812, "nginx")], "ptrace", 0)
    assert kept(again) == kept(log)


def test_a_line_is_an_object_of_ascii_with_words_and_what_decoding_needs() -> None:
    log = Log(EPOCH)
    log.append(nginx(100))
    first, *rest = kept(log).decode("ascii").splitlines()
    assert json.loads(first)["format"] == FORMAT
    event = json.loads(rest[2])
    assert event["text"].startswith('openat(AT_FDCWD</>, "/srv/www/img/logo0.svg"')
    assert (event["event"], event["name"], event["error"], event["raw"]["number"]) == ("call", "openat", "ENOENT", 257)


@given(
    st.lists(
        st.one_of(st.binary(max_size=60), st.sampled_from([b"{}", b"[" * 99_999, b'{"raw":{}}', b"1" * 9_999, b'{"procdive":"trace"}']))
    )
)
def test_a_hostile_file_is_notices(noise: list[bytes]) -> None:
    data = b"\n".join(noise)
    found, log = read(data)
    assert all(isinstance(event.what, Notice) for event in events(log))
    damaged = [line for line in data.split(b"\n") if line.strip()]
    assert found.damaged == len(damaged) - bool(found.head)


@given(st.data())
def test_no_value_of_a_line_is_believed(data: st.DataObject) -> None:
    log = Log(EPOCH)
    log.append(nginx(1))
    event = json.loads(kept(log).splitlines()[1])
    odd = data.draw(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.lists(st.integers()), st.just("_"))
    )
    inner = data.draw(st.booleans())
    part = event["raw"] if inner else event
    part[data.draw(st.sampled_from(sorted(part)))] = odd
    _, again = read(saved.line(HEAD).encode() + json.dumps(event).encode())
    assert len(again) + len(again.flights) == 1
    events(again)
    list(again.flying())


def test_lines_that_are_damaged_are_told_by_number_and_not_without_end() -> None:
    log = Log(EPOCH)
    log.append(nginx(3))
    good = kept(log).splitlines(keepends=True)
    _, again = read(b"".join([*good[:2], b"damaged\n", *good[2:]]))
    assert again.event(1).what == Notice("line 3 is damaged, or no event of a trace")
    assert len(again) == 4
    found, many = read(good[0] + b"x\n" * 1_000)
    assert found.damaged == 1_000
    assert many.event(many.end - 1).what == Notice("900 more lines are damaged")
    assert len(many) == 101


def test_a_line_without_end_is_not_kept_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "LONGEST", 2_000)
    log = Log(EPOCH)
    log.append(nginx(1))
    good = kept(log)
    found, again = read(good + b"y" * 50_000 + b"\n" + good.splitlines()[1])
    assert (found.damaged, len(again)) == (1, 3)


def test_another_beginning_is_said() -> None:
    log = Log(EPOCH)
    log.append(nginx(1))
    _, again = read(kept(log).splitlines()[1])
    assert again.event(0).what == Notice("this file does not begin as a trace of procdive does")
    assert len(again) == 2
    _, newer = read(saved.line({**HEAD, "format": FORMAT + 1}).encode())
    assert isinstance(newer.event(0).what, Notice)


def test_files(tmp_path: Path) -> None:
    assert isinstance(opened(str(tmp_path / "none")), Missing)
    assert isinstance(opened("a\0b"), Missing)
    assert isinstance(opened(str(tmp_path)), Missing)
    os.mkfifo(tmp_path / "pipe")
    assert isinstance(opened(str(tmp_path / "pipe")), Missing)
    log = Log(EPOCH)
    log.append(nginx(5_000))
    (tmp_path / "calls.json").write_bytes(kept(log))
    found = opened(str(tmp_path / "calls.json"))
    assert isinstance(found, Opened)
    sizes = [len(batch) for batch in found.batches()]
    assert sum(sizes) == 5_000
    assert max(sizes) == saved.ROWS
    assert found.file.closed


def test_reading_stops_when_told() -> None:
    log = Log(EPOCH)
    log.append(nginx(5_000))
    found = Opened(io.BytesIO(kept(log)))
    batches_of = found.batches()
    assert len(next(batches_of)) == saved.ROWS
    found.detach()
    assert sum(len(batch) for batch in batches_of) <= 1


def test_a_call_in_flight_stays_one() -> None:
    batch = Batch()
    batch.add(Kind.PENDING, 8, 7, 50, 34, took=9)
    event = {"event": "in flight", "time": 50, "tid": 8, "pid": 7, "took": 9, "cpu": None, "raw": saved.raw(batch, 0)}
    _, again = read(saved.line(HEAD).encode() + saved.line(event).encode())
    assert len(again.flights) == 1
    assert len(again) == 0
