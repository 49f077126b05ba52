"""A row of a summary as an object of JSON."""

from collections.abc import Mapping
from typing import Any

from explorer.decode.constants.errno import ERRNO
from explorer.model.summary import Counted, quantiles, span


def summary_record(what: str, row: Counted, names: Mapping[int, str]) -> dict[str, Any]:
    """what: the row's kind, model.summary.By or total. Times in ns. Keys that its kind does not tell apart are left out."""
    head: dict[str, Any] = {"row": what}
    if "process" in what or what == "thread":
        head |= {"pid": row.pid, "comm": names.get(row.pid, "")}
    if what == "thread":
        head |= {"tid": row.tid, "thread": names.get(row.tid, "")}
    if row.name:
        head |= {"name": row.name, "arch": row.arch}
    p50, p95, p99 = quantiles(row.tally)
    return head | {
        "calls": row.calls,
        "failed": row.errors,
        "errors": {ERRNO[errno][0] if errno in ERRNO else str(errno): count for errno, count in sorted(row.tally.errors.items())},
        "timed": row.timed,
        "total": row.tally.total,
        "waited": row.waited,
        "share": row.share,
        "mean": row.mean,
        "min": row.tally.least,
        "p50": p50,
        "p95": p95,
        "p99": p99,
        "max": row.tally.most,
        "histogram": [[*span(bucket), count] for bucket, count in enumerate(row.tally.buckets) if count],
    }
