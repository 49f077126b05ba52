"""What no other kind takes: still shown, with all that /proc says."""

from explorer.decode.fd.raw import RawFd
from explorer.model.fd import Fd


def decode(raw: RawFd) -> Fd | None:
    """Anything."""
    return Fd(**raw.common)
