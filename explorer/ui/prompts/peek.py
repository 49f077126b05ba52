"""p: what stands where a process reads or writes, followed while it goes on; from here to a pager, and a copy of the file."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from textual.binding import BindingType

from explorer.model.copied import Copied
from explorer.model.missing import Missing
from explorer.model.peek import Look, Peeked
from explorer.render.copied import copied_line
from explorer.render.peek import Shown, footer, shown, title, wrapped
from explorer.render.piece import Line, Role, piece, plain
from explorer.render.width import fit
from explorer.ui.command import Command, bindings
from explorer.ui.lines import MOVES
from explorer.ui.messages import Copy as ToClipboard
from explorer.ui.messages import CopyFile, InPager, Prompt, Say
from explorer.ui.prompts.question import Question

BELOW: Final = 4
"""One of so many lines is kept for what comes behind the place."""


class PeekArea(Question):
    """name: of the descriptor. ended: called when it is closed, in whatever way. turned: told whether the file's end is asked for."""

    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("P", "pager", "in $PAGER", "P", "Look", "P pager", "P pager", rank=1),
        Command("S", "copy_file", "save a copy, also of a deleted file; stop that", "S", "Look", "S save a copy", "S save", rank=2),
        Command("x", "hexadecimal", "hexdump or text", "x", "Look", "x hex", "x hex", rank=3),
        Command("e", "turn", "the file's end, or where the process stands", "e", "Look", "e end of file", "e end", rank=4),
        Command("end", "follow", "follow again", "End", "Move", "End follow", "", rank=5),
        Command("y", "copy", "copy what is shown", "y", "Look", "", "", rank=6),
        Command("escape,q,p,enter", "leave", "close", "Esc", "Look", "Esc close", "Esc close", rank=9, palette=False),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS), *bindings(tuple(each for each in MOVES if each.keys != "end"))]
    SELECTS = False

    def __init__(self, name: str, ended: Callable[[], object], turned: Callable[[bool], object]) -> None:
        super().__init__()
        self.look: Look | Missing | None = None
        self.copied: Copied | None = None
        self._name = name
        self._ended = ended
        self._turned = turned
        self._at_end = False
        self._hexadecimal: bool | None = None
        self._follows = True
        self._shown: tuple[object, Shown] = (None, Shown(()))

    def show(self, look: Look | Missing) -> None:
        """How it is now."""
        self.look = look
        self.changed()

    def show_copied(self, copied: Copied | None) -> None:
        """How far the copy is; None: there is none any more."""
        self.copied = copied
        self.changed()

    @property
    def found(self) -> Look | None:
        """What there is to see."""
        return self.look if self.look is not None and not isinstance(self.look, Missing) else None

    def title(self, columns: int) -> Line:  # noqa: ARG002
        look = self.found
        if look is None:
            return piece("Peek "), piece(self._name, Role.NAME)
        state = "" if look.ended is not None else "  follows" if self._follows else "  End follows on"
        return (*title(look), piece(state, Role.NEW if self._follows else Role.SECONDARY))

    def _made(self, columns: int) -> Shown:
        key = (self.look, columns, self._hexadecimal)
        if self._shown[0] is None or self._shown[0] != key:
            self._shown = key, self._lines(columns)
        return self._shown[1]

    def _lines(self, columns: int) -> Shown:
        if self.look is None:
            return Shown(((piece("looks …", Role.SECONDARY),),))
        if isinstance(self.look, Missing):
            return Shown(wrapped(self.look, columns))
        return shown(self.look, columns, hexadecimal=self._hexadecimal)

    def said(self, columns: int) -> Sequence[Line]:
        return self._made(columns).lines

    def row_line(self, index: int, columns: int) -> tuple[str, Line]:
        return " ", fit(self.said(columns)[index], columns)

    def _clamp(self) -> None:
        if self._follows:
            made = self._made(max(0, self.size.width - 1))
            self.top = made.place - self.body + 1 + min(self.body // BELOW, len(made.lines) - made.place - 1) if made.place >= 0 else 0
        super()._clamp()

    @property
    def has_footer(self) -> bool:
        return self.copied is not None or bool(self.found is not None and footer(self.found))

    def footer_line(self, columns: int) -> Line:
        if self.copied is not None:
            return fit(copied_line(self.copied), columns)
        return fit(footer(self.found), columns) if self.found is not None else ()

    # keys

    def action_move(self, by: int) -> None:
        self._scroll(by)

    def action_page(self, by: int) -> None:
        self._scroll(by * max(1, self.body - 1))

    def action_first(self) -> None:
        self._scroll(-self.row_count())

    def scroll_lines(self, by: int) -> None:
        self._scroll(by)

    def _scroll(self, by: int) -> None:
        self._follows = False
        self.top += by
        self.changed()

    def action_follow(self) -> None:
        """Back to where the process stands, and on with it."""
        self._follows = True
        self.changed()

    def action_hexadecimal(self) -> None:
        """A dump in place of text, and back."""
        look = self.found
        if look is not None:
            columns = max(0, self.size.width - 1)
            dump = shown(look, columns, hexadecimal=True)
            self._hexadecimal = self.said(columns) != dump.lines
            self.changed()

    def action_turn(self) -> None:
        """The end of the file, and back."""
        if isinstance(self.found, Peeked):
            self._at_end, self._follows = not self._at_end, True
            self._turned(self._at_end)
        else:
            self._say_no("only a file has an end that can be looked at")

    def action_copy(self) -> None:
        """What is on the screen of it."""
        columns = max(0, self.size.width - 1)
        lines = self.said(columns)[self.top : self.top + self.body]
        self.post_message(ToClipboard("\n".join(plain(each).rstrip() for each in lines), "what is shown"))

    def action_pager(self) -> None:
        """Show it in the pager."""
        if isinstance(self.found, Peeked):
            self.post_message(InPager(self.found))
        else:
            self._say_no("only a regular file is opened in a pager")

    def action_copy_file(self) -> None:
        """Ask for a name, and copy; or stop the copy that goes on."""
        look = self.found
        if self.copied is not None and not self.copied.done:
            self.post_message(CopyFile(None, ""))
        elif isinstance(look, Peeked):
            name = look.name.removesuffix(" (deleted)").rpartition("/")[2]

            def done(text: str | None) -> None:
                if text and text.strip():
                    self.post_message(CopyFile(look, text.strip()))

            self.post_message(Prompt("Copy to", done, text=suggested(name), hint="Enter copies   Esc leaves it"))
        else:
            self._say_no("only a regular file can be copied")

    def _say_no(self, words: str) -> None:
        self.post_message(Say((piece(words, Role.MIND),)))

    def on_unmount(self) -> None:
        self._ended()


def suggested(name: str) -> str:
    """For the copy, in the current folder: the name, without what a file's name had better not have, and .copy."""
    kept = "".join(char if char.isprintable() and char not in '/\\"$`*?' else "-" for char in name.removeprefix("memfd:"))
    return f"{kept.lstrip('.-~ ')[:100] or 'file'}.copy"


def rows(height: int) -> int:
    """How many lines it wants of a screen of so many."""
    return max(6, height * 3 // 5)
