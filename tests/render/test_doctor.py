"""render/doctor.py"""

import pytest

from explorer.model.check import Check, Verdict
from explorer.render.doctor import ROLES, WORDS, check_lines
from explorer.render.piece import plain
from explorer.render.width import width


@pytest.mark.parametrize("verdict", Verdict)
def test_each_verdict_has_a_word_and_a_colour(verdict: Verdict) -> None:
    assert verdict in ROLES
    assert WORDS[verdict]


def test_lines() -> None:
    found = [plain(line) for line in check_lines(Check("kernel stacks", Verdict.NOT, "only root may " * 10, "sudo procdive"), 80)]
    assert found[0].startswith("kernel stacks         no      only root may")
    assert found[-1].strip() == "would help: sudo procdive"
    assert all(width(line) <= 80 for line in found)


def test_what_it_depends_on_stands_below_indented() -> None:
    parts = (Check("rights", Verdict.WORKS, "all"), Check("library", Verdict.NOT, "none", "install libbpf1"))
    found = [plain(line) for line in check_lines(Check("BPF programs", Verdict.NOT, "none ran", parts=parts), 80)]
    assert [line.split()[0] for line in found] == ["BPF", "rights", "library", "would"]
    assert found[1].startswith("  rights              yes ")
