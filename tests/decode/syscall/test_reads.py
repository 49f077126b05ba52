"""What printers say that they read."""

from explorer.decode.syscall.args.number import INT
from explorer.decode.syscall.args.out import Changed, Out
from explorer.decode.syscall.args.text import PATH, Received, Sent
from explorer.decode.syscall.call import Wide
from explorer.decode.syscall.reads import DEEP, RESULT, Read, both, fixed, late, said


def test_functions_and_classes_say_it() -> None:
    assert said(PATH) == (Read("string", most=4096),)
    assert said(Sent("count")) == (Read(items="count"),)
    assert said(Received()) == (Read(items=RESULT, late=True),)
    assert said(Wide(PATH)) == said(PATH)
    assert said(INT) == said(None) == ()


def test_at_the_end_and_at_both() -> None:
    assert said(Out(PATH)) == (Read("string", most=4096, late=True),)
    assert said(Changed(PATH)) == (*said(PATH), *said(Out(PATH)))
    assert late(DEEP) == both(DEEP) == DEEP


def test_sizes_by_word() -> None:
    assert fixed("QI4x", "II") == Read(size=16, narrow=8)
