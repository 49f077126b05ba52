"""render/births.py"""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.model.birth import UNSEEN, UNTOLD, Birth, Births
from explorer.model.missing import Missing, Reason
from explorer.render.births import birth_line, births_lines, births_title
from explorer.render.piece import plain
from explorer.render.width import width

SHORT = Birth(20113, 811, "cron", 100.0, "sh", ("sh", "-c", "exit 127"), 0.0123, 127 << 8)


def test_a_short_life_in_a_line() -> None:
    assert plain(birth_line(SHORT, 102.0, 120)) == "  2.0 s ago   20113  12.3 ms  exit 127           of 811 cron           sh -c 'exit 127'"


def test_each_end_and_each_lack() -> None:
    def said(**changed: object) -> str:
        return plain(birth_line(replace(SHORT, **changed), 102.0, 120))  # type: ignore[arg-type]

    assert "killed by SIGSEGV" in said(status=11)
    assert "lives" in said(lived=None, status=0)
    assert "end not seen" in said(lived=0.0, status=UNTOLD)
    assert said(comm=UNSEEN).endswith("gone before it could be read")
    assert said(argv=UNSEEN).endswith("sh  arguments not read")
    assert "of 811   " in said(parent_comm="")


def test_the_newest_first_and_who_may_have_more() -> None:
    births = Births(total=2, last=(SHORT, replace(SHORT, pid=20114)))
    assert ["20114" in plain(line) for line in births_lines(births, 102.0, 100, root=True)] == [True, False]
    assert "sudo procdive" in plain(births_lines(births, 102.0, 120, root=False)[0])
    assert [plain(line) for line in births_lines(Births(), 102.0, 100, root=True)] == ["nobody was born since"]
    off = Births(off=Missing(Reason.DENIED, "the proc connector", "sudo procdive"))
    assert [plain(line) for line in births_lines(off, 102.0, 100, root=False)] == ["the proc connector: denied — sudo procdive"]


def test_the_title_says_what_was_missed() -> None:
    assert plain(births_title(Births(total=1200))) == "Births  1,200 since procdive listens, newest first"
    assert plain(births_title(Births(total=1200, all_missed=995))).endswith("≤ 995 more missed")


@settings(max_examples=60)
@given(st.text(max_size=30), st.lists(st.text(max_size=30), max_size=3), st.integers(20, 120))
def test_whatever_it_is_called_it_is_printable_and_fits(name: str, args: list[str], columns: int) -> None:
    line = birth_line(replace(SHORT, comm=name, parent_comm=name, argv=tuple(args)), 102.0, columns)
    assert plain(line).isprintable()
    assert width(plain(line)) <= columns
