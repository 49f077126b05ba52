"""kcmp(2)."""

import os
import platform

import pytest

from explorer.kernel.kcmp import same_file
from explorer.model.missing import Reason, Unreadable


def test_a_copy_is_the_same_open_file_and_another_of_its_kind_is_not() -> None:
    one = os.eventfd(0)
    copy, other = os.dup(one), os.eventfd(0)
    try:
        assert same_file(os.getpid(), one, os.getpid(), copy)
        assert not same_file(os.getpid(), one, os.getpid(), other)
        os.close(copy)
        with pytest.raises(Unreadable) as refused:
            same_file(os.getpid(), one, os.getpid(), copy)
        assert refused.value.missing.reason is Reason.GONE
    finally:
        os.close(one)
        os.close(other)


def test_a_machine_whose_number_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "vax")
    with pytest.raises(Unreadable) as refused:
        same_file(1, 0, 1, 0)
    assert refused.value.missing.reason is Reason.UNSUPPORTED
