"""Who has what."""

from explorer.model.having import Having, Thing, Use, WhoHas


def test_nobody_has_been_looked_at_in_the_beginning() -> None:
    told = WhoHas(Thing("3", "pipe:[7]", 3))
    assert (told.who, told.looked, told.done) == ((), 0, False)


def test_a_mapping_has_no_descriptor() -> None:
    assert Thing("libc", "/lib/libc.so.6", device=(8, 1), inode=7).fd == -1
    assert not Having(7, "sh", "root").fds


def test_who_has_only_the_other_end_does_not_have_it() -> None:
    far = Having(7, "sh", "root", (Use("other end", 4, "rw"),))
    assert far.is_at_other_end
    assert not far.fds
    assert not Having(7, "sh", "root", (*far.uses, Use("fd", 5, "r"))).is_at_other_end
