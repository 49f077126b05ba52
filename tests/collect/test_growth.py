"""collect/growth.py, with a clock that is not one."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.collect.growth import YOUNG, Group, Growth, group_of, grown
from explorer.decode.fd import decode_fd
from explorer.decode.fd.raw import Stat
from explorer.decode.fd.socket import SocketFd
from explorer.model.fd import Fd
from explorer.model.missing import Missing, Reason
from explorer.model.socket import InetSocket, Socket, UnixSocket
from explorer.model.trend import Grown, Trend
from tests.decode.fd.anything import infos, links, stats


def watched(counts: Callable[[float], float], seconds: int, age: float = YOUNG) -> list[Trend]:
    """What is told each second of a process that has so many then."""
    growth = Growth(age)
    return [growth.trend(now, int(counts(now))) for now in range(seconds)]


def hinted(trends: list[Trend]) -> list[int]:
    return [second for second, trend in enumerate(trends) if trend.leak is not None]


def test_what_grows_steadily_is_told_after_a_minute_for_as_long_as_it_does() -> None:
    trends = watched(lambda now: 20 + now, 300)
    first = hinted(trends)[0]
    assert 50 <= first <= 70
    assert hinted(trends) == list(range(first, 300))
    leak = trends[200].leak
    assert leak is not None
    assert 0.8 < leak.rate < 1.3


def test_it_is_gone_at_once_when_they_fall() -> None:
    trends = watched(lambda now: 20 + now if now < 200 else 30, 300)
    assert max(hinted(trends)) == 199


def test_and_soon_when_they_stay_as_they_are() -> None:
    trends = watched(lambda now: 20 + min(now, 200), 600)
    assert 200 < max(hinted(trends)) < 600


@pytest.mark.parametrize("age", [0.0, 30.0, YOUNG, 10_000.0])
@pytest.mark.parametrize("seconds", [0.5, 5, 20, 45])
def test_who_merely_starts_up_leaks_nothing(seconds: float, age: float) -> None:
    """A process that opens all that it needs, at one stroke or bit by bit, and stays so."""
    assert not hinted(watched(lambda now: 3 + 500 * min(1.0, now / seconds), 1200, age))


def test_a_process_that_starts_slowly_has_a_minute_for_it() -> None:
    assert not hinted(watched(lambda now: 3 + min(now, 58), 1200, age=0.0))


def test_who_comes_and_goes_leaks_nothing() -> None:
    chance = random.Random(1)
    assert not hinted(watched(lambda _: 100 + chance.randrange(200), 3600))
    assert not hinted(watched(lambda now: 100 + now % 25, 3600))


def test_a_leak_below_what_comes_and_goes_is_seen() -> None:
    chance = random.Random(1)
    assert hinted(watched(lambda now: 100 + now // 2 + chance.choice([0, 0, 50]), 400))


def test_a_slow_leak_takes_longer_and_is_told_too() -> None:
    trends = watched(lambda now: 50 + now // 30, 900)
    assert hinted(trends)
    assert hinted(trends)[0] > 300
    leak = trends[-1].leak
    assert leak is not None
    assert leak.by >= 6
    assert leak.seconds >= 300


def test_a_step_now_and_then_is_no_leak() -> None:
    assert not hinted(watched(lambda now: 50 + 100 * (now // 500), 1400))


def test_what_was_not_watched_is_not_known() -> None:
    growth = Growth()
    for now in range(5):
        growth.trend(now, 20 + now)
    growth.trend(10_000, 5_000)
    assert growth.trend(10_001, 5_001).leak is None


def test_the_trend_is_of_the_last_minute_and_told_in_whole_tens_of_seconds() -> None:
    trends = watched(lambda now: 20 + now // 5, 200)
    assert trends[9] == Trend()
    assert (trends[10].by, trends[10].seconds) == (2, 10.0)
    assert (trends[150].by, trends[150].seconds) == (12, 60.0)
    assert watched(lambda _: 20, 200)[-1] == Trend()


def eventfd(number: int) -> Fd:
    return decode_fd(number, "anon_inode:[eventfd]", b"")


def file(number: int, path: str) -> Fd:
    return decode_fd(number, path, b"", Stat(1, 2, 0o100644, 1, 0, 5))


def tcp(number: int, **facts: object) -> Fd:
    fd = decode_fd(number, f"socket:[{number}]", b"")
    assert isinstance(fd, SocketFd)
    return replace(fd, socket=InetSocket(inode=number, family="inet", protocol="tcp", **facts))  # type: ignore[arg-type]


def leaked(make: Callable[[int], Fd], seconds: int = 100) -> tuple[Grown, ...]:
    """What a leak of one of these a second is said to be of."""
    growth = Growth()
    for number in range(5):
        growth.has(eventfd(number), before=True)
    for now in range(seconds):
        growth.has(make(1000 + now), before=False)
        # These come and go.
        growth.has(eventfd(500), before=False)
        growth.forget(500)
        trend = growth.trend(now, 5 + now)
    assert trend.leak is not None
    return trend.leak.grown


def test_which_kind_or_target_grows() -> None:
    assert leaked(eventfd)[0].kind == "eventfd"
    to = leaked(lambda number: tcp(number, local=("10.0.0.1", number), remote=("10.0.0.5", 5432)))[0]
    assert (to.kind, to.how, to.target) == ("tcp", "to", "10.0.0.5:5432")
    inbound = leaked(lambda number: tcp(number, local=("10.0.0.1", 80), remote=("10.0.0.9", number), inbound=True))[0]
    assert (inbound.how, inbound.target) == ("at", "10.0.0.1:80")
    assert leaked(lambda number: file(number, "/var/log/app.log"))[0].target == "/var/log/app.log"
    folder = leaked(lambda number: file(number, f"/tmp/cache/{number}"))[0]
    assert (folder.kind, folder.how, folder.target) == ("regular", "in", "/tmp/cache")
    spread = leaked(lambda number: file(number, f"/srv/{number}/x"))[0]
    assert (spread.kind, spread.target) == ("regular", "")


def test_what_is_closed_again_has_not_grown() -> None:
    growth = Growth()
    for now in range(100):
        growth.has(file(2000 + now, "/once"), before=False)
        growth.forget(2000 + now)
        growth.has(eventfd(1000 + now), before=False)
        found = growth.trend(now, 5 + now).leak
    assert found is not None
    assert [each.kind for each in found.grown] == ["eventfd"]


def test_a_socket_that_connects_is_counted_once() -> None:
    growth = Growth()
    for now in range(100):
        growth.has(tcp(1000 + now), before=False)
        growth.has(tcp(1000 + now, local=("10.0.0.1", now), remote=("10.0.0.5", 1)), before=False)
        found = growth.trend(now, 5 + now).leak
    assert found is not None
    assert [each.target for each in found.grown] == ["10.0.0.5:1"]


def test_many_different_things_do_not_take_much_room() -> None:
    growth = Growth()
    for number in range(100_000):
        if number % 1000 == 0:
            growth.trend(number // 1000, number)
        growth.has(file(number, f"/srv/{number}"), before=False)
    assert max(len(part.groups) for scale in growth._scales for part in scale.parts) <= 257


def test_groups() -> None:
    assert group_of(eventfd(1)) == Group("eventfd")
    fd = decode_fd(1, "socket:[1]", b"")
    assert isinstance(fd, SocketFd)
    unix = UnixSocket(inode=1, family="unix", peer_path="/run/x")
    assert group_of(replace(fd, socket=unix)) == Group("unix", "to", "/run/x")
    assert group_of(replace(fd, socket=Missing(Reason.DENIED))) == Group("socket")
    assert group_of(replace(fd, socket=Socket(inode=1, family="vsock"))) == Group("vsock")


@given(st.integers(0, 10**6), links, infos, stats)
def test_anything_has_a_group(number: int, link: str, info: bytes | Missing, stat: object) -> None:
    group = group_of(decode_fd(number, link, info, stat))  # type: ignore[arg-type]
    assert all(isinstance(part, str) for part in group)
    assert sum(each.by for each in grown(Counter({group: 3}))) == 3


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=200), st.floats(0, 1000))
def test_whatever_the_counts_a_leak_is_of_more(counts: list[int], age: float) -> None:
    growth = Growth(age)
    for index, count in enumerate(counts):
        leak = growth.trend(index * 7.0, count).leak
        assert leak is None or (leak.by > 0 and leak.seconds > 0)
