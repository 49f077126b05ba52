"""query/selection.py"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.model.keeping import Keeping
from explorer.query import terms
from explorer.query.selection import EVERY_WAY, Selection, Term
from explorer.query.thing import Thing
from tests.query.things import THINGS

PIDS = {"nginx": terms.pid(812), "sh": terms.pid(9), "nobody": terms.pid(4)}
LOG = Term("file", "/var/log", thing=lambda thing: getattr(thing, "path", "").startswith("/var/log"), ways=EVERY_WAY)


def chosen(selection: Selection) -> list[str]:
    found = []
    for name, (owner, thing) in THINGS.items():
        met = selection.process(owner)
        if met is not None and selection.chosen(met, thing) is not None:
            found.append(name)
    return found


def is_number(thing: Thing, *numbers: int) -> bool:
    return getattr(thing, "number", -1) in numbers


DESCRIPTORS = [name for name, (_, thing) in THINGS.items() if not isinstance(thing, Keeping)]


@pytest.mark.parametrize(
    ("selection", "names"),
    [
        (Selection(), " ".join(DESCRIPTORS)),
        (Selection(keepings=True), " ".join(THINGS)),
        (Selection((PIDS["nginx"],)), "log gone listens memfd"),
        (Selection((PIDS["nginx"],), keepings=True), "log gone listens memfd cwd library"),
        (Selection((PIDS["nobody"],)), ""),
        (Selection((terms.network(""),)), "listens client"),
        (Selection((PIDS["sh"], terms.network(""))), "nfs folder listens client unix pipe"),
        (Selection((PIDS["sh"], terms.network("")), together=True), "client"),
        (Selection((PIDS["sh"], PIDS["nginx"], terms.network("")), together=True), "listens client"),
        (Selection((PIDS["nobody"], terms.network("")), together=True), ""),
        (Selection((terms.network(""), terms.unix()), together=True), ""),
        (Selection((terms.network(""), terms.unix())), "listens client unix"),
        (Selection((LOG,)), "log gone folder cwd"),
        (Selection((LOG, terms.links("1"))), "log gone folder memfd cwd library"),
        (Selection((LOG, terms.links("1")), together=True), "gone"),
        (Selection((LOG, PIDS["nginx"]), together=True), "log gone cwd"),
        (Selection((LOG, PIDS["nginx"])), "log gone folder listens memfd cwd"),
        (Selection((LOG,), not_owner=(terms.is_user("root"),)), "log gone cwd"),
        (Selection((LOG,), not_thing=(lambda thing: is_number(thing, 4),)), "gone folder cwd"),
        (Selection(not_thing=(terms.states("TCP:LISTEN"),)), " ".join(name for name in DESCRIPTORS if name != "client")),
    ],
)
def test_what_is_meant(selection: Selection, names: str) -> None:
    assert chosen(selection) == names.split()


def test_which_terms_were_met_is_told() -> None:
    selection = Selection((PIDS["nginx"], PIDS["nobody"], terms.network(":443"), terms.network(":444")))
    owner, thing = THINGS["listens"]
    assert selection.process(owner) == frozenset({0})
    assert selection.chosen(frozenset({0}), thing) == frozenset({0, 2})


def test_nobody_looks_at_processes_of_which_nothing_can_be_meant() -> None:
    owner = THINGS["client"][0]
    assert Selection((PIDS["nginx"],)).process(owner) is None
    assert Selection((PIDS["nginx"], terms.unix())).process(owner) == frozenset()
    assert Selection((PIDS["nginx"], terms.unix()), together=True).process(owner) is None
    assert Selection(not_owner=(terms.is_command("s"),)).process(owner) is None


def test_what_is_no_descriptor_is_looked_at_only_where_it_may_be_meant() -> None:
    numbers = terms.descriptors(["cwd,3"]).term
    assert numbers is not None
    assert Selection((PIDS["nginx"], terms.network(""), terms.unix())).ways == set()
    assert Selection((LOG, terms.network(""))).ways == EVERY_WAY
    assert Selection((LOG, terms.network("")), together=True).ways == set()
    assert Selection((terms.nfs(), PIDS["sh"]), together=True).ways == EVERY_WAY
    assert Selection((numbers,)).ways == {"cwd"}
    assert Selection((numbers, LOG), together=True).ways == {"cwd"}
    assert Selection((PIDS["sh"],), keepings=True).ways == EVERY_WAY
    assert Selection((terms.unix(), PIDS["sh"]), keepings=True).ways == EVERY_WAY
    assert Selection((terms.unix(), PIDS["sh"]), together=True, keepings=True).ways == set()


def test_where_only_sockets_can_be_meant() -> None:
    sockets = (terms.network(""), terms.unix())
    assert Selection(sockets).only_sockets
    assert Selection((*sockets[:1], PIDS["sh"]), together=True).only_sockets
    assert not Selection((*sockets, PIDS["sh"])).only_sockets
    assert not Selection((*sockets, LOG)).only_sockets
    assert not Selection((PIDS["sh"],), together=True).only_sockets
    assert not Selection().only_sockets


@given(st.lists(st.sampled_from([*PIDS.values(), LOG, terms.unix(), terms.network("tcp"), terms.user("root")]), min_size=1))
def test_and_is_within_or_and_order_does_not_matter(some: list[Term]) -> None:
    either, both = chosen(Selection(tuple(some))), chosen(Selection(tuple(some), together=True))
    assert set(both) <= set(either)
    assert chosen(Selection(tuple(reversed(some)))) == either
    if len({term.sort for term in some}) == 1:
        assert both == either
