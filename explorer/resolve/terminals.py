"""Which terminal a device number is."""

from functools import cached_property

from explorer.decode.proc.tty_drivers import Driver, decode, tty_name
from explorer.kernel.procfs import Procfs
from explorer.model.missing import Unreadable


class Terminals:
    """Names of terminals as ps writes them."""

    def __init__(self, proc: Procfs) -> None:
        self._proc = proc
        self._names: dict[int, str] = {0: "?"}

    def name(self, device: int) -> str:
        """pts/0, tty1; "?" for none, major:minor for one that /proc/tty/drivers does not know. device: tty_nr of stat."""
        if device not in self._names:
            self._names[device] = tty_name(device, self._drivers)
        return self._names[device]

    @cached_property
    def _drivers(self) -> tuple[Driver, ...]:
        try:
            return decode(self._proc.read("tty", "drivers"))
        except Unreadable:
            return ()
