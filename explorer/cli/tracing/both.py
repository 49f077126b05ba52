"""strace -C: the lines of a trace, and in the end its summary."""

from explorer.cli.tracing.lines import Lines
from explorer.cli.tracing.sums import Sums
from explorer.model.batch import Batch
from explorer.trace.saved import Opened
from explorer.trace.tracer import Tracer


class Both:
    """Else as Lines. The summary is of all that came while lines were wanted, of those calls that the filter wants."""

    def __init__(self, lines: Lines, sums: Sums) -> None:
        self.lines, self.sums = lines, sums
        self.over = False
        self.ends = lines.ends

    @property
    def enough(self) -> bool:
        """As many lines as were asked for."""
        return self.lines.enough

    def take(self, batch: Batch, tracer: Tracer | Opened) -> None:
        """Print it, and count it."""
        if not self.enough:
            self.lines.take(batch, tracer)
            self.sums.take(batch, tracer)

    def rest(self) -> None:
        """The last lines, then the table."""
        self.lines.rest()
        self.sums.rest()

    def sum_up(self, tracer: Tracer | Opened) -> None:
        """The last line, of Lines."""
        self.lines.sum_up(tracer)
