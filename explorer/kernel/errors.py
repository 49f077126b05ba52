"""From errno to Missing: the only place that knows."""

import errno
import os
from typing import Final

from explorer.model.missing import Missing, Reason, Unreadable

GONE: Final = {errno.ENOENT, errno.ESRCH, errno.ENODEV, errno.ESTALE, errno.EBADF}
DENIED: Final = {errno.EACCES, errno.EPERM}
USER_CURE: Final = "run as root, or as the owner of the process"
ROOT_CURE: Final = "refused even to root: it has capabilities that we have not, or a security module forbids it"


def missing(error: int, what: str, cure: str = "") -> Missing:
    """What to show in place of `what`, which Linux refused with this errno.

    A task that ends between open and read gives ESRCH, not ENOENT (fs/proc/base.c); both mean gone.
    """
    if error in GONE:
        return Missing(Reason.GONE, what, cure)
    if error in DENIED:
        return Missing(Reason.DENIED, what, cure or (USER_CURE if os.geteuid() else ROOT_CURE))
    name = errno.errorcode.get(error, str(error))
    return Missing(Reason.UNSUPPORTED, f"{what} ({name})", cure)


def unreadable(error: OSError, what: str) -> Unreadable:
    """The exception to raise for an OSError about `what`."""
    return Unreadable(missing(error.errno or 0, what))
