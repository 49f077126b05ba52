"""query/trace/draft.py: every key that strace has is understood."""

import pytest

from explorer.query.trace import Wrong
from explorer.query.trace.draft import KEYS, Draft
from explorer.trace.filters import words

VALUES = {"status": "failed", "quiet": "exit", "slower": "1ms", "errno": "ENOENT", "path": "/etc", "text": "x", "trace": "read"}


@pytest.mark.parametrize("key", KEYS)
def test_each_key_takes_its_value(key: str) -> None:
    draft = Draft("", words())
    wrong = draft.key(key, VALUES.get(KEYS[key], "1"))
    if key in {"inject", "fault"}:
        assert isinstance(wrong, Wrong)
        assert "never changes a process" in wrong.message
    else:
        assert wrong is None


@pytest.mark.parametrize(
    "key", sorted({*KEYS} - {"text", "kvm", "secontext", "namespace", *(key for key in KEYS if key.startswith("decode"))})
)
def test_each_key_wants_one(key: str) -> None:
    assert isinstance(Draft("", words()).key(key, ""), Wrong)


def test_a_path_is_told_without_its_last_slash() -> None:
    draft = Draft("", words())
    draft.path("/etc/,/")
    folders = draft.done().folders
    assert folders is not None
    assert folders.items == {"/etc", "/"}
