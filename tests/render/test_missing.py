"""render/missing.py"""

import pytest

from explorer.model.missing import Missing, Reason
from explorer.render.missing import ROLES, sentence, short
from explorer.render.piece import plain


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_has_a_word_and_a_colour(reason: Reason) -> None:
    assert plain(short(Missing(reason))) == reason.value
    assert reason in ROLES


def test_sentences() -> None:
    assert plain(sentence(Missing(Reason.DENIED, "/proc/1/exe", "run as root"))) == "/proc/1/exe: denied — run as root"
    assert plain(sentence(Missing(Reason.GONE))) == "gone"
    assert plain(sentence(Missing(Reason.UNSUPPORTED, "a kernel thread has no memory"))) == "a kernel thread has no memory"
    assert plain(sentence(Missing(Reason.GONE, "x\x1b"))) == r"x\e: gone"
