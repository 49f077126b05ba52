"""pidfd: a hold on one process that no other can slip under (pidfd_open(2), pidfd_send_signal(2); Linux 5.3)."""

import os
import signal
from types import TracebackType

from explorer.kernel.errors import unreadable


class Pidfd:
    """Held for the length of a `with`. Raises Unreadable where there is no such process, or it is a thread of one."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        try:
            self.fd = os.pidfd_open(pid)
        except OSError as error:
            raise unreadable(error, f"pidfd of {pid}") from None

    def send(self, number: int) -> None:
        """Send a signal to the process that is held, whatever its pid means by now. Raises Unreadable: DENIED, GONE."""
        try:
            signal.pidfd_send_signal(self.fd, number)
        except OSError as error:
            raise unreadable(error, f"signal {number} to {self.pid}") from None

    def __enter__(self) -> "Pidfd":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        os.close(self.fd)
