"""trace/found.py: a text is found where the decoded line has it, and nowhere else."""

from hypothesis import given
from hypothesis import strategies as st

from explorer.decode.syscall.call import Style
from explorer.model.batch import Batch
from explorer.trace.decoded import what
from explorer.trace.found import Finder
from explorer.trace.payload import call_of
from explorer.trace.text import text
from tests.traces import PALETTE, batches

LINES = [text(what(PALETTE, row, call_of, Style(4096))) for row in range(len(PALETTE))]


@st.composite
def queries(draw: st.DrawFn) -> str:
    """A piece of a line, as somebody would copy it from the screen."""
    line = draw(st.sampled_from(LINES))
    low = draw(st.integers(0, len(line) - 1))
    return line[low : low + draw(st.integers(1, 12))]


@given(st.one_of(queries(), st.text(min_size=1, max_size=5)), batches(), st.booleans(), st.booleans())
def test_it_finds_what_the_line_has(query: str, batch: Batch, sharp: bool, denied: bool) -> None:
    sharp = sharp or query != query.lower()
    found = Finder(query, sharp=sharp).rows(batch, range(len(batch)), call_of, denied=denied)
    lines = [text(what(batch, row, call_of, Style(4096))) for row in range(len(batch))]
    assert list(found) == [row for row, line in enumerate(lines) if (query in (line if sharp else line.lower())) != denied]
