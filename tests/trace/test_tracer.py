"""trace/tracer.py: what is taken where nobody says otherwise, and a refusal's words."""

from explorer.model.missing import Missing, Reason
from explorer.trace.tracer import ALL, Capture, Refused


def test_everything_is_taken_unless_said() -> None:
    assert Capture() == ALL
    assert (ALL.calls, ALL.tids, ALL.fds) == (None, None, None)
    assert (ALL.failed, ALL.succeeded, ALL.slower, ALL.string, ALL.signals, ALL.follow) == (True, True, 0, 32, True, True)


def test_a_refusal_says_why() -> None:
    refused = Refused(Missing(Reason.DENIED, "812 is traced by 900 gdb", "end it there"))
    assert str(refused) == "812 is traced by 900 gdb"
    assert refused.missing.cure == "end it there"
