"""Layouts."""

from explorer.decode.syscall.args.struct import Member, plan


def test_structures_are_laid_out_as_the_compiler_does() -> None:
    members = (Member("a", "i"), Member("b", "q"), Member("c", "l"), Member("d", "h"))
    assert plan(members, 8) == ("i4xqqh6x", 32)
    assert plan(members, 4) == ("iqih2x", 20)
