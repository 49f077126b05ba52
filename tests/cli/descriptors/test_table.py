"""cli/descriptors/table.py"""

import io
import json

from explorer.cli.descriptors.table import Table, fact
from explorer.cli.output import Output
from explorer.render.width import width
from tests.query.things import NGINX, THINGS

OF_NGINX = [thing for owner, thing in THINGS.values() if owner is NGINX]


def printed(*, several: bool, keepings: bool = True, json_lines: bool = False) -> list[str]:
    out = io.StringIO()
    output = Output(out, io.StringIO(), json_lines=json_lines)
    output.ascii = False
    table = Table(output, several=several, keepings=keepings)
    table.print(NGINX, OF_NGINX[:3])
    table.print(NGINX, OF_NGINX[3:])
    return out.getvalue().splitlines()


def test_titles_once_and_a_row_each() -> None:
    lines = printed(several=False)
    assert [line.split()[0] for line in lines] == ["fd", "4", "5", "6", "11", "cwd", "mem"]
    assert lines[-1].split()[1:] == ["mapped", "/lib/old.so", "deleted", "r-xp"]


def test_processes_stand_in_front_and_columns_under_each_other() -> None:
    lines = printed(several=True)
    assert lines[0].split()[:4] == ["PID", "COMMAND", "fd", "kind"]
    assert all(line.split()[:2] == ["812", "nginx"] for line in lines[1:])
    at = lines[0].index("kind")
    assert {line[at - 1] for line in lines} == {" "}
    assert all(line[at] != " " for line in lines)


def test_json_says_by_number_or_how() -> None:
    records = [json.loads(line) for line in printed(several=True, json_lines=True)]
    assert [(record.get("fd"), record.get("how")) for record in records] == [
        (4, None), (5, None), (6, None), (11, None), (None, "cwd"), (None, "mapped"),
    ]  # fmt: skip
    assert {(record["pid"], record["comm"]) for record in records} == {(812, "nginx")}
    assert fact(NGINX, OF_NGINX[0])["access"] == "rw"
    assert "number" not in fact(NGINX, OF_NGINX[0])


def test_rows_are_no_wider_than_they_may_be() -> None:
    assert max(width(line) for line in printed(several=True)) <= 200
