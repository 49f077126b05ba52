"""Who has what."""

from explorer.model.having import Having, Thing, WhoHas


def test_nobody_has_been_looked_at_in_the_beginning() -> None:
    told = WhoHas(Thing("3", "pipe:[7]", 3))
    assert (told.who, told.looked, told.done) == ((), 0, False)


def test_a_mapping_has_no_descriptor() -> None:
    assert Thing("libc", "/lib/libc.so.6", device=(8, 1), inode=7).fd == -1
    assert not Having(7, "sh", "root").fds
