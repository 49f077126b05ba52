"""How it is: state, age, who traces it, its pid elsewhere."""

from explorer.model.missing import Missing
from explorer.model.overview import Overview
from explorer.model.rates import Rates
from explorer.render.entries import Entry, lacking
from explorer.render.piece import Line, Piece, Role, piece
from explorer.render.sheet import Target
from explorer.render.states import MORE, exit_words, state_piece
from explorer.render.times import duration, full_moment


def state(overview: Overview, rates: Rates | None = None) -> list[Entry]:  # noqa: ARG001
    """State, start, threads; a tracer and other pids where there are any."""
    word: Line = (state_piece(overview.state),)
    if overview.exit_code is not None:
        word = (*word, piece(f", {exit_words(overview.exit_code)}", Role.MIND))
    if overview.state in MORE:
        word = (*word, Piece("  " + MORE[overview.state], Role.SECONDARY))
    age = duration(overview.usage.taken - overview.process.start / 100)
    found = [
        Entry("state", word),
        Entry("started", (piece(full_moment(overview.started)), Piece(f"  {age} ago", Role.SECONDARY))),
        Entry("threads", (piece(f"{overview.threads:,}"),)),
    ]
    tracer = overview.tracer
    if isinstance(tracer, tuple):
        found.append(Entry("traced by", (piece(f"{tracer[0]} {tracer[1]}", Role.MIND),), target=Target(tracer[0])))
    nspid = overview.nspid
    if isinstance(nspid, Missing):
        found.append(lacking("pids", nspid))
    elif len(nspid) > 1:
        found.append(Entry("pids", (piece(f"{nspid[0]}, in its own pid namespace {nspid[-1]}"),)))
    return found
