"""README says what was measured, and nothing else."""

from benchmarks.row import Row, said
from tools.readme_figures import README, cells, readme


def test_the_readme_has_the_figures_that_were_kept() -> None:
    text = README.read_text()
    assert readme(text) == text


def test_a_row_says_medians_and_their_ratio() -> None:
    row = Row("2,000 processes, tree", "ms/s", "htop", [4.0, 5.0, 9.0], [100.0, 50.0, 60.0], 0.25)
    assert cells("screen_cpu", row) == "| CPU a second, tree on the screen: 2,000 processes, tree | 5 ms/s | htop 60 ms/s | 0.08 × |"
    assert said(row) == "2,000 processes, tree: 5 ms/s, htop 60 ms/s: 0.083 × (at most 0.25: kept)"
    assert "MISSED" in said(Row("", "ms", "x", [2.0], [1.0], 1.0))
