"""Who has a thing, in words."""

from explorer.model.having import Having, Thing, WhoHas
from explorer.model.missing import Missing, Reason
from explorer.render.having import doubts, lines, progress
from explorer.render.piece import plain

THING = Thing("3 /srv/db", "/srv/db", 3)
WORKER = Having(812, "nginx", "www-data", ((5, "rw"), (9, "r")), frozenset({5}), ("r--s",))


def test_a_line_a_process_says_how_it_has_it() -> None:
    told = WhoHas(THING, (WORKER, Having(1419, "ba\x1b[31msh", "administrator", places=("cwd",))))
    first, second = (plain(line) for line in lines(told, 100))
    assert first == "  812 www-data nginx           fd 5 rw, fd 9 r  the same open file: 5  mapped r--s"
    assert second.startswith(" 1419 adminis… ba")
    assert second.endswith(" cwd")
    assert "\x1b" not in second
    assert all(len(plain(line)) <= 40 for line in lines(told, 40))


def test_many_descriptors_are_counted() -> None:
    many = Having(7, "x", "root", tuple((number, "r") for number in range(20)), frozenset(range(20)))
    assert plain(lines(WhoHas(THING, (many,)), 200)[0]).endswith("fd 7 r and 12 more  the same open file")


def test_it_says_how_far_it_is_and_who_was_not_seen() -> None:
    assert plain(progress(WhoHas(THING, (WORKER,), 200, 10_034))) == "1 has it   looked at 200 of 10,034 processes"
    assert plain(progress(WhoHas(THING, looked=9, total=9, done=True))) == "nobody has it"
    assert doubts(WhoHas(THING, done=True)) == ()
    late = Missing(Reason.TIMED_OUT, "40 processes not looked at within 15 s")
    assert plain(doubts(WhoHas(THING, denied=14, silent=1, unsure=late))) == (
        "Not looked at: 14 denied (root sees them), 1 did not answer; 40 processes not looked at within 15 s: timed out"
    )
