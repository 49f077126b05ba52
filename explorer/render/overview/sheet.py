"""The Overview as rows of a pane."""

from explorer.model.overview import Overview
from explorer.model.rates import Rates
from explorer.render.entries import denied, rows
from explorer.render.overview import entries
from explorer.render.sheet import Sheet


def sheet(overview: Overview, rates: Rates | None, columns: int) -> Sheet:
    """All entries, and above them what was denied."""
    found = entries(overview, rates)
    return Sheet(rows(found, columns), notes=denied(found, columns))
