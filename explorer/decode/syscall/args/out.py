"""What the kernel writes: an address until the call has returned, and where it failed."""

from explorer.decode.syscall.call import Frame, Printer
from explorer.decode.syscall.reads import Said, both, late, said
from explorer.decode.syscall.value import address
from explorer.model.trace import Value


class Out:
    """Prints with `printer` what the call left at the address. always: also where it failed."""

    __slots__ = ("always", "printer")

    def __init__(self, printer: Printer, *, always: bool = False) -> None:
        self.printer = printer
        self.always = always

    @property
    def reads(self) -> Said:
        return late(said(self.printer))

    def __call__(self, frame: Frame, raw: int) -> Value | None:
        if not (frame.done or (self.always and frame.result is not None)):
            return address(raw)
        return frame.at_end(self.printer, raw)


class Changed:
    """A value that goes in and comes back: [112 => 16], or [16] where it did not change (or only its end is known).

    apart: written as [0] => [4127], which strace does for sendfile.
    """

    __slots__ = ("apart", "printer")

    def __init__(self, printer: Printer, *, apart: bool = False) -> None:
        self.printer = printer
        self.apart = apart

    @property
    def reads(self) -> Said:
        return both(said(self.printer))

    def __call__(self, frame: Frame, raw: int) -> Value | None:
        asked = self.printer(frame, raw)
        if not frame.done or asked is None or asked.kind == "address":
            return asked
        given = frame.at_end(self.printer, raw)
        if given is None or given.text == asked.text:
            return asked
        if self.apart:
            return Value(raw, f"{asked.text} => {given.text}", given.parts, given.kind)
        inside = f"{asked.text[1:-1]} => {given.text[1:-1]}"
        return Value(raw, f"[{inside}]", given.parts, given.kind)
