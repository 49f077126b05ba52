"""collect/rounds.py"""

from dataclasses import replace

from explorer.collect.rounds import MARK, NEW, QUICK, REST, WHOLE, Rounds, slim
from explorer.decode.fd import decode_fd
from explorer.model.endpoints import Holder
from explorer.model.held import Wanted
from explorer.model.keeping import Keeping
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.opened import Opened
from tests.opened import Clock, Played, file, held

DENIED = Missing(Reason.DENIED, "/proc/9/fd", "run as root")
LATE = Missing(Reason.TIMED_OUT, "/proc/9/fd")


def numbers(rows: tuple[Opened, ...]) -> list[tuple[int, int]]:
    return [(row.owner.process.pid, row.what.number) for row in rows]  # type: ignore[union-attr]


def test_the_first_rows_come_with_the_first_process_and_the_others_in_turn() -> None:
    played = Played(*(held(pid, file(3, "/a"), file(4, "/b")) for pid in (1, 2, 3)))
    clock = Clock(ticks=0.01)
    rounds = played.rounds(clock)
    found, steps = [], 0
    while True:
        change = rounds.step(0.02)
        found += numbers(change.fresh)
        steps += 1
        if change.looked.rounds:
            break
        assert change.looked.processes < 4
    assert found == [(pid, number) for pid in (1, 2, 3) for number in (3, 4)]
    assert steps > 1
    assert (change.looked.processes, change.looked.total, change.looked.rows) == (3, 3, 6)


def test_what_stays_as_it_is_is_told_once() -> None:
    played = Played(held(1, file(3, "/a")))
    rounds = played.rounds(Clock())
    assert len(rounds.step(1.0).fresh) == 1
    change = rounds.step(1.0)
    assert (change.fresh, change.retired) == ((), ())
    assert played.asked == [1, 1]


def test_a_descriptor_that_is_new_since_the_first_round_is_marked_and_one_of_the_first_is_not() -> None:
    played, clock = Played(held(1, file(3, "/a"))), Clock()
    rounds = played.rounds(clock)
    assert rounds.step(1.0).fresh[0].since == 0
    clock.now += 5
    played.holds[1] = held(1, file(3, "/a"), file(4, "/b"))
    (row,) = rounds.step(1.0).fresh
    assert (row.what.number, row.since) == (4, clock.now)  # type: ignore[union-attr]


def test_all_of_a_process_that_has_come_since_is_new_and_where_a_round_takes_long_it_is_read_first() -> None:
    played = Played(*(held(pid) for pid in range(10, 20)))
    rounds, clock = slow_at_first(played)
    played.holds[99] = held(99, file(3, "/a"))
    assert rounds.step(0.0).fresh[0].since == clock.now
    assert played.asked == [99, 10]
    assert NEW > 1


def test_another_file_under_the_same_number_is_new_and_the_same_one_further_on_is_not() -> None:
    played, clock = Played(held(1, file(3, "/a"), file(4, "/b"))), Clock()
    rounds = played.rounds(clock)
    rounds.step(1.0)
    clock.now += 2
    played.holds[1] = held(1, file(3, "/other", ino=8), file(4, "/b", 500))
    change = rounds.step(1.0)
    assert [(row.target, row.since, row.rate) for row in change.fresh] == [("/other", clock.now, 0.0), ("/b", 0.0, 250.0)]
    assert len(change.retired) == 2


def test_a_rate_ends_when_the_position_stands_still() -> None:
    played, clock = Played(held(1, file(4, "/b"))), Clock()
    rounds = played.rounds(clock)
    rounds.step(1.0)
    clock.now += 1
    played.holds[1] = held(1, file(4, "/b", 100))
    assert rounds.step(1.0).fresh[0].rate == 100
    clock.now += 1
    assert rounds.step(1.0).fresh[0].rate == 0


def test_a_closed_one_stays_for_a_while_with_its_mark() -> None:
    played, clock = Played(held(1, file(3, "/a"), file(4, "/b"))), Clock()
    rounds = played.rounds(clock)
    first = rounds.step(1.0).fresh
    clock.now += 1
    played.holds[1] = held(1, file(3, "/a"))
    change = rounds.step(1.0)
    assert change.retired == (first[1],)
    (row,) = change.fresh
    assert (row.target, row.closed, row.slot) == ("/b", clock.now, ("closed", 4))
    clock.now += MARK
    assert rounds.step(1.0).retired == (row,)
    assert rounds.all() == [first[0]]


def test_a_number_that_is_used_again_while_its_closed_row_is_there() -> None:
    played, clock = Played(held(1, file(3, "/a"))), Clock()
    rounds = played.rounds(clock)
    rounds.step(1.0)
    for path in ("", "/b", "", "/c"):
        clock.now += 1
        played.holds[1] = held(1, file(3, path)) if path else held(1)
        rounds.step(1.0)
    assert sorted((row.target, bool(row.closed)) for row in rounds.all()) == [("/b", True), ("/c", False)]


def test_a_process_that_has_ended_takes_its_rows_with_it_at_once() -> None:
    played = Played(held(1, file(3, "/a")), held(2, file(3, "/a")))
    rounds = played.rounds(Clock())
    gone = rounds.step(1.0).fresh[1]
    del played.holds[2]
    change = rounds.step(1.0)
    assert change.retired == (gone,)
    assert (change.looked.processes, change.looked.rows) == (1, 1)


