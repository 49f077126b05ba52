"""render/growth.py"""

from dataclasses import replace

import pytest

from explorer.decode.fd import decode_fd
from explorer.model.files import OpenFiles
from explorer.model.missing import Missing, Reason
from explorer.model.trend import Grown, Leak, Trend
from explorer.render.growth import mostly, summary, warnings
from explorer.render.piece import Role, plain

FILES = OpenFiles(7, tuple(decode_fd(number, "pipe:[1]", b"") for number in range(6)), limit=1024)
LEAK = Leak(60.0, 36, (Grown("tcp", 35, "to", "10.0.0.5:5432"), Grown("eventfd", 1)))


def said(files: OpenFiles, columns: int = 100) -> list[str]:
    return [plain(line) for line in warnings(files, columns)]


def test_how_many_of_how_many_and_their_trend() -> None:
    assert plain(summary(FILES)) == "6 of 1,024"
    assert plain(summary(replace(FILES, limit=None))) == "6 open, no limit"
    assert plain(summary(replace(FILES, limit=Missing(Reason.DENIED)))) == "6 open"
    assert plain(summary(replace(FILES, unread=1000))) == "1,006 of 1,024"
    assert plain(summary(replace(FILES, trend=Trend(12, 60.0)))) == "6 of 1,024  +12 in 60 s"
    assert plain(summary(replace(FILES, trend=Trend(-3, 20.0)))) == "6 of 1,024  -3 in 20 s"


def test_nothing_is_said_where_nothing_is_wrong() -> None:
    assert said(FILES) == []
    assert said(replace(FILES, trend=Trend(12, 60.0))) == []


def test_near_the_limit() -> None:
    assert said(replace(FILES, limit=7)) == []
    assert said(replace(FILES, limit=6)) == ["no more may be opened: 6 of 6, then EMFILE"]
    assert said(replace(FILES, limit=5)) == ["no more may be opened: 6 of 5, then EMFILE"]
    near = replace(FILES, unread=940)
    assert said(near) == ["78 more may be opened: 946 of 1,024, then EMFILE"]
    assert summary(near)[0].role is Role.MIND


def test_a_leak_with_what_leaks_and_when_it_will_be_at_the_limit() -> None:
    leaking = replace(FILES, trend=Trend(36, 60.0, LEAK))
    assert said(leaking) == ["Grows steadily: +36 in 60 s, at its limit in 28 min: mostly tcp to 10.0.0.5:5432"]
    assert said(replace(leaking, limit=None)) == ["Grows steadily: +36 in 60 s: mostly tcp to 10.0.0.5:5432"]
    assert said(leaking, 79) == ["Grows steadily: +36 in 60 s, at its limit in 28 min", "  mostly tcp to 10.0.0.5:5432"]
    assert said(leaking, 20) == ["Grows steadily: +36…", "  mostly tcp to 10.…"]
    slow = Leak(3600.0, 6)
    assert said(replace(leaking, trend=Trend(leak=slow), limit=10**9)) == ["Grows steadily: +6 in 60 min"]
    assert warnings(leaking, 100)[0][0].role is Role.MIND


@pytest.mark.parametrize(
    ("grown", "by", "text"),
    [
        ((Grown("regular", 36, "in", "/tmp"),), 36, "all regular in /tmp"),
        ((Grown("regular", 20, "", "/tmp/x"), Grown("pipe", 9)), 36, "mostly regular /tmp/x"),
        ((Grown("pipe", 12), Grown("eventfd", 10)), 36, "pipe +12, eventfd +10"),
    ],
)
def test_what_grows(grown: tuple[Grown, ...], by: int, text: str) -> None:
    assert mostly(grown, by) == text


def test_names_of_strangers_are_escaped() -> None:
    leak = Leak(60.0, 36, (Grown("unix", 36, "to", "/run/\x1b[31m"),))
    assert "\x1b" not in said(replace(FILES, trend=Trend(leak=leak)))[0]
