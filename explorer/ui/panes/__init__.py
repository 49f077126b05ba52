"""A new pane: one file here with a Pane, one line in PANES. Its key opens it from tree and panes alike."""

from explorer.ui.panes.pane import Pane

PANES: tuple[type[Pane], ...] = ()
