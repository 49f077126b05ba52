"""Who has a thing, in words."""

from explorer.model.having import Having, Thing, Unheld, Use, WhoHas
from explorer.model.missing import Missing, Reason
from explorer.render.having import doubts, lines, progress, remarks, table
from explorer.render.piece import plain

THING = Thing("3 /srv/db", "/srv/db", 3)
WORKER = Having(812, "nginx", "www-data", (Use("fd", 5, "rw", shared=True), Use("fd", 9, "r"), Use("mapped", access="r--s")))


def test_a_line_a_process_says_how_it_has_it() -> None:
    told = WhoHas(THING, (WORKER, Having(1419, "ba\x1b[31msh", "administrator", (Use("cwd"),))))
    first, second = (plain(line) for line in lines(told, 100))
    assert first == "  812 www-data nginx           fd 5 rw, fd 9 r  the same open file: 5  mapped r--s"
    assert second.startswith(" 1419 adminis… ba")
    assert second.endswith(" cwd")
    assert "\x1b" not in second
    assert all(len(plain(line)) <= 40 for line in lines(told, 40))


def test_many_descriptors_are_counted() -> None:
    many = Having(7, "x", "root", tuple(Use("fd", number, "r", shared=True) for number in range(20)))
    assert plain(lines(WhoHas(THING, (many,)), 200)[0]).endswith("fd 7 r and 12 more  the same open file")


def test_it_says_how_far_it_is_and_who_was_not_seen() -> None:
    assert plain(progress(WhoHas(THING, (WORKER,), 200, 10_034))) == "1 has it   looked at 200 of 10,034 processes"
    assert plain(progress(WhoHas(THING, looked=9, total=9, done=True))) == "nobody has it"
    far = Having(7, "x", "root", (Use("other end", 4, "rw"),))
    assert plain(progress(WhoHas(THING, (far, WORKER), 9, 9, done=True))) == "1 has it, 1 at the other end"
    assert doubts(WhoHas(THING, done=True)) == ()
    late = Missing(Reason.TIMED_OUT, "40 processes not looked at within 15 s")
    assert plain(doubts(WhoHas(THING, denied=14, silent=1, unsure=late))) == (
        "Not looked at: 14 denied (root sees them), 1 did not answer; 40 processes not looked at within 15 s: timed out"
    )


def test_each_of_several_things_has_a_line_of_its_process() -> None:
    uses = (
        Use("fd", 5, "w", "/var/log/x", deleted=True),
        Use("fd", 6, "r", "/var/log/y"),
        Use("fd", 7, "r", "/var/log/y"),
        Use("lock", 7, "WRITE", "FLOCK"),
        Use("lock", access="READ", what="POSIX 0-99", waits=True),
        Use("cwd", what="/var/log"),
    )
    told = [plain(line) for line in table(Having(812, "nginx", "www-data", uses), 7, 0)]
    front = "    812 www-data nginx           "
    assert told == [
        front + "fd 5 w  /var/log/x deleted",
        " " * len(front) + "fd 6 r, fd 7 r  /var/log/y",
        " " * len(front) + "locked WRITE FLOCK  waits for lock READ POSIX 0-99",
        " " * len(front) + "cwd  /var/log",
    ]


def test_the_kernel_and_other_ends_are_told_apart() -> None:
    kernel = Having(
        0, "kernel", "", (Use("mount", access="rw", what="/dev/vdb on /mnt"), Use("swap", what="/swap"), Use("loop", what="/dev/loop0"))
    )
    first, second, third = (plain(line).split() for line in table(kernel, 7, 0))
    assert (first, second, third) == (
        ["-", "-", "kernel", "mounted", "/dev/vdb", "on", "/mnt"],
        ["swaps", "to", "it", "/swap"],
        ["loop", "device", "/dev/loop0"],
    )
    far = Having(7, "x", "root", (Use("other end", 4, "rw"), Use("inside")))
    assert [plain(line).split(maxsplit=3)[3] for line in table(far, 7, 0)] == ["other end fd 4 rw  is in it"]


def test_sockets_without_a_process_and_older_files_are_remarked() -> None:
    thing = Thing("/var/log/x", "")
    told = WhoHas(thing, done=True, unheld=(Unheld("tcp 0.0.0.0:22 LISTEN", "root"),), older=2, denied=3)
    assert [plain(line) for line in remarks(told)] == [
        "tcp 0.0.0.0:22 LISTEN of root: whoever has it may not be looked at",
        "2 other processes have older files of that name, deleted: procdive who '/var/log/x (deleted)'",
    ]
    alone = WhoHas(thing, done=True, unheld=(Unheld("udp 0.0.0.0:53", ""),), older=1)
    assert [plain(line) for line in remarks(alone)] == [
        "udp 0.0.0.0:53: no process has it: the kernel does, or it was closed meanwhile",
        "1 other process has an older file of that name, deleted: procdive who '/var/log/x (deleted)'",
    ]
