"""The filter language says yes and no as a person would, and says what is wrong."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.model.missing import Missing, Reason
from explorer.model.process import ProcessId
from explorer.model.snapshot import Process
from explorer.query.processes import EXAMPLES, KEYS, Filter, Wrong, parse


def process(pid: int = 812, comm: str = "nginx", argv: tuple[str, ...] | Missing = ("nginx: worker process",), **more: object) -> Process:
    nginx = Process(
        id=ProcessId(pid, 1), ppid=811, comm=comm, argv=argv, state="S", pgrp=811, session=811, tty="?", flags=0, utime=900, stime=100,
        priority=20, nice=0, threads=4, vsize=1 << 30, rss=200 << 20, uid=33, user="www-data", cpu=7.5,
    )  # fmt: skip
    return replace(nginx, **more)  # type: ignore[arg-type]


YES = [
    "", "   ", "nginx", "worker process", '"worker process"', "nginx: worker",
    "user:www-data", "user:33", "cpu>5", "cpu<=7.5",
    "rss>100M", "rss=200m", "mem<1G", "vsize>=1G", "state:S", "state:s", "state:D,S", "pid:812", "pid:1,812", "ppid:811", "pgrp:811",
    "!cron",
    "nginx !cron cpu>5", "time>9s", "time<1m", "threads>3", "nice:0", "tty:?", "comm:ngi", "!user:root", '!"nginx worker"', "pid:812,",
]  # fmt: skip
NO = [
    "cron", "Worker", "!nginx", "user:root", "user:www", "cpu>7.5", "rss>201M", "state:D", "state:DZ", "pid:81", "ppid:812", "nginx cron",
    "time>10s", "threads<4", "nice<0", "tty:pts", "comm:worker", '"worker  process"', "!pid:812",
]  # fmt: skip


@pytest.mark.parametrize("text", YES)
def test_wants(text: str) -> None:
    wish = parse(text)
    assert isinstance(wish, Filter)
    assert wish(process())


@pytest.mark.parametrize("text", [*NO, "NGINX"])
def test_does_not_want(text: str) -> None:
    wish = parse(text)
    assert isinstance(wish, Filter)
    assert not wish(process())


@pytest.mark.parametrize(
    ("text", "word"),
    [("cpu>x", "number"), ("rss>10Q", "size"), ("time>1y", "time"), ("state:Q", "states are"), ("pid:x", "numbers"), ("user:", "wants"),
     ("!", "!"), ("user>5", "compared"), ("cpu>", "cpu>5"), ("nginx cpu>", "cpu>5"), ("pid:²", "numbers")],
)  # fmt: skip
def test_says_what_is_wrong(text: str, word: str) -> None:
    wrong = parse(text)
    assert isinstance(wrong, Wrong)
    assert word in wrong.message


def test_every_key_has_an_example_that_is_a_filter() -> None:
    assert set(EXAMPLES) == set(KEYS)
    assert all(isinstance(parse(example), Filter) for example in EXAMPLES.values())


def test_the_program_is_found_behind_a_rewritten_title() -> None:
    wish = parse("gunicorn")
    assert isinstance(wish, Filter)
    assert wish(process(comm="gunicorn", argv=("master [shop]",)))
    assert wish(process(comm="gunicorn", argv=Missing(Reason.TIMED_OUT)))
    assert wish(process(comm="gunicorn", argv=()))


def test_the_words_can_be_marked() -> None:
    wish = parse('ngi !cron user:x "R p"')
    assert isinstance(wish, Filter)
    assert wish.words == ("ngi", "R p")
    assert wish.spans("NGINX workeR process ngi") == [(0, 3), (11, 14), (21, 24)]


@given(st.text(max_size=40), st.sampled_from(["", *(f"{key}{sign}" for key in KEYS for sign in (":", ">", "<=", "="))]))
@settings(max_examples=200, deadline=None)
def test_nothing_that_is_typed_raises(text: str, head: str) -> None:
    wish = parse(head + text)
    if isinstance(wish, Filter):
        wish(process())
        wish(process(argv=Missing(Reason.TIMED_OUT), uid=Missing(Reason.GONE), comm="\udcff\n"))
        wish.spans(head + text)
    else:
        assert wish.message
