"""child/tracer/wanted.py: Capture as what the loop asks at each stop."""

from explorer.child.tracer.tracee import Flight
from explorer.child.tracer.wanted import Wanted
from explorer.trace.tracer import ALL, Capture

NO = (0,) * 6


def test_everything() -> None:
    wanted = Wanted(ALL)
    assert wanted.begins(0, 0, NO)
    assert wanted.whose(7, 8)
    assert wanted.ends(-2, 0)
    assert wanted.ends(0, 0)
    assert not wanted.picky


def test_by_name_on_each_architecture() -> None:
    wanted = Wanted(Capture(frozenset({"read", "connect"})))
    assert wanted.begins(0, 0, NO)
    assert wanted.begins(3, 1, NO)
    assert not wanted.begins(0, 1, NO)
    assert wanted.begins(0x40000000, 2, NO)
    assert not wanted.begins(1, 0, NO)


def test_calls_of_i386_that_stand_for_several() -> None:
    wanted = Wanted(Capture(frozenset({"connect", "semget"})))
    assert wanted.begins(102, 1, (3, 0, 0, 0, 0, 0))
    assert not wanted.begins(102, 1, (1, 0, 0, 0, 0, 0))
    assert wanted.begins(117, 1, (2, 0, 0, 0, 0, 0))
    assert not wanted.begins(117, 1, (1, 0, 0, 0, 0, 0))


def test_by_thread_or_process() -> None:
    wanted = Wanted(Capture(tids=frozenset({7, 20})))
    assert wanted.whose(7, 1)
    assert wanted.whose(21, 20)
    assert not wanted.whose(8, 1)


def test_by_how_it_went() -> None:
    assert [Wanted(Capture(failed=False)).ends(result, 0) for result in (-2, 0, 5)] == [False, True, True]
    assert [Wanted(Capture(succeeded=False)).ends(result, 0) for result in (-2, 0, -4097)] == [True, False, False]
    assert [Wanted(Capture(slower=10)).ends(0, took) for took in (9, 10)] == [False, True]
    assert Wanted(Capture(slower=10)).picky


def test_by_descriptor() -> None:
    wanted = Wanted(Capture(fds=frozenset({7})))
    read, openat, poll, dup2, mmap, getpid, socketcall = (0, 0), (257, 0), (7, 0), (33, 0), (9, 0), (39, 0), (102, 1)
    assert not wanted.all
    told = [
        (wanted.begins(*call, args), wanted.touches(Flight(1, *call, args, 0), result))
        for call, args, result in (
            (read, (7, 0, 0, 0, 0, 0), 0),
            (read, (8, 7, 7, 7, 7, 7), 7),
            (openat, (0xFFFFFF9C, 0, 0, 0, 0, 0), 7),
            (openat, (0xFFFFFF9C, 0, 0, 0, 0, 0), -7),
            (dup2, (3, 7, 0, 0, 0, 0), None),
            (dup2, (7 | 1 << 32, 3, 0, 0, 0, 0), None),
            (mmap, (0, 0, 0, 0, 7, 0), 0),
            (getpid, NO, 7),
            (poll, (4096, 1, 0, 0, 0, 0), 7),
            (socketcall, (1, 0, 0, 0, 0, 0), 7),
        )
    ]
    yes, no, maybe = (True, True), (False, False), (True, False)
    assert told == [yes, no, yes, maybe, yes, yes, yes, no, maybe, maybe]
    inside = Flight(1, *poll, (4096, 1, 0, 0, 0, 0), 0)
    inside.fds = {7: b"/dev/null"}
    assert wanted.touches(inside, 1)
    assert wanted.touches(Flight(1, 293, 0, NO, 0), 0, [(6, True, b"pipe:[1]"), (7, True, b"pipe:[1]")])
    assert Wanted(Capture(calls=frozenset({"write"}), fds=frozenset({7}))).begins(1, 0, (7, 0, 0, 0, 0, 0))
    assert not Wanted(Capture(calls=frozenset({"write"}), fds=frozenset({7}))).begins(0, 0, (7, 0, 0, 0, 0, 0))
