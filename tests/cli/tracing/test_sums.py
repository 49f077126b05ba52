"""Counting, and what is printed of it."""

import io
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.cli.output import Output
from explorer.cli.tracing import run as running
from explorer.cli.tracing.asked import Asked
from explorer.cli.tracing.live import Live
from explorer.cli.tracing.sums import Sums
from explorer.cli.tracing.wish import Wish
from explorer.model.batch import Batch, Kind
from explorer.model.tally import Tally, TallyKey
from explorer.query.trace import TraceFilter
from explorer.render.piece import plain
from explorer.render.trace import Look
from explorer.render.width import width
from explorer.resolve.system import System
from tests.cli.tracing.program import busy_one, trace
from tests.commands import Done, run
from tests.model.test_summary import tally
from tests.trace.fakes import FakeTracer, calls, exited, pending

READ, WRITE = TallyKey(4242, 4242, 0, 0), TallyKey(4242, 4243, 1, 4)


class Told(FakeTracer):
    """Tells what it is given from the beginning on."""

    tells: list[Batch] = []

    def __init__(self) -> None:
        super().__init__()
        for batch in self.tells:
            self.tell(batch)
        self.end()


class Counting(Told):
    COUNTS = frozenset({"summary"})
    name = "bpf"


@pytest.fixture
def busy() -> "Iterator[subprocess.Popen[str]]":
    with busy_one() as process:
        yield process


def summary(*words: str) -> Done:
    return run("summary", "--engine", "ptrace", *words)


def told(monkeypatch: pytest.MonkeyPatch, engine: type[Told], tells: list[Batch], *words: str) -> Done:
    monkeypatch.setattr(engine, "tells", tells)
    monkeypatch.setattr(running, "engine_for", lambda target, wanted: (engine, {}))
    return run("summary", *words, "--", "true")


def rows(text: str) -> dict[str, tuple[int, int]]:
    """Calls and errors by name, of a table with these columns."""
    found = re.findall(r"^ *(\d+) +(\d+)? *(\w+(?: 32-bit)?)", text, re.MULTILINE)
    return {name: (int(count), int(errors or 0)) for count, errors, name in found}


def test_a_program_is_counted_to_its_end() -> None:
    done = summary("-U", "calls,errors", "-S", "name", "--", "sh", "-c", "cat /no/such/file; exit 3")
    assert done.status == 3
    found = rows(done.err)
    assert found["execve"][0] == 2
    assert found["openat"][1] >= 1
    assert "exit_group" not in found
    total = found.pop("total")
    assert total == (sum(count for count, _ in found.values()), sum(errors for _, errors in found.values()))
    assert list(found) == sorted(found)
    assert re.search(rf"^procdive: {total[0]} calls, 0 lost, [0-9.]+ s, ptrace$", done.err, re.MULTILINE)


def test_so_many_calls_of_a_process(busy: "subprocess.Popen[str]") -> None:
    done = summary("--events", "40", "-e", "getppid", str(busy.pid))
    assert done.status == 0
    assert done.err.startswith("procdive: 40 calls, 0 lost, ")
    assert [line.split()[-1] for line in done.out.splitlines()[2:5:2]] == ["getppid", "total"]
    assert done.out.splitlines()[-1].endswith("20 µs a call and more")


def test_so_many_seconds_and_by_whom(busy: "subprocess.Popen[str]") -> None:
    began = time.monotonic()
    done = summary("--seconds", "0.3", "--by", "process", "-qq", str(busy.pid))
    assert 0.2 < time.monotonic() - began < 20
    assert (done.status, done.err) == (0, "")
    name = Path(f"/proc/{busy.pid}/comm").read_text().strip()
    assert re.search(rf"^100\.00 .* {busy.pid} {name}$", done.out, re.MULTILINE)


def test_threads_have_their_names() -> None:
    does = "import threading, time\nt = threading.Thread(target=time.sleep, args=(0.2,))\nt.start()\nt.join()\n"
    done = summary("--by", "thread", "--", "python3", "-I", "-S", "-c", does)
    assert re.search(r"^ .* +(\d+) python3 of \d+", done.err, re.MULTILINE) or re.search(r" \d+ python\S* of \d+", done.err)


def test_a_file_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "table"
    for _ in range(2):
        assert summary("-A", "-o", str(file), "--", "true").status == 0
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text().count("% time") == 2


def test_json_has_what_docs_say(busy: "subprocess.Popen[str]") -> None:
    done = summary("--json", "--events", "10", "--by", "process,call", str(busy.pid))
    assert done.out.isascii()
    head, *counted, total = done.records
    assert (head["procdive"], head["engine"], head["targets"][0]["pid"]) == ("summary", "ptrace", busy.pid)
    calls = [row for row in counted if row["row"] == "process call"]
    assert {row["pid"] for row in calls} == {busy.pid}
    assert sum(row["calls"] for row in calls) == total["calls"] == 10
    assert abs(sum(row["share"] for row in calls) - 1) < 1e-6
    for row in calls:
        assert row["min"] <= row["p50"] <= row["p95"] <= row["p99"] <= row["max"]
        assert sum(count for _, _, count in row["histogram"]) == row["timed"] == row["calls"]
    assert (total["row"], total["lost"]) == ("total", 0)
    page = (Path(__file__).parent.parent.parent.parent / "docs/json.md").read_text()
    section = page.partition("## `procdive summary --json`")[2].partition("\n## ")[0]
    for key in {*total, *calls[0]}:
        assert f"`{key}`" in section, key


