"""decode/proc/cmdline.py"""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc.cmdline import decode
from explorer.decode.proc.start_stack import StartStack
from explorer.decode.text import exact

ARGUMENTS = st.lists(st.binary(max_size=12).map(lambda raw: raw.replace(b"\0", b"x")), min_size=1, max_size=6)


def started(arguments: list[bytes]) -> StartStack:
    """What execve leaves for these."""
    starts, at = [], 0
    for argument in arguments:
        starts.append(at)
        at += len(argument) + 1
    return StartStack(len(arguments), tuple(starts))


@settings(max_examples=50)
@given(ARGUMENTS)
def test_arguments_come_back_exactly_where_argc_is_known(arguments: list[bytes]) -> None:
    raw = b"\0".join(arguments) + b"\0"
    argv = decode(raw, started(arguments), len(raw))
    assert [exact(argument) for argument in argv.args] == arguments
    assert not argv.rewritten


def test_plain_without_argc() -> None:
    assert decode(b"sleep\x00300\0").args == ("sleep", "300")
    assert not decode(b"sleep\x00300\0").rewritten


def test_none() -> None:
    assert decode(b"").args == ()
    assert not decode(b"").rewritten


def test_case_10_empty_arguments_stay() -> None:
    raw = b"python3\0-c\0pass\0\0a b\0c\nd\0\0'\0"
    assert decode(raw).args == ("python3", "-c", "pass", "", "a b", "c\nd", "", "'")
    assert decode(b"\x00300\0").args == ("", "300")
    assert decode(b"\0").args == ("",)
    assert decode(b"a\0\0\0\0", StartStack(4, (0, 2, 3, 4)), 5).args == ("a", "", "", "")


def test_case_09_title_with_padding() -> None:
    title = decode(b"web: worker 3" + bytes(20))
    assert title.args == ("web: worker 3",)
    assert title.rewritten
    assert title.padding == 19


def test_case_09_title_with_argc() -> None:
    title = decode(b"web: worker 3\0", StartStack(3, ()), 14)
    assert (title.args, title.rewritten, title.padding) == (("web: worker 3",), True, 0)


def test_case_09_title_that_has_as_many_nuls_as_arguments() -> None:
    """Seventeen letters and three NULs over what began as three arguments: where they began tells."""
    title = decode(b"x" * 17 + bytes(3), StartStack(3, (0, 5, 9)), 20)
    assert (title.args, title.rewritten) == (("x" * 17,), True)


def test_title_that_ran_over_into_the_environment() -> None:
    """nginx's master on Debian: the kernel gives it up to its NUL, longer than the arguments were."""
    title = decode(b"nginx: master process /usr/sbin/nginx -g daemon on;\0", StartStack(3, ()), 30)
    assert title.args == ("nginx: master process /usr/sbin/nginx -g daemon on;",)
    assert title.rewritten


def test_title_without_an_end() -> None:
    assert decode(b"postgres: checkpointer ").rewritten


def test_case_04_wiped() -> None:
    for argc in (0, 2):
        wiped = decode(bytes(11), StartStack(argc))
        assert (wiped.args, wiped.rewritten, wiped.padding) == ((), True, 11)


def test_overwritten_head_keeps_the_rest_apart() -> None:
    argv = decode(b"x\0in/sleep\x00300\0", StartStack(2, (0, 11)), 15)
    assert argv.args == ("x", "in/sleep", "300")
    assert argv.rewritten


def test_cut() -> None:
    argv = decode(b"a\0bbbb", StartStack(9), 1 << 30, limit=6)
    assert argv.cut
    assert not argv.rewritten
    assert argv.args == ("a", "bbbb")


@settings(max_examples=100)
@given(st.binary(max_size=60), st.integers(0, 10), st.integers(0, 100), st.lists(st.integers(-5, 80), max_size=5), st.integers(0, 60))
def test_never_raises_and_keeps_the_bytes(raw: bytes, argc: int, area: int, starts: list[int], limit: int) -> None:
    argv = decode(raw, StartStack(argc, tuple(starts)), area, limit)
    assert argv.raw == raw
    assert exact("\0".join(argv.args)) in {raw, raw.rstrip(b"\0"), raw.removesuffix(b"\0"), b""}
