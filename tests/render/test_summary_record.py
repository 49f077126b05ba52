"""A row of a summary as JSON."""

import json

from explorer.model.summary import Counted
from explorer.render.summary_record import summary_record
from tests.model.test_summary import tally

TALLY = tally([1_000, 3_000], {2: 1, 4000: 1})


def test_a_call() -> None:
    found = summary_record("call", Counted(0, 0, "i386", "openat", TALLY, 0.25, 0), {})
    assert json.loads(json.dumps(found)) == {
        "row": "call", "name": "openat", "arch": "i386", "calls": 2, "failed": 2, "errors": {"ENOENT": 1, "4000": 1}, "timed": 2,
        "total": 4000, "waited": 0, "share": 0.25, "mean": 2000.0, "min": 1000, "p50": 1000.0, "p95": 3000.0, "p99": 3000.0, "max": 3000,
        "histogram": [[512, 1023, 1], [2048, 4095, 1]],
    }  # fmt: skip


def test_whose_it_is() -> None:
    names = {812: "nginx", 814: "worker"}
    assert list(summary_record("total", Counted(0, 0, "", "", TALLY), names).items())[:2] == [("row", "total"), ("calls", 2)]
    process = summary_record("process", Counted(812, 0, "", "", TALLY), names)
    assert (process["pid"], process["comm"], "tid" in process, "name" in process) == (812, "nginx", False, False)
    thread = summary_record("thread", Counted(812, 814, "", "", TALLY), names)
    assert (thread["pid"], thread["comm"], thread["tid"], thread["thread"]) == (812, "nginx", 814, "worker")
    both = summary_record("process call", Counted(9, 0, "x86_64", "read", TALLY), names)
    assert (both["pid"], both["comm"], both["name"]) == (9, "", "read")
