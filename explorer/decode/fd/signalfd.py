"""signalfd(2): signals as something to read."""

from dataclasses import dataclass
from typing import ClassVar

from explorer.decode.constants.signals import members, signal_name
from explorer.decode.fd.raw import RawFd
from explorer.model.fd import Fd
from explorer.model.missing import Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalFd(Fd):
    """sigmask: bit 0 is signal 1. signals: the same by name, real-time ones too."""

    kind: ClassVar[str] = "signalfd"

    sigmask: int | Missing
    signals: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        return " ".join(["signalfd", *(name.removeprefix("SIG") for name in self.signals)])


def decode(raw: RawFd) -> SignalFd | None:
    """anon_inode:[signalfd] (fs/signalfd.c)"""
    mask = raw.number_of("sigmask", 16)
    signals = () if isinstance(mask, Missing) or mask < 0 else tuple(signal_name(number) for number in members(mask))
    return SignalFd(**raw.common, sigmask=mask, signals=signals)
