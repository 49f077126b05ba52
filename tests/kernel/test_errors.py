"""kernel/errors.py"""

import errno
import os

import pytest

from explorer.kernel.errors import missing, unreadable
from explorer.model.missing import Reason


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (errno.ENOENT, Reason.GONE),
        (errno.ESRCH, Reason.GONE),
        (errno.EACCES, Reason.DENIED),
        (errno.EPERM, Reason.DENIED),
        (errno.EINVAL, Reason.UNSUPPORTED),
        (errno.EIO, Reason.UNSUPPORTED),
        (99999, Reason.UNSUPPORTED),
        (0, Reason.UNSUPPORTED),
    ],
)
def test_reasons(error: int, reason: Reason) -> None:
    found = missing(error, "/proc/1/x")
    assert found.reason is reason
    assert "/proc/1/x" in found.detail


def test_what_would_help_depends_on_who_we_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert "run as root" in missing(errno.EACCES, "x").cure
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert "refused even to root" in missing(errno.EACCES, "x").cure
    assert missing(errno.EACCES, "x", "ask her").cure == "ask her"


def test_an_unknown_errno_says_its_name_or_number() -> None:
    assert "ENAMETOOLONG" in missing(errno.ENAMETOOLONG, "x").detail
    assert "99999" in missing(99999, "x").detail
    assert unreadable(OSError(), "x").missing.reason is Reason.UNSUPPORTED
