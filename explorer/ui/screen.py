"""The areas on the screen: where they stand, and which of them has the keys."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.binding import BindingType
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import DockArrangeResult, WidgetPlacement
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from explorer.ui.command import Command, bindings
from explorer.ui.layout import WIDE, Plan, Rect, Wishes, arrange
from explorer.ui.lines import Lines
from explorer.ui.messages import Ask, Close, Prompt
from explorer.ui.promptline import PromptLine
from explorer.ui.rule import Rule

if TYPE_CHECKING:
    from explorer.ui.card import CardArea
    from explorer.ui.keyline import KeyLine
    from explorer.ui.panel import Panel
    from explorer.ui.state import State
    from explorer.ui.trace.panel import TracePanel

KEYS: Final = (
    Command("tab", "area(1)", "next area", "Tab", "Screen", "", "", rank=5),
    Command("shift+tab", "area(-1)", "previous area", "", ""),
    Command("z", "zoom", "zoom", "z", "Screen", "z zoom", "z zoom", rank=80, least=1),
    Command("vertical_line", "panes", "panes: two beside, two above each other, one", "|", "Screen"),
    Command("ctrl+up", "border(-1)", "border up (left)", ""),
    Command("ctrl+down", "border(1)", "border: down (right)", "Ctrl-Up Ctrl-Down", "Screen"),
    Command("escape", "escape", "close, clear", "Esc", "Screen", palette=False),
)
CYCLE: Final = ("beside", "above", "one")


class Main(Screen[None], inherit_bindings=False, inherit_css=False):
    """tree, first, second and trace can have the keys, and so can a question, the prompt and what stands over everything."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(KEYS)]
    AUTO_FOCUS = ""

    def __init__(
        self,
        state: "State",
        top: Lines,
        tree: Lines,
        card: "CardArea",
        panels: "tuple[Panel, Panel]",
        keys: "KeyLine",
        planned: Callable[[], None],
    ) -> None:
        """planned: called after the plan has changed."""
        super().__init__()
        self._planned = planned
        self.state = state
        self.top_line, self.processes, self.card, self.panels, self.keys = top, tree, card, panels, keys
        self.rules = (Rule(id="rule-tree"), Rule(id="rule-panes"))
        self.prompt = PromptLine()
        self.asked: Lines | None = None
        """A question above the key line."""
        self.over: Lines | None = None
        """What has the whole screen for a moment."""
        self.whole: Lines | None = None
        """What stands in the place of all areas, and has the keys, until another area gets them."""
        self.left_whole: Callable[[], object] = lambda: None
        """Called when it does not any more."""
        self.area: Lines = tree
        self.plan = Plan()
        self._rows = 0
        self._trace: TracePanel | None = None

    def compose(self):  # type: ignore[no-untyped-def]
        yield from (self.top_line, self.processes, self.card, *self.panels, *self.rules, self.prompt, self.keys)

    def on_mount(self) -> None:
        self.set_focus(self.processes, scroll_visible=False)

    def arrange(self, size: Size, optimal: bool = False) -> DockArrangeResult:  # noqa: ARG002
        """Instead of Textual's layouts and their cache: ui/layout.py's plan."""
        placements = [
            WidgetPlacement(Region(*rect), NULL_OFFSET, NULL_SPACING, area, order) for area, (rect, order) in self.places(size).items()
        ]
        return DockArrangeResult(placements, {placement.widget for placement in placements}, NULL_SPACING)

    def render_lines(self, crop: Region) -> list[Strip]:
        return [Strip.blank(crop.width)] * crop.height

    # where areas stand

    def places(self, size: Size) -> dict[Widget, tuple[Rect, int]]:
        """Each area that is to be seen, its place, and which lies over which."""
        state = self.state
        before = self.plan
        self.plan = plan = arrange(
            *size,
            Wishes(
                zoomed=state.zoomed,
                area=self.area.place or "tree",
                split=state.split_columns if size.width >= WIDE else state.split,
                panes=state.panes,
                bottom=self._rows if self.asked is not None else 0,
                over=self.over is not None,
                whole=self.whole is not None,
                trace=self.tracing,
                split_trace=state.split_trace,
                lower=state.lower,
            ),
        )
        if plan != before:
            self.card.rule = plan.rule
            self.call_later(self._planned)
        places = self._places(plan, size)
        faces = self._trace.faces if self._trace is not None else ()
        whole = () if self.whole is None else (self.whole,)
        for area in (self.top_line, self.card, *self.areas, *faces, *whole, *self.rules, self.keys, self.prompt):
            area.show_again(area in places)
        return places

    def _places(self, plan: Plan, size: Size) -> dict[Widget, tuple[Rect, int]]:
        if plan.over is not None and self.over is not None:
            return {self.over: (plan.over, 0)}
        found: dict[Widget, Rect | None] = {
            self.top_line: plan.top,
            self.processes: plan.tree,
            self.card: plan.card,
            self.panels[0]: plan.first,
            self.panels[1]: plan.second,
            self.keys: plan.keys if self.prompt.prompt is None else None,
        }
        if self._trace is not None and self._trace.is_attached:
            found[self._trace.face] = plan.trace
        found.update(zip(self.rules, plan.rules, strict=False))
        if self.whole is not None:
            found[self.whole] = plan.whole
        if self.asked is not None:
            found[self.asked] = plan.bottom
        places = {widget: (rect, 0) for widget, rect in found.items() if rect is not None}
        if self.prompt.prompt is not None:
            places[self.prompt] = (plan.keys or Rect(0, size.height - 1, size.width, 1), 1)
        return places

    @property
    def two(self) -> bool:
        """Whether both panels are on the screen, or would be were nothing zoomed."""
        size = self.size
        plan = arrange(*size, Wishes(panes=self.state.panes, split=self.state.split_columns if size.width >= WIDE else self.state.split))
        return plan.second is not None

    @property
    def trace(self) -> "TracePanel":
        """The trace area; made when it is first asked for, on the screen while there is a trace."""
        if self._trace is None:
            from explorer.ui.trace.panel import TracePanel

            self._trace = TracePanel(self._traces_changed)
            self._trace.beside = self._beside_trace
        return self._trace

    @property
    def tracing(self) -> bool:
        """Whether there is a trace to be shown."""
        return self._trace is not None and self._trace.session is not None

    @property
    def areas(self) -> tuple[Lines, ...]:
        """All that can have the keys, besides questions and the prompt."""
        trace = (self._trace.face,) if self._trace is not None and self._trace.is_attached else ()
        return (self.processes, *self.panels, *trace)

    def _traces_changed(self) -> None:
        """There is a trace from now on, or none any more, or another of its tabs is shown."""
        trace = self.trace
        if not trace.is_attached and self.tracing:
            self.mount(*trace.faces)
            self.state.lower = "trace"
        self._tell_tabs()
        if not self.tracing:
            self.state.lower = "first"
            if self.state.zoomed == "trace":
                self.state.zoomed = ""
            if self.area in trace.faces:
                self.give(self.processes)
        elif self.area in trace.faces and self.area is not trace.face:
            self.give(trace.face)
        self.call_after_refresh(self.again)

    def _tell_tabs(self) -> None:
        """Where the trace is one of the panes, it is one of the tabs."""
        self.panels[0].traced = self.tracing and self.size.width < WIDE
        self.panels[0].changed()

    def _beside_trace(self, by: int) -> bool:
        """From the trace's tab to the next one, where it is a tab."""
        panel = self.panels[0]
        if not panel.traced or self.state.zoomed or not panel.tabs:
            return False
        self.give(panel)
        panel.turn_to(0 if by > 0 else -1)
        return True

    def again(self) -> None:
        """The plan has changed."""
        self.refresh(layout=True)

    # who has the keys

    @property
    def owner(self) -> Lines | None:
        """The area whose header stays reversed while a person types into the prompt."""
        return self.area if self.prompt.prompt is not None and self.asked is None else None

    def give(self, area: Lines) -> None:
        """Give this area the keys, and the screen where it is not to be seen."""
        if area in self.areas:
            self._takes_keys(area)
            self.drop_whole()
            if self.state.zoomed:
                self.state.zoomed = area.place
        self.set_focus(area, scroll_visible=False)
        self.again()
        self.keys.changed()

    def _takes_keys(self, area: Lines) -> None:
        self.area = area
        if area is not self.processes:
            self.state.lower = "trace" if area.place == "trace" else "first"

    def _home(self) -> None:
        """The keys go back to where they were."""
        target = self.over or self.asked or self.area
        if target.is_attached:
            self.give(target)
        else:
            self.call_after_refresh(self.give, target)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        widget = event.widget
        # Where a question goes, Textual gives the keys to its neighbour for a moment; who has lost them again takes nothing.
        if isinstance(widget, Lines) and widget is self.focused and widget is not self.area and widget in self.areas:
            lower = self.state.lower
            self._takes_keys(widget)
            if self.plan.lone or self.state.lower != lower:
                self.again()
        self.keys.changed()

    def on_resize(self) -> None:
        # A panel that the new size has no room for cannot keep the keys.
        if self.area is self.panels[1] and not self.two:
            self.give(self.panels[0])
        self._tell_tabs()
        self.call_after_refresh(self.keys.changed)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """While a question is open, only escape is the screen's."""
        return action == "escape" or (self.asked is None and self.over is None and (self.whole is None or action == "area"))

    def _beside(self, by: int) -> Lines:
        """The area that Tab brings."""
        areas: list[Lines] = [self.processes, self.panels[0], *(self.panels[1:] if self.two else ())]
        if self._trace is not None and self.tracing and self._trace.is_attached:
            areas.append(self._trace.face)
        return areas[(areas.index(self.area) + by) % len(areas)] if self.area in areas else self.processes

    @property
    def next_area(self) -> str:
        """Its name, in a word."""
        return {"first": "files", "second": "files"}.get(name := self._beside(1).place, name)

    def action_area(self, by: int) -> None:
        self.give(self._beside(by))

    def action_zoom(self) -> None:
        if self.plan.lone:
            self.action_area(1)
        else:
            self.state.zoomed = "" if self.state.zoomed else self.area.place
            self.again()

    def action_border(self, by: int) -> None:
        if self.size.width >= WIDE and self.plan.trace is not None:
            self.state.split_trace += by
        elif self.size.width >= WIDE:
            self.state.split_columns += by
        else:
            self.state.split += by
        self.again()

    def action_panes(self) -> None:
        shown = self.state.panes
        if shown == "auto":
            shown = "beside" if self.two else "one"
        self.state.panes = CYCLE[(CYCLE.index(shown) + 1) % len(CYCLE)]
        if self.size.width < WIDE and self.state.panes == "beside":
            self.state.panes = "above"
        if self.area is self.panels[1] and not self.two:
            self.give(self.panels[0])
        self.again()

    def action_escape(self) -> None:
        if self.close() or self.area.action_clear():
            return
        if self.whole is not None:
            self.give(self.processes)
        elif self.state.zoomed:
            self.state.zoomed = ""
            self.again()

    def back(self) -> bool:
        """One level back, as `q` goes; False from the tree."""
        if self.close():
            return True
        if self.state.zoomed and self.whole is None:
            self.state.zoomed = ""
            self.again()
        elif self.area is not self.processes:
            self.give(self.processes)
        else:
            return False
        return True

    # what opens and closes

    def close(self) -> bool:
        """Close what was opened last; False where nothing is open."""
        if self.prompt.prompt is not None:
            self.prompt.ended(None)
        elif self.over is not None:
            self.over.remove()
            self.over = None
            self._home()
        elif self.asked is not None:
            self.asked.remove()
            self.asked = None
            self._home()
        else:
            return False
        return True

    def on_prompt(self, message: Prompt) -> None:
        message.stop()
        self.prompt.opened(message)
        self.give(self.prompt)

    async def on_ask(self, message: Ask) -> None:
        message.stop()
        if self.asked is not None:
            await self.asked.remove()
        self.asked, self._rows = message.area, message.rows
        await self.mount(message.area)
        self.give(message.area)

    def on_close(self, message: Close) -> None:
        message.stop()
        if message._sender is self.prompt:
            self._home()
        elif self.asked is not None:
            self.close()

    async def show_whole(self, area: Lines) -> None:
        """Put it in the place of all areas; it has the keys until another area gets them."""
        if self.whole is not None:
            return
        self.whole = self.area = area
        await self.mount(area)
        self.give(area)

    def drop_whole(self) -> None:
        """Take it away."""
        if self.whole is not None:
            self.whole.remove()
            self.whole = None
            self.left_whole()

    async def show_over(self, area: Lines) -> None:
        """Give it the whole screen until it is closed."""
        if self.over is None:
            self.over = area
            await self.mount(area)
            self.give(area)
