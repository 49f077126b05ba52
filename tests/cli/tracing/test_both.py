"""procdive trace -C."""

import re

from tests.cli.tracing.program import trace


def test_lines_and_then_the_table_of_the_same_calls() -> None:
    done = trace(
        "--engine", "ptrace", "-C", "-e", "openat", "-S", "calls", "-U", "calls,errors", "--", "sh", "-c", "cat /no/such/file; exit 4"
    )
    assert done.status == 4
    lines, _, rest = done.err.partition("    calls    errors syscall")
    opened = re.findall(r"openat\(.* = .*", lines)
    row = re.search(r"^ *(\d+) +(\d+) openat +ENOENT", rest, re.MULTILINE)
    assert row
    assert int(row[1]) == len(opened) > 1
    assert int(row[2]) == sum("ENOENT" in line for line in opened) > 0
    assert rest.rstrip().endswith(" s, ptrace")
    assert len(re.findall(r"^procdive: ", done.err, re.MULTILINE)) == 1


def test_as_many_lines_as_were_asked_for_and_no_call_more() -> None:
    done = trace("-C", "--events", "3", "--", "true")
    assert len(re.findall(r"^\w+\(", done.err, re.MULTILINE)) == 3
    assert re.search(r"^100\.00 .* total", done.err, re.MULTILINE)


def test_not_as_json() -> None:
    done = trace("-C", "--json", "1")
    assert (done.status, done.out) == (2, "")
    assert "procdive summary --json" in done.err
