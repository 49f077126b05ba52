"""Memory that a test writes: pieces at addresses, nothing between them."""


class Written:
    """Bytes by address; a read that runs out of a piece is short, as where it faults."""

    def __init__(self, **pieces: bytes) -> None:
        self.pieces = {int(name.lstrip("at_"), 16): raw for name, raw in pieces.items()}
        self.asked = 0

    def put(self, address: int, raw: bytes) -> int:
        self.pieces[address] = raw
        return address

    def read(self, address: int, size: int) -> bytes:
        self.asked += size
        for start, raw in self.pieces.items():
            if start <= address < start + len(raw):
                return raw[address - start :][: max(0, size)]
        return b""


class Noise:
    """Every address holds the same bytes over and over; reads of `short` and more give fewer."""

    def __init__(self, raw: bytes, *, short: int = 1 << 30) -> None:
        self.raw = raw or b"\0"
        self.short = short
        self.asked = 0

    def read(self, address: int, size: int) -> bytes:
        self.asked += size
        size = min(size, self.short, 1 << 20)
        at = address % len(self.raw)
        return (self.raw * (size // len(self.raw) + 2))[at : at + size]
