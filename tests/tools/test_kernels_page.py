"""docs/kernels.md and README say what the tests said on each kernel, and nothing else."""

import json
from pathlib import Path

import pytest

from tests.engines import test_engines, test_walk
from tools import kernels_page
from tools.kernels_page import COLUMNS, PAGE, README, Result, filled, keep, kept, short, table

FINE = {"test_attaches_and_lets_go[ptrace]": "", "test_attaches_and_lets_go[bpf]": "", "test_the_same_lines_as_ptrace": ""}
WRONG = {**FINE, "test_attaches_and_lets_go[bpf]": "R2 `invalid` mem access"}
RESULTS = {"6.1-amd64": Result("6.1.0-1-amd64", "x86_64", "3.11.2", FINE), "6.12-arm64": Result("6.12.1-arm64", "aarch64", "3.13.5", WRONG)}


def test_the_pages_have_what_was_kept() -> None:
    for page, inside in ((PAGE, table(kept())), (README, short(kept()))):
        text = page.read_text()
        assert filled(text, inside) == text
        assert kernels_page.PLACE.search(text)


def test_each_test_is_a_column_and_told_of() -> None:
    assert set(COLUMNS.values()) == {name for module in (test_engines, test_walk) for name in vars(module) if name.startswith("test_")}
    for head in COLUMNS:
        assert f"| {head} | " in PAGE.read_text()


def test_yes_no_and_why() -> None:
    heads, _, *rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table(RESULTS).splitlines() if line.startswith("|")]
    said = [{head: cell for head, cell in zip(heads, row, strict=True) if cell != "–"} for row in rows]
    fine, lines = "attaches, lets go", "lines as ptrace's"
    assert said == [
        {"kernel": "6.1.0-1-amd64", "engine": "ptrace", fine: "yes"},
        {"kernel": "6.1.0-1-amd64", "engine": "bpf", fine: "yes", lines: "yes"},
        {"kernel": "6.12.1-arm64", "engine": "ptrace", fine: "yes"},
        {"kernel": "6.12.1-arm64", "engine": "bpf", fine: "**no** 1", lines: "yes"},
    ]
    assert table(RESULTS).splitlines()[-1] == "1. 6.12.1-arm64, `test_attaches_and_lets_go[bpf]`: `R2 'invalid' mem access`"


def test_in_short() -> None:
    assert short(RESULTS).splitlines()[2:] == [
        "| 6.1.0-1-amd64 | yes: 1 tests | yes: 2 tests |",
        "| 6.12.1-arm64 | yes: 1 tests | 1 of 2 tests |",
    ]


def test_what_is_kept_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KEPT", "PAGE", "README"):
        monkeypatch.setattr(kernels_page, name, tmp_path / name)
        (tmp_path / name).write_text("before\n<!-- kernels: made by tools/kernels_page.py -->\nold\n<!-- end of kernels -->\n")
    (tmp_path / "KEPT").unlink()
    assert kept() == {}
    keep(RESULTS)
    assert table(RESULTS) in (tmp_path / "PAGE").read_text()
    assert "old" not in (tmp_path / "README").read_text()
    assert kept() == RESULTS
    assert json.loads((tmp_path / "KEPT").read_text())["6.1-amd64"]["python"] == "3.11.2"