def test_of_a_kept_trace(tmp_path: Path) -> None:
    file = tmp_path / "calls.json"
    assert trace("--json", "-o", str(file), "--", "sh", "-c", "cat /no/such/file").status == 1
    kept = [json.loads(line) for line in file.read_text().splitlines()]
    done = summary("--open", str(file), "-U", "calls,errors", "--by", "process")
    assert done.status == 0
    returned = [event for event in kept if event.get("event") == "call"]
    assert rows(done.out.replace(" sh", "").replace(" cat", ""))["total"] == (
        len(returned),
        sum(bool(event["error"]) for event in returned),
    )
    assert " cat" in done.out
    assert done.err.endswith(" s, file\n")


def test_case_55_what_is_lost_marks_it_incomplete(monkeypatch: pytest.MonkeyPatch) -> None:
    some = calls(3, 4242)
    some.add(Kind.LOST, 0, 0, 1, result=1234)
    done = told(monkeypatch, Told, [some, exited(4242, 0)])
    assert "incomplete: 1,234 events lost, so that counts and times are too small\n" in done.err
    assert "procdive: 3 calls, 1234 lost, " in done.err
    total = told(monkeypatch, Told, [some, exited(4242, 0)], "--json", "-o", "-").records[-1]
    assert (total["calls"], total["lost"]) == (3, 1234)


def test_calls_in_flight_and_notices_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    said = Batch()
    said.add(Kind.NOTICE, 0, 0, 1, payload=b"a child was not followed\x1b[2J")
    done = told(monkeypatch, Told, [calls(1, 4242), pending(4242), said])
    assert re.search(r"^not returned yet, so not counted: 4242 epoll_wait for 2\.\d s$", done.err, re.MULTILINE)
    assert re.search(r"^procdive: a child was not followed", done.err, re.MULTILINE)
    assert "\x1b" not in done.err
    flying = told(monkeypatch, Told, [pending(4242)], "--json", "-o", "-").records[1]
    assert (flying["row"], flying["pid"], flying["tid"], flying["name"]) == ("in flight", 4242, 4242, "epoll_wait")
    assert 2e9 <= flying["for"] < 60e9


def test_an_engine_that_counts_is_asked_for_counts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Batch(tallies={READ: tally([1_000, 2_000], {11: 1})})
    last = Batch(tallies={READ: tally([1_000, 2_000, 9_000_000], {11: 1, 2: 1}), WRITE: tally([500])})
    done = told(monkeypatch, Counting, [first, last, exited(4242, 0)], "-U", "calls,errors")
    assert rows(done.err) == {"read": (3, 2), "write 32-bit": (1, 0), "total": (4, 2)}
    assert "procdive: 4 calls, 0 lost, " in done.err
    assert "ptrace" not in done.err
    taken = FakeTracer.made[-1].captures[0]
    assert (set(taken.what), taken.string) == ({"summary"}, 0)
    some = told(monkeypatch, Counting, [last], "-U", "calls,errors", "-e", "write")
    assert rows(some.err) == {"write 32-bit": (1, 0), "total": (1, 0)}
    told(monkeypatch, Counting, [calls(3)], "-e", "errno=ENOENT")
    assert FakeTracer.made[-1].captures[0].what == {"stream"}


def test_filters_of_what_cannot_be_counted_by_the_engine(busy: "subprocess.Popen[str]") -> None:
    done = summary("--events", "4", "-e", "errno=ENOENT", "-U", "calls,errors", "--", "sh", "-c", "cat /no/1 /no/2 /no/3 /no/4")
    found = rows(done.err)
    assert found.pop("total") == (4, 4)
    assert all(count == errors for count, errors in found.values())


def test_histograms(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Batch(tallies={READ: tally([1_000] * 9 + [3_000_000]), WRITE: tally([500]), TallyKey(1, 1, 1, 3): Tally(1)})
    done = told(monkeypatch, Counting, [counted], "--histogram", "read", "--histogram", "futex", "-o", "-")
    lines = done.out.splitlines()
    at = lines.index("read: 10 calls")
    assert lines[at + 1].startswith("min 1 µs, ~p50 1 µs, ")
    assert lines[at + 2].endswith("█" * 60)
    assert "read 32-bit: 1 call" in lines
    assert "futex: 0 calls" in lines


def test_what_is_drawn_meanwhile_has_as_many_rows_as_there_is_room_for() -> None:
    out = Output(io.StringIO(), io.StringIO())
    wish = Wish(TraceFilter(), Look())
    sums = Sums(wish, Asked(histograms=("read",)), Live(out), System(), out, out, {"engine": "bpf"})
    numbers = (0, 1, 3, 5, 8, 9, 10, 11, 12, 13, 14, 16)
    some = Batch(tallies={TallyKey(7, 7, 0, number): tally([1_000 * (number + 1)]) for number in numbers})
    sums.take(some, FakeTracer())
    shown = [plain(line) for line in sums.picture(100, 12)]
    assert len(shown) == 12
    assert re.fullmatch(r"12 calls, 0 lost, 0\.\d s, bpf; Ctrl-C ends it", shown[0])
    assert shown[1].startswith("% time▼")
    assert [line.split()[-1] for line in shown[2:8]] == ["ioctl", "rt_sigprocmask", "rt_sigaction", "brk", "total", "more"]
    assert shown[7] == "8 more"
    assert shown[9] == "read: 1 call"
    assert len(sums.picture(100, 40)) == 2 + 12 + 1 + 4
    assert all(width(plain(line)) <= 30 for line in sums.picture(30, 40))


def test_in_the_c_locale_it_is_ascii() -> None:
    argv = (sys.executable, "-m", "explorer", "summary", "--engine", "ptrace", "--histogram", "openat", "--", "true")
    env = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parent.parent.parent.parent),
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    }
    done = subprocess.run(argv, capture_output=True, env=env, timeout=30)
    assert done.returncode == 0
    assert done.stderr.isascii()
    assert b" us" in done.stderr
    assert b"#####" in done.stderr
