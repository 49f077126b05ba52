"""userfaultfd(2): page faults of a process, handled by a program."""

from dataclasses import dataclass
from typing import ClassVar, Final

from explorer.decode.constants.bits import names
from explorer.decode.fd.raw import RawFd, integer, known
from explorer.model.fd import Fd
from explorer.model.missing import Missing, Reason

NONE: Final = Missing(Reason.UNSUPPORTED)
INITIALIZED: Final = 1 << 31
"""UFFD_FEATURE_INITIALIZED, the kernel's own."""
FEATURES: Final = {
    1 << bit: name
    for bit, name in enumerate((
        "PAGEFAULT_FLAG_WP", "EVENT_FORK", "EVENT_REMAP", "EVENT_REMOVE", "MISSING_HUGETLBFS", "MISSING_SHMEM",
        "EVENT_UNMAP", "SIGBUS", "THREAD_ID", "MINOR_HUGETLBFS", "MINOR_SHMEM", "EXACT_ADDRESS", "WP_HUGETLBFS_SHMEM",
        "WP_UNPOPULATED", "POISON", "WP_ASYNC", "MOVE",
    ))
}  # fmt: skip
"""UFFD_FEATURE_* of include/uapi/linux/userfaultfd.h."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserFaultFd(Fd):
    """pending: faults that nobody has read yet. total: faults that are not resolved yet, read or not. api: version and features.

    features: of UFFDIO_API, by name, those that the program asked for.
    """

    kind: ClassVar[str] = "userfaultfd"

    pending: int | Missing
    total: int | Missing
    api: str = ""
    features: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        return "userfaultfd"


def decode(raw: RawFd) -> UserFaultFd | None:
    """anon_inode:[userfaultfd] (mm/userfaultfd.c)"""
    api = raw.first("API")
    asked = known(integer(api.split(":")[1] if api.count(":") == 2 else "", 16, NONE))
    features = names(asked & ~INITIALIZED, FEATURES)
    return UserFaultFd(**raw.common, pending=raw.number_of("pending"), total=raw.number_of("total"), api=api, features=features)
