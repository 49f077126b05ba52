"""What the kernel writes: an address until the call has returned, and where it failed."""

from explorer.decode.syscall.call import Frame, Printer
from explorer.decode.syscall.value import address
from explorer.model.trace import Value


class Out:
    """Prints with `printer` what the call left at the address. always: also where it failed."""

    __slots__ = ("always", "printer")

    def __init__(self, printer: Printer, *, always: bool = False) -> None:
        self.printer = printer
        self.always = always

    def __call__(self, frame: Frame, raw: int) -> Value | None:
        if not (frame.done or (self.always and frame.result is not None)):
            return address(raw)
        before, frame.memory = frame.memory, frame.call.memory
        try:
            return self.printer(frame, raw)
        finally:
            frame.memory = before


class Changed:
    """A value that goes in and comes back: [112 => 16], or [16] where it did not change (or only its end is known)."""

    __slots__ = ("printer",)

    def __init__(self, printer: Printer) -> None:
        self.printer = printer

    def __call__(self, frame: Frame, raw: int) -> Value | None:
        asked = self.printer(frame, raw)
        if not frame.done or asked is None or asked.kind == "address":
            return asked
        given = Out(self.printer)(frame, raw)
        if given is None or given.text == asked.text:
            return asked
        inside = f"{asked.text[1:-1]} => {given.text[1:-1]}"
        return Value(raw, f"[{inside}]", given.parts, given.kind)
