"""What the trace area hides: filters typed and filters by a key, each on top of the last one."""

from explorer.render.pages import of_call
from explorer.ui.messages import Manual, Prompt
from explorer.ui.trace import narrowing
from explorer.ui.trace.area import TraceArea
from explorer.ui.trace.uses import about
from explorer.ui.trace.watched import Watched


class Hiding(TraceArea):
    """Of the trace area."""

    def filtered(self, watched: Watched) -> None:
        """The filter's text has changed."""
        spot = self.spot()
        watched.narrow(watched.text)
        watched.update()
        if not watched.following and spot is not None and watched.rows.count:
            item = watched.rows.item(spot.key)
            if item is None:
                self.selected = watched.rows.position(min(watched.view.index(spot.key), watched.rows.count - 1))
                self.reveal()
        self.settle(watched, spot)
        self.changed()
        if watched.more:
            self.beat_soon()

    def _narrow(self, text: str) -> None:
        watched = self.watched
        if watched is not None and text != watched.text:
            watched.filters.append(text)
            self.filtered(watched)

    def action_filter(self) -> None:
        watched = self.watched
        if watched is None:
            return
        before = watched.text

        def typed(text: str) -> None:
            if watched.narrow(text):
                self.catch_up()
            self.changed()

        def done(text: str | None) -> None:
            if text is not None and watched.narrow(text):
                watched.wrong = ""
                if text != before:
                    watched.filters = [*watched.filters, text] if text.strip() else [""]
            elif text is None:
                watched.wrong = ""
            else:
                self.tell(watched.wrong)
                watched.wrong = ""
            self.filtered(watched)

        hint = "openat !futex %file failed fd=7 slower=1ms text    Enter keep   Esc clear"
        self.post_message(Prompt("Filter", done, typed, before, hint))

    def show_lines(self, text: str) -> None:
        """The lines that a row of a table counts, by a filter."""
        if self.session is not None and "stream" not in self.session.capture.what and not len(self.session.log):
            self.tell("no lines are taken here, only counts; Enter among the lines takes them too")
            return
        self.action_tab("trace")
        self._narrow(text)

    def action_failed(self) -> None:
        if self.watched is not None:
            self._narrow(narrowing.failed(self.watched.text))

    def action_call(self, only: int) -> None:
        name, watched = self.call_name(), self.watched
        if name and watched is not None:
            self._narrow((narrowing.only_call if only else narrowing.hide_call)(watched.text, name))

    def action_manual(self) -> None:
        if name := self.call_name():
            self.post_message(Manual(of_call(name)))
        else:
            self.tell("this line is no call: the manual has no page about it")

    def action_process(self, only: int) -> None:
        found = self.row_here()
        if found is not None and (pid := found[2].pids[found[3]]):
            self._narrow((narrowing.only_process if only else narrowing.without_process)(found[0].text, pid))

    def action_descriptor(self) -> None:
        found = self.row_here()
        if found is None:
            return
        watched, _, batch, row = found
        subject = about(watched.view.log, batch, row)
        if subject.fd < 0:
            self.tell("this line has no descriptor")
            return
        several = len(watched.tids) > 1 or len(watched.session.targets) > 1
        self._narrow(narrowing.only_descriptor(watched.text, subject.fd, subject.pid if several else None))
