"""The Overview, a file a theme: each turns a part of model.overview.Overview into entries. SECTIONS has them in their order.

A new fact of one process: a field in model/overview.py, its reading in collect/, one entry here.
"""

from collections.abc import Callable
from typing import Final

from explorer.model.overview import Overview
from explorer.model.rates import Rates
from explorer.render.entries import Entry
from explorer.render.overview.confinement import confinement
from explorer.render.overview.origin import origin
from explorer.render.overview.program import program
from explorer.render.overview.rights import rights
from explorer.render.overview.scheduling import scheduling
from explorer.render.overview.state import state
from explorer.render.overview.usage import usage

SECTIONS: Final[tuple[Callable[[Overview, Rates | None], list[Entry]], ...]] = (
    program,
    state,
    origin,
    rights,
    usage,
    confinement,
    scheduling,
)


def entries(overview: Overview, rates: Rates | None = None) -> list[Entry]:
    """All of it. rates: since the sample before, None at the first."""
    return [entry for section in SECTIONS for entry in section(overview, rates)]
