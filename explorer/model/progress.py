"""How far a descriptor's position has come in its file, and how fast it goes on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """position, size: bytes; size 0 where the file has none that is known. rate: bytes a second by which the position moves, over
    the last seconds; negative backwards. growth: likewise of the size. inside: it is read, or written over what there is: only then
    the size is where it will end.
    """

    position: int
    size: int
    rate: float
    growth: float = 0.0
    inside: bool = False

    @property
    def share(self) -> float | None:
        """How much of the file is behind it, 0 to 1; None where the size is no end that it moves to."""
        if not self.inside or self.size <= 0 or self.position > self.size or self.rate < 0:
            return None
        return self.position / self.size

    @property
    def left(self) -> float | None:
        """Seconds until it has come to the end, at this rate, growth of the file allowed for; None where it never would."""
        if self.share is None or self.position >= self.size or self.rate <= self.growth:
            return None
        return (self.size - self.position) / (self.rate - max(0.0, self.growth))

    @property
    def falls_behind(self) -> bool:
        """Whether its file grows faster than it comes on."""
        return self.share is not None and self.position < self.size and self.growth >= self.rate > 0
