"""query/terms.py"""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.query import terms
from explorer.query.inet import NotUnderstood
from explorer.query.selection import Term
from explorer.query.thing import Owner, Thing
from tests.query.things import THINGS


def hits(asks: Callable[[Thing], bool] | None) -> list[str]:
    assert asks is not None
    return [name for name, (_, thing) in THINGS.items() if asks(thing)]


def test_lists() -> None:
    assert terms.split(["1,2", "^3 4"], "-p") == (("1", "2", "4"), ("3",))
    assert terms.numbers(("1", "2"), "-p") == (1, 2)


@pytest.mark.parametrize(("option", "value"), [("-p", ""), ("-u", ","), ("-g", "^")])
def test_empty_lists_are_refused_with_an_example(option: str, value: str) -> None:
    with pytest.raises(NotUnderstood, match=f"{option} .*as in {option} "):
        terms.split([value], option)


@pytest.mark.parametrize("word", ["nginx", "-1", "12345678901", "１"])
def test_pids_are_numbers(word: str) -> None:
    with pytest.raises(NotUnderstood, match="the name of a process goes with -c"):
        terms.numbers([word], "-p")


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        ("ng", "nginx"),
        ("nginx", "nginx"),
        ("NGINX", ""),
        ("ginx", ""),
        ("/ginx/", "nginx"),
        ("/GINX/i", "nginx"),
        ("/^(nginx|sh)$/", "nginx sh"),
        ("/^\\(nginx\\|sh\\)$/b", "nginx sh"),
        ("/a+b/bi", "a+b"),
        ("/^.{2}$/", "sh"),
        ("a-name-that-is-longer-than-the-kernel-keeps", "a-name-that-is-"),
        ("a/", ""),
    ],
)
def test_commands(text: str, commands: str) -> None:
    asks = terms.is_command(text)
    assert [comm for comm in ("nginx", "sh", "a+b", "a-name-that-is-") if asks(Owner(1, comm))] == commands.split()


@pytest.mark.parametrize("text", ["", "/x", "/x/q", "/(/", "/*/"])
def test_commands_that_are_none(text: str) -> None:
    with pytest.raises(NotUnderstood, match="-c"):
        terms.is_command(text)


def test_users_by_name_or_number() -> None:
    assert [terms.is_user(word)(Owner(1, "x", "www-data", 33)) for word in ("www-data", "33", "3", "")] == [True, True, False, False]


@pytest.mark.parametrize(
    ("values", "names"),
    [
        (["4"], "log"),
        (["0-3", "10"], "folder unix pipe"),
        (["cwd,1"], "pipe cwd"),
        (["mem"], ""),
        (["DEL"], "library"),
        (["mapped"], "library"),
        (["txt"], "exe"),
        (["rtd"], ""),
        (["fd"], "log gone nfs folder listens client unix pipe memfd"),
    ],
)
def test_descriptors(values: list[str], names: str) -> None:
    found = terms.descriptors(values)
    assert found.denied is None
    assert found.term is not None
    assert hits(found.term.thing) == names.split()


def test_descriptors_that_are_not_wanted() -> None:
    found = terms.descriptors(["^4", "^cwd,^5-99"])
    assert found.term is None
    assert hits(found.denied) == ["log", "gone", "nfs", "listens", "client", "unix", "memfd", "cwd"]
    assert terms.descriptors([]) == (None, None)


@pytest.mark.parametrize(
    ("value", "says"), [("1,^2", "either descriptors"), ("x", "want numbers"), ("7-3", "want numbers"), ("", "wants at least one")]
)
def test_descriptors_that_are_none(value: str, says: str) -> None:
    with pytest.raises(NotUnderstood, match=says):
        terms.descriptors([value])


@pytest.mark.parametrize(
    ("term", "names"),
    [
        (terms.network(":443"), "listens client"),
        (terms.unix(), "unix"),
        (terms.nfs(), "nfs"),
        (terms.links("1"), "gone memfd library"),
        (terms.links("2"), "log gone nfs folder memfd library exe"),
        (terms.deleted(), "gone library"),
    ],
)
def test_files_and_sockets(term: Term, names: str) -> None:
    assert hits(term.thing) == names.split()
    assert term.nothing


def test_processes() -> None:
    owner = Owner(812, "nginx", "www-data", 33, 811)
    for met, others in ((terms.pid(812), terms.pid(811)), (terms.pgrp(811), terms.pgrp(812)), (terms.command("ng"), terms.command("sh"))):
        assert met.owner is not None
        assert others.owner is not None
        assert (met.owner(owner), others.owner(owner)) == (True, False)
        assert met.sort == others.sort


@pytest.mark.parametrize("text", ["", "0", "x", "-1", "9999999999"])
def test_links_are_a_number(text: str) -> None:
    with pytest.raises(NotUnderstood, match=re.escape("+L")):
        terms.links(text)


def test_states_leave_out_other_tcp_sockets() -> None:
    assert hits(terms.states("TCP:LISTEN")) == ["client"]
    assert hits(terms.states("TCP:^LISTEN")) == ["listens"]


PARTS = ("/", "(", ")", "\\", "[", "^", "1", "-", ",", "cwd", "fd", "x", "i", "b", "{9}", "*", "é", "\udcff", " ")


@settings(max_examples=200)
@given(st.one_of(st.text(max_size=12), st.lists(st.sampled_from(PARTS), max_size=8).map("".join)))
def test_odd_words_are_refused_in_one_line_or_understood(text: str) -> None:
    owner, thing = THINGS["log"]
    makers: tuple[Callable[[], object], ...] = (
        lambda: terms.is_command(text)(owner),
        lambda: terms.is_numbered(terms.split([text], "-d").wanted)(thing),
        lambda: terms.numbers(terms.split([text], "-p").wanted, "-p"),
        lambda: terms.links(text),
        lambda: terms.states(text),
        lambda: terms.descriptors([text]),
    )
    said = []
    for made in makers:
        try:
            assert made() is not None
        except NotUnderstood as why:
            said.append(str(why))
    assert all(said)
