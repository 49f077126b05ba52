"""ui/machine/looking.py"""

from dataclasses import replace
from typing import Any

from explorer.model.keeping import Keeping
from explorer.model.opened import Opened, Owner
from explorer.model.socket import InetSocket
from explorer.query.inet import NO_NAMES
from explorer.query.processes import Wrong
from explorer.ui.machine.demand import Demand, Group, Picture
from explorer.ui.machine.looking import Looking, meaning
from tests.opened import Clock, Played, file, held, opened, socket_fd

LISTENS = InetSocket(inode=1, family="inet", type="stream", protocol="tcp", state="LISTEN", local=("0.0.0.0", 80))


def machine() -> Played:
    return Played(
        *(held(pid, file(3, "/var/log/a", size=pid), socket_fd(6, LISTENS)) for pid in (811, 812, 813)),
        held(9, file(1, "/dev/null"), comm="sh", uid=0),
    )


def settled(looking: Looking) -> Picture:
    for _ in range(100):
        looking.read()
        picture = looking.step()
        if not looking.reads and not looking.arranges and picture.demand == looking.demand:
            return picture
    raise AssertionError("it never comes to rest")


def lines(picture: Picture) -> list[Any]:
    rows = [picture.at(line) for line in range(len(picture))]
    return [getattr(row, "label", None) or (row.owner.process.pid, row.slot[1]) for row in rows]  # type: ignore[union-attr]


def test_the_first_rows_are_there_before_the_last_process_was_looked_at() -> None:
    looking = Looking(machine().rounds(Clock(ticks=0.03)), clock=Clock())
    looking.read()
    picture = looking.step()
    assert looking.reads
    assert 0 < len(picture) < 7
    assert picture.looked.processes < picture.looked.total == 4
    assert lines(settled(looking)) == [(9, 1), (811, 3), (811, 6), (812, 3), (812, 6), (813, 3), (813, 6)]


def test_filter_order_and_groups_are_changed_without_reading_anew() -> None:
    played = machine()
    looking = Looking(played.rounds(Clock()), clock=Clock())
    settled(looking)
    looking.held = True
    played.asked.clear()
    looking.demand = Demand("tcp:LISTEN")
    assert lines(settled(looking)) == [(811, 6), (812, 6), (813, 6)]
    looking.demand = Demand("nginx", sort="size", descending=True)
    assert lines(settled(looking))[:3] == [(813, 3), (812, 3), (811, 3)]
    looking.demand = Demand("", group="kind", unfolded=frozenset({"tcp"}))
    assert lines(settled(looking)) == ["regular", "tcp", (811, 6), (812, 6), (813, 6)]
    assert played.asked == []


def test_what_is_not_a_filter_changes_nothing() -> None:
    looking = Looking(machine().rounds(Clock()), clock=Clock())
    looking.demand = Demand("size>much")
    assert len(settled(looking)) == 7


def test_held_still_nothing_is_read() -> None:
    played = machine()
    looking = Looking(played.rounds(Clock()), clock=Clock())
    settled(looking)
    looking.held = True
    del played.holds[9]
    assert len(settled(looking)) == 7
    looking.held = False
    assert len(settled(looking)) == 6


def test_where_the_selected_row_has_gone_is_told() -> None:
    played = machine()
    looking = Looking(played.rounds(Clock()), clock=Clock())
    picture = settled(looking)
    assert picture.chosen == -1
    chosen = looking.chosen = picture.rows[3]

    def found(demand: Demand) -> Opened | Group | None:
        looking.demand = demand
        picture = settled(looking)
        return picture.at(picture.chosen) if picture.chosen >= 0 else None

    assert found(Demand(sort="size", descending=True)) is chosen
    owner = Owner(played.holds[812].process, "nginx", "www-data", 33)
    assert found(Demand(group="process", unfolded=frozenset({owner}))) is chosen
    assert found(Demand(group="process")) is None
    played.holds[812] = held(812, file(3, "/var/log/a", 500, size=812), socket_fd(6, LISTENS))
    later = found(Demand())
    assert later is not chosen
    assert isinstance(later, Opened)
    assert later.key == chosen.key
    del played.holds[812]
    assert found(Demand()) is None


def test_what_is_no_descriptor_where_wanted() -> None:
    played = machine()
    played.holds[9] = replace(played.holds[9], keepings=(Keeping(how="cwd", path="/srv"),))
    looking = Looking(played.rounds(Clock()), clock=Clock())
    looking.demand = Demand(places=True)
    assert (9, "/srv") in lines(settled(looking))
    assert played.wanted.places
    assert played.wanted.mapped


def test_more_than_is_kept_is_read_again_for_a_filter() -> None:
    played = Played(*(held(pid, file(3, "/a"), file(4, "/b")) for pid in range(1, 11)))
    looking = Looking(played.rounds(Clock(), most=8), clock=Clock())
    assert settled(looking).looked.unkept == 12
    looking.demand = Demand("/b fd:4 pid:9,10")
    picture = settled(looking)
    assert lines(picture) == [(9, 4), (10, 4)]
    assert picture.looked.narrowed
    looking.demand = Demand("pid:1")
    assert lines(settled(looking)) == [(1, 3), (1, 4)]


def test_what_is_wanted_does_not_wait_for_what_is_being_read() -> None:
    looking = Looking(machine().rounds(Clock(ticks=0.03)), clock=Clock())
    looking.read()
    before = len(looking.step())
    looking.demand = Demand("nosuch")
    assert len(looking.step()) == 0
    looking.demand = Demand(group="process")
    assert sum(len(group.rows) for group in looking.step().groups) == before
    assert looking.reads


def test_filters_are_those_of_the_language_and_of_lsof() -> None:
    rows = [opened(812, socket_fd(6, LISTENS)), opened(9, file(1, "/dev/null"), comm="sh", user="root", uid=0)]
    for text, hits in (
        ("-i :80", 1),
        ("-i tcp", 1),
        ("-itcp", 1),
        ("user:root", 1),
        ("user:0", 1),
        ("", 2),
        ("nosuch", 0),
        ("is:deleted", 0),
    ):
        test = meaning(text, NO_NAMES)
        assert not isinstance(test, Wrong), text
        assert sum(map(test, rows)) == hits, text
    assert isinstance(meaning("-i 812", NO_NAMES), Wrong)
    assert isinstance(meaning("size>x", NO_NAMES), Wrong)


def test_the_owner_is_asked_as_it_is_now() -> None:
    test = meaning("comm:sh", NO_NAMES)
    assert not isinstance(test, Wrong)
    row = opened(9, file(1, "/a"), comm="sh")
    assert test(row)
    assert not test(opened(9, file(1, "/a"), comm="exec"))
    assert test(row)
