"""cli/descriptors/order.py"""

import pytest

from explorer.cli.descriptors.order import ALIASES, Order, sorting
from explorer.model.opened import SORTS
from explorer.query.inet import NotUnderstood
from tests.query.things import NGINX, SHELL, THINGS

ROWS = [(who, [thing for owner, thing in THINGS.values() if owner is who]) for who in (NGINX, SHELL)]
NAMES = {id(thing): name for name, (_, thing) in THINGS.items()}


def order(text: str) -> list[str]:
    return [NAMES[id(thing)] for _, (thing,) in sorting(text).sorted(ROWS)]


def test_sizes_have_the_largest_first_unless_asked_otherwise() -> None:
    assert set(order("size")[:3]) == {"folder", "nfs", "log"}
    assert order("+size")[-1] in {"folder", "nfs", "log"}
    assert order("queue")[0] == "client"


def test_names_begin_with_the_smallest() -> None:
    found = order("pid")
    assert [name in {"nfs", "folder", "client", "unix", "pipe", "exe"} for name in found] == [True] * 6 + [False] * 6
    assert order("-pid")[:6] == order("command")[:6]
    assert sorting("-name") == Order("target", True)


def test_every_key_and_alias_sorts_everything() -> None:
    for key in {*SORTS, *ALIASES} - {"rate"}:
        assert len(order(key)) == len(THINGS), key


@pytest.mark.parametrize("key", ["colour", "rate", "-", "ſize"])
def test_what_nothing_is_sorted_by(key: str) -> None:
    with pytest.raises(NotUnderstood, match="nothing is sorted by"):
        sorting(key)
