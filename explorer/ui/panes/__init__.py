"""A new pane: one file here with a Pane, one line in PANES. Its key opens it from tree and panes alike."""

from explorer.ui.panes.environment import EnvironmentPane
from explorer.ui.panes.files import FilesPane
from explorer.ui.panes.limits import LimitsPane
from explorer.ui.panes.memory import MemoryPane
from explorer.ui.panes.overview import OverviewPane
from explorer.ui.panes.pane import Pane
from explorer.ui.panes.stack import StackPane

PANES: tuple[type[Pane], ...] = (FilesPane, StackPane, OverviewPane, MemoryPane, EnvironmentPane, LimitsPane)