def test_another_process_with_the_same_number() -> None:
    played = Played(held(1, file(3, "/a"), start=5))
    rounds = played.rounds(Clock())
    (old,) = rounds.step(1.0).fresh
    played.holds[1] = held(1, file(3, "/a"), start=9)
    change = rounds.step(1.0)
    assert change.retired == (old,)
    assert change.fresh[0].owner.process.start == 9
    assert tuple(rounds.all()) == change.fresh


def test_who_may_not_be_read_is_counted_and_so_is_who_did_not_answer() -> None:
    played = Played(held(1, why=DENIED), held(2, why=LATE), held(3, file(3, "/a")))
    rounds = played.rounds(Clock())
    looked = rounds.step(1.0).looked
    assert (looked.denied, looked.silent, looked.processes) == (1, 1, 3)
    played.holds[1] = held(1, file(3, "/a"))
    assert rounds.step(1.0).looked.denied == 0


def test_where_not_even_the_numbers_may_be_read() -> None:
    played = Played()
    played.unseen = Unreadable(DENIED)
    assert played.rounds(Clock()).step(1.0).looked.unseen == DENIED


def slow_at_first(played: Played) -> tuple[Rounds, Clock]:
    """A machine of which the first round took long, and nobody is looked at in the meantime any more."""
    clock = Clock(ticks=WHOLE)
    rounds = played.rounds(clock)
    while not rounds.step(1.0).looked.rounds:
        pass
    clock.ticks = 0.0
    clock.now += 1000
    played.asked.clear()
    return rounds, clock


def test_where_a_round_takes_long_those_on_the_screen_are_looked_at_in_every_step() -> None:
    played = Played(*(held(pid, file(3, "/a")) for pid in range(1, 9)))
    rounds, _ = slow_at_first(played)
    for _ in range(7):
        rounds.step(0.0)
    assert played.asked == [1, 2, 3, 4, 5, 6, 7]
    rounds.step(0.0, visible=[7])
    assert played.asked[7:] == [7, 8]


def test_a_quick_round_is_made_in_one_step_however_short_and_then_it_rests() -> None:
    played, clock = Played(*(held(pid, file(3, "/a")) for pid in range(1, 9))), Clock()
    rounds = played.rounds(clock)
    rounds.step(1.0)
    played.asked.clear()
    clock.ticks = 0.005
    assert rounds.step(0.0).looked.rounds == 2
    assert len(played.asked) == 8
    assert rounds.step(0.0).looked.rounds == 2
    clock.now += 2.0
    assert rounds.step(0.0).looked.rounds == 3


def test_one_process_looked_at_alone_knows_no_less_of_who_has_what_than_its_round_did() -> None:
    pipe = decode_fd(3, "pipe:[9]", b"flags:\t01\nmnt_id:\t9\nino:\t9\n")
    others = (Holder(5, 6, "cat", "w"),)
    played, clock = Played(held(1, replace(pipe, others=others))), Clock()
    rounds = played.rounds(clock)
    rounds.step(1.0)
    played.holds[1] = held(1, replace(pipe, unseen=DENIED))
    assert rounds.step(1.0).fresh == ()
    played.holds[1] = held(1, replace(pipe, position=5, unseen=DENIED))
    assert rounds.step(1.0).fresh[0].what.others == others  # type: ignore[union-attr]
    played.holds[1] = held(1, pipe)
    assert rounds.step(1.0).fresh[0].what.others == ()  # type: ignore[union-attr]


def test_one_that_has_very_many_waits_for_its_turn() -> None:
    played = Played(held(1, file(3, "/a")), held(2, *(file(number, "/a") for number in range(QUICK + 1))))
    rounds, clock = slow_at_first(played)
    rounds.step(0.0, visible=[2])
    assert played.asked == [1]
    clock.now += 100 * REST
    rounds.step(0.0, visible=[2])
    assert played.asked == [1, 2]


def test_more_than_can_be_kept_is_counted_and_a_filter_finds_it() -> None:
    played = Played(*(held(pid, file(3, "/a"), file(4, "/b")) for pid in range(1, 11)))
    rounds = played.rounds(Clock(), most=6)
    looked = rounds.step(1.0).looked
    assert (looked.rows, looked.unkept, looked.narrowed) == (6, 14, False)
    rounds.only = lambda row: row.target == "/b"
    rounds.again()
    change = rounds.step(1.0)
    assert {row.target for row in rounds.all()} == {"/b"}
    assert (change.looked.rows, change.looked.narrowed) == (6, True)
    assert change.looked.rows + change.looked.unkept == 20
    rounds.only = lambda row: row.owner.process.pid == 9
    rounds.again()
    rounds.step(1.0)
    assert numbers(tuple(rounds.all())) == [(9, 3), (9, 4)]


def test_what_else_is_held_when_it_is_wanted_and_not_when_it_is_not() -> None:
    cwd = Keeping(how="cwd", path="/srv")
    played = Played(held(1, file(3, "/a"), keepings=[cwd]))
    rounds = played.rounds(Clock())
    rounds.wanted = Wanted(places=True, mapped=True)
    assert [row.slot for row in rounds.step(1.0).fresh] == [("fd", 3), ("cwd", "/srv")]
    assert played.wanted == rounds.wanted
    played.holds[1] = held(1, file(3, "/a"))
    (gone,) = rounds.step(1.0).retired
    assert gone.what == cwd


def test_its_own_fdinfo_is_not_kept() -> None:
    what = file(3, "/a")
    assert what.info
    assert slim(what) == replace(what, info=())
